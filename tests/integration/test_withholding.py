"""What a data set corrects and withholds, as the graph, the API and the page show it, and what older versions still answer."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from graphapi.catalogue import read_catalogue
from graphapi.ingest import read_dataset
from graphapi.ingest.load import LoadReport, load
from graphapi.ingest.unload import unload
from graphapi.ontology import read_ontology
from graphapi.questions import Answer, Question, ask
from graphapi.reading import read_graph
from graphapi.store import Store
from tests.datasets import FACTS, HEAD, write_dataset

AGE = """
MATCH (record:Record)
SET record.recorded_from = record.recorded_from - duration({days: 5}),
  record.recorded_to = record.recorded_to - duration({days: 5})
"""
NAMED = FACTS.replace("p2: {summary: Says that Bo stayed away.}", "p2: {summary: Says who stayed away., names: [ann, bo]}").replace(
    "name: Bo,", "name: Boris the Bold, aliases: [Bobby],"
)
CORRECTIONS = 'corrections:\n  - {id: ann, date: 2026-01-03, what: "Her name was wrong", why: "A reader told us"}\n'
PERSON = CORRECTIONS + 'withhold:\n  - {id: bo, date: 2026-01-03, why: "The person asked for it"}\n'
TIE = CORRECTIONS + 'withhold:\n  - {id: bo--ABSENT_FROM--first-round, date: 2026-01-03, why: "Its source was withdrawn"}\n'
BY_OWN = "The person asked for it (2026-01-03)"
BEFORE = f"What was said before is withheld too: {BY_OWN}"
BY_PERSON = "The person asked for it (2026-01-03, tiny)"
OF_TIE = "A relationship of type ABSENT_FROM is withheld: Its source was withdrawn (2026-01-03, tiny)"
TODAY = datetime.now(UTC).date()
THEN = TODAY - timedelta(days=5)
Versions = Callable[..., LoadReport]


@pytest.fixture
def version(store: Store, tmp_path: Path) -> Versions:
    """Load a version of the small data set; each is called by its number."""

    def loaded(number: int, facts: str) -> LoadReport:
        folder = write_dataset(tmp_path / str(number), facts, HEAD.replace("1.0.0", f"{number}.0.0"))
        return load(store, read_dataset(folder))

    return loaded


def age(store: Store) -> None:
    with store._session("WRITE") as session:
        session.run(AGE).consume()


def records(store: Store) -> list[dict[str, Any]]:
    with store._session("READ") as session:
        return [dict(row["record"]) for row in session.run("MATCH (record:Record) RETURN properties(record) AS record")]


def answer(store: Store, name: str, **given: str) -> Answer:
    return ask(store, read_ontology(), read_catalogue(), Question(name=name, given=given))


def get(client: httpx.Client, path: str, **parameters: str) -> dict[str, Any]:
    response = client.get(path, params=parameters)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


@pytest.mark.parametrize("lists", [PERSON, TIE], ids=["a person", "a relationship"])
def test_the_graph_in_the_database_is_the_graph_of_the_files(store: Store, tmp_path: Path, lists: str) -> None:
    tiny = read_dataset(write_dataset(tmp_path, NAMED + lists))
    load(store, tiny)
    found = read_graph(store, tiny.ontology)
    assert sorted(found.nodes, key=lambda node: node.id) == sorted(tiny.graph.nodes, key=lambda node: node.id)
    assert sorted(found.relationships, key=lambda r: r.id) == sorted(tiny.graph.relationships, key=lambda r: r.id)


def test_withholding_changes_the_record_and_what_touches_it_and_loading_again_nothing(version: Versions) -> None:
    version(1, NAMED)
    report = version(2, NAMED + PERSON)
    assert (report.changed, report.removed) == (("ann", "bo", "report:p2"), ("bo--ABSENT_FROM--first-round",))
    assert not version(2, NAMED + PERSON).is_change


def test_rest_and_page_tell_what_is_corrected_and_withheld(version: Versions, client: httpx.Client) -> None:
    version(1, NAMED + PERSON)
    body = get(client, "/api/v1/entities/bo")
    assert (body["name"], body["labels"]) == ("Withheld", ["Entity", "Person"])
    assert body["properties"] == {"datasets": ["tiny"], "withheld": [BY_PERSON]}
    assert get(client, "/api/v1/entities/bo/neighbors")["items"] == []
    (correction,) = get(client, "/api/v1/entities/ann")["properties"]["corrections"]
    assert json.loads(correction) == {"dataset": "tiny", "date": "2026-01-03", "what": "Her name was wrong", "why": "A reader told us"}
    cards = page_data(client, "/api/v1/graph.html")["entities"]
    assert (cards["bo"]["name"], cards["bo"]["withheld"]) == ("Withheld", [f"Withheld: {BY_PERSON}"])
    assert cards["ann"]["corrections"] == ["Corrected on 3 January 2026: Her name was wrong (A reader told us)."]
    assert "Boris" not in client.get("/api/v1/graph.html").text
    assert get(client, "/api/v1/search", q="Boris the Bold")["items"] == []


def page_data(client: httpx.Client, path: str) -> dict[str, Any]:
    """Return the data of a page's cards."""
    for text in re.findall(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', client.get(path).text, re.DOTALL):
        found = json.loads(text)
        if isinstance(found, dict) and "entities" in found:
            return found
    raise AssertionError("the page holds no cards")


def test_the_past_does_not_tell_what_is_withheld_of_an_entity(store: Store, version: Versions, client: httpx.Client) -> None:
    version(1, NAMED)
    age(store)
    known = answer(store, "known-at", entity="bo", known_at=str(THEN)).rows
    assert "Boris the Bold" in str(known)
    version(2, NAMED + PERSON)
    assert [row["value"] for row in answer(store, "known-at", entity="bo", known_at=str(TODAY)).rows] == ["Person", BY_OWN]
    then = answer(store, "known-at", entity="bo", known_at=str(THEN)).rows
    assert [(row["fact"], row["value"]) for row in then] == [("label", "Person"), ("withheld", BEFORE)]
    body = get(client, "/api/v1/entities/bo", known_at=str(THEN))
    assert (body["name"], body["recorded_at"], body["changed_later"]) == ("Withheld", str(THEN), True)
    assert get(client, "/api/v1/entities/bo/neighbors", known_at=str(THEN))["items"] == []
    assert "bo" not in {row["fact"] for row in answer(store, "known-at", entity="first-round", known_at=str(THEN)).rows}


def test_changes_between_versions_tell_that_it_is_withheld_and_nothing_of_it(store: Store, version: Versions) -> None:
    version(1, NAMED)
    version(2, NAMED + PERSON)
    rows = answer(store, "dataset-changes", dataset="tiny").rows
    changes = [(row["change"], row["id"], row["field"], row["old"], row["new"]) for row in rows]
    assert changes == [
        ("changed", "ann", "corrections", None, "2026-01-03: Her name was wrong (A reader told us)"),
        ("changed", "bo", "withheld", BEFORE, BY_OWN),
    ]


@pytest.mark.parametrize("lists", [PERSON, TIE], ids=["a person", "a relationship"])
def test_no_record_keeps_what_is_withheld(store: Store, version: Versions, lists: str) -> None:
    version(1, NAMED)
    version(2, NAMED.replace("Boris the Bold", "Boris the Old"))
    before = len(records(store))
    version(3, NAMED + lists)
    kept = records(store)
    assert len(kept) > before
    assert not [record for record in kept if "bo--ABSENT_FROM" in json.dumps(record, default=str)]
    assert not [record for record in kept if record.get("type") == "ABSENT_FROM" and ("start" in record or "end" in record)]
    names = [record for record in kept if "Boris" in record.get("body", "")]
    assert bool(names) is (lists == TIE)
    if lists == PERSON:
        referring = [record["subject"] for record in kept if '"bo"' in record.get("body", "")]
        assert set(referring) == {"bo"}


def test_the_past_does_not_tell_a_withheld_relationship(store: Store, version: Versions, client: httpx.Client) -> None:
    version(1, NAMED)
    age(store)
    version(2, NAMED + TIE)
    assert get(client, "/api/v1/entities/bo")["properties"]["withheld"] == [OF_TIE]
    assert get(client, "/api/v1/entities/bo", known_at=str(THEN))["name"] == "Boris the Bold"
    for entity in ("bo", "first-round"):
        for day in (THEN, TODAY):
            rows = answer(store, "known-at", entity=entity, known_at=str(day)).rows
            assert not [row for row in rows if "attend" in row["fact"] and "Bor" in f"{row['value']}"]
            items = get(client, f"/api/v1/entities/{entity}/neighbors", known_at=str(day))["items"]
            assert "bo--ABSENT_FROM--first-round" not in {item["relationship"]["id"] for item in items}
    ids = {row["id"] for row in answer(store, "dataset-changes", dataset="tiny").rows}
    assert ids == {"ann", "bo", "first-round"}


def test_versions_stay_in_their_order(store: Store, version: Versions) -> None:
    version(1, NAMED)
    version(2, NAMED + PERSON)
    assert [row["version"] for row in store.rows("read/records/dataset-versions", dataset="tiny")] == ["1.0.0", "2.0.0"]


def test_records_of_another_data_set_stay(store: Store, version: Versions, tmp_path: Path) -> None:
    head = HEAD.replace("id: tiny", "id: other")
    for number, name in enumerate(("Boris the First", "Boris the Second")):
        facts = FACTS.replace("name: Bo,", f"name: {name},")
        load(store, read_dataset(write_dataset(tmp_path / f"other-{number}", facts, head.replace("1.0.0", f"{number}"))))
    version(1, NAMED + PERSON)
    bodies = " ".join(record.get("body", "") for record in records(store))
    assert "Boris the First" in bodies
    found = next(node for node in read_graph(store, read_ontology()).nodes if node.id == "bo")
    assert (found.name, found.properties["withheld"]) == ("Boris the Second", [BY_PERSON])


def test_what_is_withheld_no_more_is_told_again_but_not_of_the_past(store: Store, version: Versions) -> None:
    version(1, NAMED)
    age(store)
    version(2, NAMED + PERSON)
    version(3, NAMED)
    found = next(node for node in read_graph(store, read_ontology()).nodes if node.id == "bo")
    assert found.name == "Boris the Bold"
    assert "withheld" not in found.properties
    then = answer(store, "known-at", entity="bo", known_at=str(THEN)).rows
    assert "Boris" not in str(then)


def test_a_data_set_that_was_taken_out_withholds_its_older_records_when_it_comes_back(store: Store, version: Versions) -> None:
    version(1, NAMED)
    unload(store, "tiny")
    version(2, NAMED + PERSON)
    assert not [record for record in records(store) if "Boris" in record.get("body", "")]
