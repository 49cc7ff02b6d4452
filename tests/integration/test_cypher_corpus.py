"""What must be refused, or do nothing, and what must pass, at a real database."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from graphapi.keys import add_key
from graphapi.settings import Settings
from graphapi.store import Store
from tests.conftest import serve
from tests.integration.fingerprint import fingerprint
from tests.integration.problem import problem

DATA = Path(__file__).parents[1] / "data"
STATE = (
    "SHOW INDEXES YIELD name, type, state, labelsOrTypes, properties RETURN collect([name, type, state, labelsOrTypes, properties]) AS all",
    "SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties RETURN collect([name, type, labelsOrTypes, properties]) AS all",
    "SHOW SETTINGS YIELD name, value RETURN collect([name, value]) AS all",
    "CALL db.labels() YIELD label RETURN collect(label) AS all",
    "CALL db.propertyKeys() YIELD propertyKey RETURN collect(propertyKey) AS all",
)


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((DATA / f"cypher_{name}.yaml").read_text(encoding="utf-8"))
    return found


def corpus(name: str) -> list[Any]:
    return [pytest.param(case["query"], case.get("parameters", {}), id=case["id"]) for case in cases(name)]


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory, settings: Settings, opened_store: Store) -> Iterator[httpx.Client]:
    file = tmp_path_factory.mktemp("keys") / "keys"
    token = add_key(file, "analyst", ("read",), datetime.now(UTC).date())
    own = settings.model_copy(update={"keys_file": file, "keyed_rate": 10_000.0, "keyed_burst": 10_000})
    headers = {"Authorization": f"Bearer {token}"}
    with serve(own, opened_store) as address, httpx.Client(base_url=address, timeout=30, trust_env=False, headers=headers) as client:
        yield client


@pytest.fixture
def keyed(london: Store, keys: httpx.Client) -> httpx.Client:
    """Give an HTTP client that shows a key."""
    return keys


def ask(client: httpx.Client, query: str, parameters: dict[str, Any] | None = None, *, explain: bool = False) -> httpx.Response:
    return client.post("/api/v1/cypher", json={"query": query, "parameters": parameters or {}, "explain": explain})


def state(store: Store) -> list[Any]:
    """Return all that an attack could have changed: facts, schema, settings, users."""
    found: list[Any] = [store.execute_read(text)[0]["all"] for text in STATE]
    with store._driver.session(database="system") as session:
        users = [record.data() for record in session.run("SHOW USERS")]
    return [fingerprint(store), store.execute_read("MATCH (n) RETURN count(n) AS all")[0]["all"], *found, users]


def test_attacks_leave_everything_as_it_is(london: Store, service: httpx.Client, keyed: httpx.Client) -> None:
    before, passed = state(london), []
    for case in corpus("attacks"):
        query, parameters = case.values
        for client, explain in ((service, False), (service, True), (keyed, False)):
            response = ask(client, query, parameters, explain=explain)
            if response.status_code != 400:
                passed.append((case.id, response.text))
    assert passed == []
    assert state(london) == before


@pytest.mark.parametrize(("query", "parameters"), corpus("attacks"))
def test_a_refusal_names_its_rule_and_another_way(service: httpx.Client, query: str, parameters: dict[str, Any]) -> None:
    body = problem(ask(service, query, parameters), 400)
    assert body["type"] == "urn:parley:problem:cypher-refused"
    assert body["rule"]
    assert body["hint"]
    assert len(body["detail"]) < 600


@pytest.mark.parametrize(("query", "parameters"), corpus("legit"))
def test_what_people_write_runs_and_can_be_explained(keyed: httpx.Client, query: str, parameters: dict[str, Any]) -> None:
    answer = ask(keyed, query, parameters)
    assert answer.status_code == 200, answer.text
    assert set(answer.json()) == {"columns", "rows", "truncated"}
    assert all(len(row) == len(answer.json()["columns"]) for row in answer.json()["rows"])
    plan = ask(keyed, query, parameters, explain=True)
    assert plan.status_code == 200, plan.text
    assert set(plan.json()["plan"]) == {"operator", "details", "children"}


@pytest.mark.parametrize("case", cases("legit"), ids=lambda case: case["id"])
def test_without_a_key_all_of_it_runs_but_for_the_costly(service: httpx.Client, case: dict[str, Any]) -> None:
    answer = ask(service, case["query"], case.get("parameters"))
    assert (answer.status_code, answer.json().get("rule")) == ((400, case["keyed"]) if "keyed" in case else (200, None))


def test_the_plan_alone_refuses_what_the_text_would(london: Store) -> None:
    """A second look that does not lean on the first: of what the server plans at all, nothing but reading passes."""
    import asyncio

    from graphapi.errors import CypherRefused
    from graphapi.guard.plan import check_plan
    from graphapi.isolated import QueryFault

    async def judge(query: str, parameters: dict[str, Any]) -> str:
        connections = london.connections()
        try:
            async with london.isolated(connections) as connection:
                check_plan(*await connection.explain(f"EXPLAIN\n{query}", parameters))
        except (QueryFault, CypherRefused) as refused:
            return type(refused).__name__
        finally:
            await connections.close()
        return "passed"

    groups = ("load-", "call-", "show-", "terminate", "transactions-")
    judged = {case.id: asyncio.run(judge(*case.values)) for case in corpus("attacks") if str(case.id).startswith(groups)}
    assert [name for name, outcome in judged.items() if outcome == "passed"] == []
