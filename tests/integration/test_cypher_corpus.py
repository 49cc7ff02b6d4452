"""What must be refused, or do nothing, and what must pass, at a real database."""

from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from graphapi.store import Store
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


def corpus(name: str) -> list[Any]:
    cases = yaml.safe_load((DATA / f"cypher_{name}.yaml").read_text(encoding="utf-8"))
    return [pytest.param(case["query"], case.get("parameters", {}), id=case["id"]) for case in cases]


def ask(client: httpx.Client, query: str, parameters: dict[str, Any] | None = None, *, explain: bool = False) -> httpx.Response:
    return client.post("/api/v1/cypher", json={"query": query, "parameters": parameters or {}, "explain": explain})


def state(store: Store) -> list[Any]:
    """Return all that an attack could have changed: facts, schema, settings, users."""
    found: list[Any] = [store.execute_read(text)[0]["all"] for text in STATE]
    with store._driver.session(database="system") as session:
        users = [record.data() for record in session.run("SHOW USERS")]
    return [fingerprint(store), store.execute_read("MATCH (n) RETURN count(n) AS all")[0]["all"], *found, users]


def test_attacks_leave_everything_as_it_is(london: Store, service: httpx.Client) -> None:
    before, passed = state(london), []
    for case in corpus("attacks"):
        query, parameters = case.values
        for explain in (False, True):
            response = ask(service, query, parameters, explain=explain)
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
def test_what_people_write_runs_and_can_be_explained(service: httpx.Client, query: str, parameters: dict[str, Any]) -> None:
    answer = ask(service, query, parameters)
    assert answer.status_code == 200, answer.text
    assert set(answer.json()) == {"columns", "rows", "truncated"}
    assert all(len(row) == len(answer.json()["columns"]) for row in answer.json()["rows"])
    plan = ask(service, query, parameters, explain=True)
    assert plan.status_code == 200, plan.text
    assert set(plan.json()["plan"]) == {"operator", "details", "children"}


def test_the_plan_alone_refuses_what_the_text_would(london: Store) -> None:
    """A second look that does not lean on the first: of what the server plans at all, nothing but reading passes."""
    import asyncio

    from graphapi.errors import CypherRefused
    from graphapi.guard.plan import check_plan
    from graphapi.store import QueryFault

    async def judge(query: str, parameters: dict[str, Any]) -> str:
        async with london.isolated() as connection:
            try:
                check_plan(*await connection.explain(f"EXPLAIN\n{query}", parameters))
            except (QueryFault, CypherRefused) as refused:
                return type(refused).__name__
        return "passed"

    groups = ("load-", "call-", "show-", "terminate", "transactions-")
    judged = {case.id: asyncio.run(judge(*case.values)) for case in corpus("attacks") if str(case.id).startswith(groups)}
    assert [name for name, outcome in judged.items() if outcome == "passed"] == []
