"""What our data said on a day: from records, whatever the graph shows now."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from graphapi.catalogue import read_catalogue
from graphapi.errors import InputRefused, NotFound
from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.ontology import read_ontology
from graphapi.questions import Answer, Question, ask
from graphapi.store import Store
from tests.datasets import FACTS, HEAD, write_dataset
from tests.integration.command_line import run
from tests.integration.problem import problem

AGE = """
MATCH (record:Record)
SET record.recorded_from = record.recorded_from - duration({days: $days}),
  record.recorded_to = record.recorded_to - duration({days: $days})
"""
SECOND = FACTS.replace("name: Ann,", "name: Anne,").replace(
    "    - {start: bo, end: first-round, evidence: [report:p2], from: [raw-2]}\n",
    "    - {start: ann, end: first-round, evidence: [report:p2]}\n",
)
THIRD = SECOND.replace("  ANNOUNCED_FOR:\n    - {start: ann, end: first-round, evidence: [report:p1], from: [raw-1]}\n", "")
TODAY = datetime.now(UTC).date()
BEFORE, FIRST_DAY, SECOND_DAY = (TODAY - timedelta(days=days) for days in (31, 30, 10))


def load_version(store: Store, folder: Path, version: str, facts: str) -> None:
    load(store, read_dataset(write_dataset(folder / version, facts, HEAD.replace("1.0.0", version))))


def age(store: Store, days: int) -> None:
    """Move everything that was recorded so far into the past."""
    with store._session("WRITE") as session:
        session.run(AGE, days=days).consume()


@pytest.fixture
def history(store: Store, tmp_path: Path) -> Store:
    """Three versions: 30 days ago, 10 days ago, today; the last one only takes a fact away."""
    load_version(store, tmp_path, "1.0.0", FACTS)
    age(store, 20)
    load_version(store, tmp_path, "1.1.0", SECOND)
    age(store, 10)
    load_version(store, tmp_path, "1.2.0", THIRD)
    return store


def answer(store: Store, name: str, **given: str) -> Answer:
    renamed = {key.rstrip("_"): value for key, value in given.items()}
    return ask(store, read_ontology(), read_catalogue(), Question(name=name, given=renamed))


def known(store: Store, entity: str, day: date) -> dict[str, tuple[str, bool]]:
    rows = answer(store, "known-at", entity=entity, known_at=day.isoformat()).rows
    return {f"{row['fact']} {row['value']}" if row["fact"].islower() else row["fact"]: (row["value"], row["changed_later"]) for row in rows}


def get(client: httpx.Client, path: str, **parameters: str | date | int) -> dict[str, object]:
    response = client.get(f"/api/v1{path}", params={name: str(value) for name, value in parameters.items()})
    assert response.status_code == 200, response.text
    found: dict[str, object] = response.json()
    return found


@pytest.mark.parametrize(
    ("day", "name", "changed"),
    [(FIRST_DAY, "Ann", True), (SECOND_DAY - timedelta(days=1), "Ann", True), (SECOND_DAY, "Anne", False), (TODAY, "Anne", False)],
    ids=["the day of the load", "the day before the change", "the day of the change", "today"],
)
def test_entity_is_shown_as_it_was_recorded(history: Store, client: httpx.Client, day: date, name: str, changed: bool) -> None:
    body = get(client, "/entities/ann", known_at=day)
    assert (body["name"], body["changed_later"], body["known_at"]) == (name, changed, day.isoformat())
    assert body["recorded_at"] == (FIRST_DAY if name == "Ann" else SECOND_DAY).isoformat()
    assert body["labels"] == ["Entity", "Person"]
    assert body["properties"]["side"] == "a-land"  # type: ignore[index]


def test_neighbours_are_those_that_were_recorded(history: Store, client: httpx.Client) -> None:
    def ties(entity: str, day: date) -> dict[str, bool]:
        items = get(client, f"/entities/{entity}/neighbors", known_at=day)["items"]
        return {item["relationship"]["id"]: item["changed_later"] for item in items}  # type: ignore[attr-defined]

    announced, absent = "ann--ANNOUNCED_FOR--first-round", "--ABSENT_FROM--first-round"
    assert ties("first-round", FIRST_DAY) == {announced: True, f"bo{absent}": True}
    assert ties("first-round", SECOND_DAY) == {f"ann{absent}": False, announced: True}
    assert ties("first-round", TODAY) == {f"ann{absent}": False}
    assert ties("bo", TODAY) == {}


def test_pages_of_known_neighbours_meet_each_once(history: Store, client: httpx.Client) -> None:
    first = get(client, "/entities/first-round/neighbors", known_at=SECOND_DAY, limit=1)
    then = get(client, "/entities/first-round/neighbors", known_at=SECOND_DAY, limit=1, cursor=str(first["next"]))
    met = [item["relationship"]["id"] for page in (first, then) for item in page["items"]]  # type: ignore[attr-defined]
    assert met == ["ann--ABSENT_FROM--first-round", "ann--ANNOUNCED_FOR--first-round"]
    assert then["next"] is None
    problem(client.get("/api/v1/entities/bo/neighbors", params={"known_at": str(SECOND_DAY), "cursor": str(first["next"])}), 400)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [({"type": "ABSENT_FROM"}, 1), ({"direction": "in"}, 2), ({"direction": "out"}, 0), ({"type": "LEADS"}, 0)],
    ids=["type", "in", "out", "a type that nobody recorded"],
)
def test_known_neighbours_are_filtered(history: Store, client: httpx.Client, filters: dict[str, str], expected: int) -> None:
    body = get(client, "/entities/first-round/neighbors", known_at=FIRST_DAY, **filters)
    assert len(body["items"]) == expected  # type: ignore[arg-type]
    assert body["not_in_sources"] == []


def test_a_day_before_the_first_record_is_no_no(history: Store, client: httpx.Client) -> None:
    body = get(client, "/entities/ann/neighbors", known_at=BEFORE)
    sentence = f"On {BEFORE} our data said nothing of 'ann', which says nothing about the world. They do since {FIRST_DAY}."
    assert (body["items"], body["not_in_sources"]) == ([], [sentence])
    found = problem(client.get("/api/v1/entities/ann", params={"known_at": str(BEFORE)}), 404)
    assert found["hint"] == sentence
    answered = answer(history, "known-at", entity="ann", known_at=str(BEFORE))
    assert (answered.rows, answered.not_in_sources) == ((), (sentence,))


def test_an_entity_that_our_data_lost_is_still_known_of_its_days(store: Store, client: httpx.Client, tmp_path: Path) -> None:
    load_version(store, tmp_path, "1.0.0", FACTS)
    age(store, 5)
    gone = "    - {id: bo, name: Bo, side: b-land, evidence: [report:p2], from: [raw-bo]}\n"
    tie = "  ABSENT_FROM:\n    - {start: bo, end: first-round, evidence: [report:p2], from: [raw-2]}\n"
    load_version(store, tmp_path, "2.0.0", FACTS.replace(gone, "").replace(tie, ""))
    loaded = TODAY - timedelta(days=5)
    assert get(client, "/entities/bo", known_at=loaded)["name"] == "Bo"
    answered = problem(client.get("/api/v1/entities/bo", params={"known_at": str(TODAY)}), 404)
    assert f"They did from {loaded} until {TODAY}." in answered["hint"]
    assert known(store, "bo", loaded)["name Bo"] == ("Bo", True)


def test_an_id_that_was_never_recorded_lists_close_ones(history: Store, client: httpx.Client) -> None:
    for path in ("/api/v1/entities/bob", "/api/v1/entities/bob/neighbors"):
        assert "bo" in problem(client.get(path, params={"known_at": str(TODAY)}), 404)["close"]
    said = answer(history, "known-at", entity="bob").not_in_sources
    assert said[0].endswith("They never did.")
    assert said[1] == "Close to that id: bo."


@pytest.mark.parametrize("day", ["2025-06", "2025", "today", "2025-02-30", "٢٠٢٥-٠٦-٠٩", "9999-12-31"])
def test_known_at_takes_a_day_that_is_past(history: Store, client: httpx.Client, day: str) -> None:
    for path in ("/api/v1/entities/ann", "/api/v1/entities/ann/neighbors", "/api/v1/queries/known-at"):
        given = {"known_at": day} | ({"entity": "ann"} if "queries" in path else {})
        assert problem(client.get(path, params=given), 400)["parameter"] == "known_at"


def test_known_at_and_as_of_are_two_questions(history: Store, client: httpx.Client) -> None:
    found = problem(client.get("/api/v1/entities/ann", params={"known_at": str(TODAY), "as_of": "2025"}), 400)
    assert "give one of them" in found["hint"]


def test_question_tells_each_fact_and_whether_it_changed(history: Store) -> None:
    facts = known(history, "ann", FIRST_DAY)
    assert facts["label Person"] == ("Person", False)
    assert facts["name Ann"] == ("Ann", True)
    assert facts["side a-land"] == ("a-land", False)
    assert facts["is announced for First round (first-round)"] == ("First round (first-round)", True)
    assert "did not attend First round (first-round)" not in facts
    assert known(history, "ann", SECOND_DAY)["did not attend First round (first-round)"] == ("First round (first-round)", False)


def test_question_cites_the_places_that_it_rested_on(history: Store) -> None:
    rows = answer(history, "known-at", entity="first-round", known_at=str(FIRST_DAY)).rows
    (dated,) = [row for row in rows if row["fact"] == "date"]
    assert (dated["value"], dated["source"], dated["dataset"]) == ("2025-05", ["report:p1"], "tiny")
    assert dated["recorded_at"] == FIRST_DAY.isoformat()


def test_without_a_day_it_is_today(history: Store) -> None:
    assert answer(history, "known-at", entity="ann").rows == answer(history, "known-at", entity="ann", known_at=str(TODAY)).rows


def changes(store: Store, **given: str) -> list[tuple[object, ...]]:
    rows = answer(store, "dataset-changes", dataset="tiny", **given).rows
    return [(row["change"], row["id"], row["field"], row["old"], row["new"]) for row in rows]


ADDED = ("added", "ann--ABSENT_FROM--first-round", None, None, "ABSENT_FROM")
RENAMED = ("changed", "ann", "name", "Ann", "Anne")
GONE = ("removed", "bo--ABSENT_FROM--first-round", None, "ABSENT_FROM", None)
TAKEN = ("removed", "ann--ANNOUNCED_FOR--first-round", None, "ANNOUNCED_FOR", None)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, [TAKEN]),
        ({"to": "1.1.0"}, [RENAMED, ADDED, GONE]),
        ({"from_": "1.0.0"}, [RENAMED, ADDED, TAKEN, GONE]),
        ({"from_": "1.0.0", "to": "1.1.0"}, [RENAMED, ADDED, GONE]),
    ],
    ids=["the last two", "to one and the one before it", "from one to the last", "both named"],
)
def test_changes_between_versions(history: Store, given: dict[str, str], expected: list[tuple[object, ...]]) -> None:
    assert changes(history, **given) == expected


def test_the_first_version_adds_everything_and_says_so(store: Store, tmp_path: Path) -> None:
    load_version(store, tmp_path, "1.0.0", FACTS)
    found = answer(store, "dataset-changes", dataset="tiny")
    assert {row["change"] for row in found.rows} == {"added"}
    assert len(found.rows) == len(read_dataset(tmp_path / "1.0.0").statements)
    assert found.not_in_sources == ("No version of tiny was loaded here before 1.0.0, so all of it counts as added.",)


def test_a_version_that_was_loaded_again_counts_as_it_was_last(history: Store, tmp_path: Path) -> None:
    load_version(history, tmp_path / "again", "1.2.0", THIRD.replace("name: Bo,", "name: Bob,"))
    assert changes(history) == [TAKEN, ("changed", "bo", "name", "Bo", "Bob")]


def test_changes_of_what_was_never_loaded_are_refused(history: Store) -> None:
    with pytest.raises(NotFound) as unknown:
        answer(history, "dataset-changes", dataset="tinny")
    assert unknown.value.close == ("tiny",)
    with pytest.raises(InputRefused, match=r"to is '9\.9\.9'") as refused:
        answer(history, "dataset-changes", dataset="tiny", to="9.9.9")
    assert refused.value.hint == "Loaded: 1.0.0, 1.1.0, 1.2.0."
    with pytest.raises(InputRefused, match="which was not loaded before"):
        answer(history, "dataset-changes", dataset="tiny", from_="1.1.0", to="1.0.0")


def test_records_of_an_older_program_get_their_ends(history: Store, client: httpx.Client) -> None:
    with history._session("WRITE") as session:
        session.run("MATCH (record:Record) REMOVE record.start, record.end").consume()
        session.run("MATCH (graph:Meta {id: 'graph'}) SET graph.schema_version = 9").consume()
    history.apply_schema(read_ontology())
    items = get(client, "/entities/first-round/neighbors", known_at=FIRST_DAY)["items"]
    assert len(items) == 2  # type: ignore[arg-type]


def test_diff_with_the_graph_shows_what_a_load_would_change(history: Store, database_environment: dict[str, str], tmp_path: Path) -> None:
    write_dataset(tmp_path / "next", SECOND, HEAD.replace("1.0.0", "1.3.0"))
    done = run("diff", "--graph", "next", "--format", "json", folder=tmp_path, variables=database_environment)
    report = json.loads(done.stdout)
    assert (done.returncode, report["old"]["version"], report["new"]["version"]) == (0, "1.2.0", "1.3.0")
    assert report["counts"] == {"added": 1, "changed": 0, "removed": 0}
    assert [change["id"] for change in report["changes"]] == ["dataset.yaml", "ann--ANNOUNCED_FOR--first-round"]


def test_diff_with_a_graph_that_lacks_the_data_set_says_what_it_has(
    history: Store, database_environment: dict[str, str], tmp_path: Path
) -> None:
    done = run("diff", "--graph", "us-china-london-2025", folder=tmp_path, variables=database_environment)
    assert done.returncode == 1
    assert "It holds: tiny." in done.stderr


def test_known_neighbours_come_as_csv_too(history: Store, client: httpx.Client) -> None:
    text = client.get("/api/v1/entities/first-round/neighbors.csv", params={"known_at": str(FIRST_DAY)}).content.decode("utf-8-sig")
    first, second = csv.DictReader(io.StringIO(text))
    assert first["relationship.id"] == "ann--ANNOUNCED_FOR--first-round"
    assert (first["node.name"], first["recorded_at"], first["changed_later"]) == ("Ann", FIRST_DAY.isoformat(), "true")
    assert second["node.id"] == "bo"
