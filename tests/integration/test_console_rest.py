"""The console's page as it is served, and the words that it asks for."""

import asyncio
import json
import re
from typing import Any

import httpx
import pytest

from graphapi.catalogue import read_catalogue
from graphapi.guard.calls import PROCEDURES
from graphapi.guard.reading import Answer, Guard, Question
from graphapi.ontology import read_ontology
from graphapi.store import Store
from graphapi.web import bundle
from graphapi.web.console import opened_question
from tests.integration.problem import problem

DATA = re.compile(r'<script type="application/json" id="data-console">(.*?)</script>', re.DOTALL)


@pytest.fixture
def words(service: httpx.Client) -> dict[str, Any]:
    body: dict[str, Any] = service.get("/api/v1/cypher/schema").json()
    return body


def opened(service: httpx.Client, **asked: str) -> dict[str, Any]:
    response = service.get("/cypher", params=asked)
    assert response.status_code == 200, response.text
    found = DATA.search(response.text)
    assert found is not None
    held: dict[str, Any] = json.loads(found[1])["opened"]
    return held


def named(items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {item["name"]: item for item in items}


def test_labels_have_descriptions_properties_and_whether_they_are_used(words: dict[str, Any]) -> None:
    labels = named(words["labels"])
    assert set(read_ontology().labels) < set(labels)
    assert labels["Person"]["in_graph"]
    assert {"id", "name", "side"} <= set(labels["Person"]["properties"])
    assert labels["Person"]["description"]


def test_what_the_ontology_does_not_know_is_looked_up_in_the_graph(words: dict[str, Any]) -> None:
    record = named(words["labels"])["Record"]
    assert (record["description"], record["in_graph"]) == ("", True)
    assert "subject" in record["properties"]


def test_types_have_their_ends(words: dict[str, Any]) -> None:
    types = named(words["relationship_types"])
    assert {"from": "Person", "to": "Delegation"} in types["LEADS"]["ends"]
    assert "evidence" in types["LEADS"]["properties"]


def test_only_what_the_guard_allows_is_offered(words: dict[str, Any]) -> None:
    functions = set(named(words["functions"]))
    assert set(words["procedures"]) == PROCEDURES
    assert {"coalesce", "date.truncate", "count"} <= functions
    assert not {name for name in functions if name.startswith(("db.", "graph.", "apoc."))}


def test_every_function_that_is_offered_passes_the_guard(service: httpx.Client, words: dict[str, Any]) -> None:
    for name in ("date.truncate", "duration.between"):
        assert name in set(named(words["functions"]))
    answer = service.post("/api/v1/cypher", json={"query": "RETURN date.truncate('month', date('2025-06-09')) AS d"})
    assert answer.json()["rows"] == [["2025-06-01"]]


def test_relationships_that_the_ontology_does_not_know_show_their_ends(store: Store, client: httpx.Client) -> None:
    with store._session("WRITE") as session:
        session.run("CREATE (:Foreign {`a key`: 1})-[:ODD {weight: 2}]->(:Other)").consume()
    found = client.get("/api/v1/cypher/schema").json()
    assert named(found["labels"])["Foreign"]["properties"] == ["a key"]
    assert named(found["relationship_types"])["ODD"] == {
        "name": "ODD", "description": "", "in_graph": True, "ends": [{"from": "Foreign", "to": "Other"}], "properties": ["weight"],
    }  # fmt: skip


def test_page_allows_its_own_scripts_alone(service: httpx.Client) -> None:
    response = service.get("/cypher")
    policy = response.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "trusted-types 'none'" in policy
    assert policy.count("'sha256-") == 3
    assert "https://" not in re.sub(r"<script.*?</script>", "", response.text, flags=re.DOTALL)
    again = service.get("/cypher", headers={"If-None-Match": response.headers["etag"]})
    assert again.status_code == 304


def test_page_without_scripts_shows_the_same_at_a_terminal(service: httpx.Client) -> None:
    text = service.get("/cypher").text
    hint = re.search(r"<noscript>(.*?)</noscript>", text, re.DOTALL)
    assert hint is not None
    assert "curl http://127.0.0.1:8000/api/v1/cypher" in hint[1]


@pytest.mark.parametrize("path", ["/search", "/queries", "/cypher"])
def test_pages_lead_to_the_console(service: httpx.Client, path: str) -> None:
    assert '<a href="/cypher">Cypher</a>' in service.get(path).text


def test_question_opens_with_its_values(service: httpx.Client) -> None:
    found = opened(service, query="attendees", event="talks-geneva-2025-05", as_of="2025-05")
    assert found["parameters"] == {"event": "talks-geneva-2025-05", "as_of": {"earliest": "2025-05-01", "latest": "2025-05-31"}}
    assert "date($as_of.latest)" in found["text"]
    assert not found["text"].startswith("//")
    assert opened(service, query="attendees")["parameters"]["event"] == "talks-london-2025-06-09"


async def asked_with_key(store: Store, found: dict[str, Any]) -> Answer:
    """Ask as a caller with a key does."""
    guard = Guard(store, {})
    try:
        return await guard.answer(Question(found["text"], found["parameters"], trusted=True))
    finally:
        await guard.close()


@pytest.mark.parametrize("name", [query.name for query in read_catalogue().questions.values()])
def test_question_runs_from_the_console_for_callers_with_a_key(london: Store, name: str) -> None:
    found = opened_question(read_ontology(), read_catalogue()[name], {})
    answer = asyncio.run(asked_with_key(london, found))
    assert answer.columns == tuple(read_catalogue()[name].returns)


@pytest.mark.parametrize("as_of", ["2025-05", "2025-06", ""])
def test_dates_count_in_the_console_as_in_the_question(london: Store, service: httpx.Client, as_of: str) -> None:
    asked = {"event": "talks-london-2025-06-09", **({"as_of": as_of} if as_of else {})}
    rows = service.get("/api/v1/queries/attendees.json", params=asked).json()["rows"]
    answer = asyncio.run(asked_with_key(london, opened(service, query="attendees", **asked)))
    assert len(answer.rows) == len(rows)
    assert bool(rows) == (as_of != "2025-05")


def test_wrong_question_or_value_is_a_problem(service: httpx.Client) -> None:
    assert "attendees" in problem(service.get("/cypher", params={"query": "atendees"}), 404)["close"]
    assert problem(service.get("/cypher", params={"query": "attendees", "nobody": "x"}), 400)["parameter"] == "nobody"
    assert problem(service.get("/cypher", params={"event": "x"}), 400)["parameter"] == "event"
    assert problem(service.get("/cypher", params={"query": "deadlines", "days": "many"}), 400)["parameter"] == "days"
    assert problem(service.get("/cypher", params={"query": "attendees", "as_of": "soon"}), 400)["parameter"] == "as_of"


def test_editor_is_the_recorded_one_with_licences() -> None:
    assert bundle.check() == []
    record = bundle.record()
    assert record["packages"]["codemirror"]["version"] == "6.0.2"
    assert {package["licence"] for package in record["packages"].values()} == {"MIT"}
    licences = (bundle.FOLDER / bundle.LICENCES).read_text(encoding="utf-8")
    assert [name for name, package in record["packages"].items() if f"{name} {package['version']}" not in licences] == []


def test_page_carries_the_licence_of_its_editor(service: httpx.Client) -> None:
    assert "Marijn Haverbeke" in service.get("/cypher").text


def test_lock_of_the_editor_names_no_registry() -> None:
    lock = (bundle.SOURCE / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in lock
    assert all("integrity" in package for name, package in json.loads(lock)["packages"].items() if name)
