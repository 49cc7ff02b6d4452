"""Loading into a real Neo4j: all or nothing, again without change, exactly what differs."""

import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from pydantic import SecretStr

from graphapi import store as store_module
from graphapi.errors import DatabaseRefused, InputRefused
from graphapi.ingest import Dataset, read_dataset
from graphapi.ingest.load import LoadReport, load
from graphapi.ontology import read_ontology
from graphapi.reading import read_graph
from graphapi.settings import Settings
from graphapi.stats import graph_stats, read_stats
from graphapi.store import Store, open_store
from tests.datasets import FACTS, HEAD, write_dataset, write_large_dataset
from tests.integration.fingerprint import fingerprint

SECOND_FACTS = (
    FACTS.replace("{id: ann, name: Ann,", "{id: ann, name: Anne,")
    .replace("    - {start: bo, end: first-round, evidence: [report:p2], from: [raw-2]}\n", "")
    .replace("  ABSENT_FROM:\n", "  TOOK_PART_IN:\n    - {start: bo, end: first-round, evidence: [report:p2]}\n")
)
SECOND_HEAD = HEAD.replace("1.0.0", "1.1.0")


@pytest.fixture
def first(tmp_path: Path) -> Dataset:
    return read_dataset(write_dataset(tmp_path / "first"))


@pytest.fixture
def second(tmp_path: Path) -> Dataset:
    return read_dataset(write_dataset(tmp_path / "second", SECOND_FACTS, SECOND_HEAD))


def graph_version(store: Store) -> int:
    return int(store.rows("write/graph-state")[0]["version"])


def test_the_graph_counts_what_the_data_set_counts(store: Store) -> None:
    london = read_dataset("us-china-london-2025")
    report = load(store, london)
    assert len(report.added) == len(london.statements)
    found, expected = read_stats(store), graph_stats(london.graph)
    assert found.entities == expected.entities
    assert found.relationships == expected.relationships
    assert (found.evidence, found.sources) == (expected.evidence, expected.sources)


def test_the_graph_in_the_database_is_the_graph_of_the_files(store: Store) -> None:
    london = read_dataset("us-china-london-2025")
    load(store, london)
    found = read_graph(store, london.ontology)
    assert sorted(found.nodes, key=lambda node: node.id) == sorted(london.graph.nodes, key=lambda node: node.id)
    assert sorted(found.relationships, key=lambda r: r.id) == sorted(london.graph.relationships, key=lambda r: r.id)


def test_loading_again_changes_nothing(store: Store, first: Dataset) -> None:
    load(store, first)
    before, version = fingerprint(store), graph_version(store)
    report = load(store, first)
    assert not report.is_change
    assert (fingerprint(store), graph_version(store)) == (before, version)


def test_a_new_version_adds_changes_and_removes_exactly_what_differs(store: Store, first: Dataset, second: Dataset) -> None:
    load(store, first)
    version = graph_version(store)
    report = load(store, second)
    assert report.added == ("bo--TOOK_PART_IN--first-round",)
    assert report.changed == ("ann",)
    assert report.removed == ("bo--ABSENT_FROM--first-round",)
    assert graph_version(store) == version + 1
    assert store.execute_read("MATCH (p:Person {id: 'ann'}) RETURN p.name AS name")[0]["name"] == "Anne"


def test_a_version_and_back_is_the_same_graph(store: Store, first: Dataset, second: Dataset) -> None:
    load(store, first)
    before = fingerprint(store)
    load(store, second)
    load(store, first)
    assert fingerprint(store) == before


def test_older_versions_stay_as_records(store: Store, first: Dataset, second: Dataset) -> None:
    load(store, first)
    load(store, second)
    text = "MATCH (r:Record {subject: 'ann'}) RETURN r.version AS version, r.current AS current ORDER BY version"
    assert [(row["version"], row["current"]) for row in store.execute_read(text)] == [("1.0.0", False), ("1.1.0", True)]


def test_a_dry_run_tells_and_writes_nothing(store: Store, first: Dataset, second: Dataset) -> None:
    load(store, first)
    before, version = fingerprint(store), graph_version(store)
    report = load(store, second, dry_run=True)
    assert report.dry_run
    assert report.changed == ("ann",)
    assert (fingerprint(store), graph_version(store)) == (before, version)


def test_the_same_id_from_two_data_sets_is_one_entity_with_both_sets_of_evidence(store: Store, first: Dataset, tmp_path: Path) -> None:
    other_facts = (
        FACTS.replace("id: report", "id: paper").replace("report:", "paper:").replace("2025-05,", "2025-04,").replace("raw-", "other-")
    )
    other = read_dataset(write_dataset(tmp_path / "other", other_facts, HEAD.replace("id: tiny", "id: other")))
    load(store, first)
    load(store, other)
    row = store.execute_read("MATCH (e:Round {id: 'first-round'}) RETURN e {.*} AS e")[0]["e"]
    assert row["evidence"] == ["paper:p1", "report:p1"]
    assert row["disputed"] == ["date"]
    assert row["datasets"] == ["other", "tiny"]
    assert len(store.execute_read("MATCH (:Person {id: 'ann'})-[r]->(:Round) RETURN r")) == 1


def test_one_thing_under_two_labels_is_refused_and_nothing_is_written(store: Store, first: Dataset, tmp_path: Path) -> None:
    load(store, first)
    before = fingerprint(store)
    clash = "entities:\n  Issue:\n    - {id: ann, name: Ann}\n"
    other = read_dataset(write_dataset(tmp_path / "clash", clash, HEAD.replace("id: tiny", "id: clash").replace("a-land, b-land", "")))
    with pytest.raises(InputRefused, match=r"ann is called"):
        load(store, other)
    assert fingerprint(store) == before


def test_two_loads_at_once_follow_one_another(store: Store, first: Dataset, second: Dataset) -> None:
    reports: list[LoadReport] = []
    threads = [threading.Thread(target=lambda d=dataset: reports.append(load(store, d))) for dataset in (first, second)]  # type: ignore[misc]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(report.version for report in reports) == [1, 2]


LOADER = """
import sys
from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.settings import load_settings
from graphapi.store import open_store
dataset = read_dataset(sys.argv[1])
with open_store(load_settings()) as store:
    print("ready", flush=True)
    sys.stdin.readline()
    load(store, dataset)
    print("done", flush=True)
"""


def test_a_load_killed_at_any_moment_leaves_the_old_state_or_the_new_one(
    store: Store, database_environment: dict[str, str], tmp_path: Path
) -> None:
    folders = [write_large_dataset(tmp_path / "a", "1.0.0", 1500), write_large_dataset(tmp_path / "b", "2.0.0", 1500)]
    datasets = [read_dataset(folder) for folder in folders]
    states = []
    for dataset in (*datasets, datasets[0]):
        began = time.monotonic()
        load(store, dataset)
        took = time.monotonic() - began
        states.append(fingerprint(store))
    assert states[0] == states[2] != states[1]
    moments = random.Random(2025)
    for number in range(10):
        target = folders[states[:2].index(states[0]) if number % 2 else 1]
        child = subprocess.Popen(
            [sys.executable, "-c", LOADER, str(target)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=database_environment,
            text=True,
        )
        with child:
            assert child.stdout is not None
            assert child.stdin is not None
            assert child.stdout.readline() == "ready\n"
            child.stdin.write("go\n")
            child.stdin.flush()
            time.sleep(moments.uniform(0, took * 1.2))
            child.kill()
        store.execute_write(lambda transaction: transaction.run("write/lock-graph"))  # waits until the server has ended the killed load
        assert fingerprint(store) in states[:2]


def test_a_graph_of_a_newer_program_is_refused(store: Store) -> None:
    store.execute_write(lambda transaction: transaction.run("write/set-schema-version", version=999, types=[]))
    with pytest.raises(DatabaseRefused, match="schema version 999"):
        store.apply_schema(read_ontology())
    store.execute_write(lambda transaction: transaction.run("write/set-schema-version", version=0, types=[]))
    store.apply_schema(read_ontology())


def test_a_wrong_password_is_refused_as_such(settings: Settings) -> None:
    wrong = settings.model_copy(update={"neo4j_password": SecretStr("not this one")})
    with pytest.raises(DatabaseRefused, match=r"refused the user name or the password.*NEO4J_PASSWORD"), open_store(wrong):
        pass


def test_a_database_with_data_of_others_is_left_alone(store: Store) -> None:
    with store._session("WRITE") as session:
        session.run("MATCH (graph:Meta {id: 'graph'}) DELETE graph").consume()
        session.run("CREATE (:Invoice {number: 7})").consume()
    with pytest.raises(DatabaseRefused, match="labelled Invoice"):
        store.apply_schema(read_ontology())
    assert store.execute_read("MATCH (graph:Meta {id: 'graph'}) RETURN graph") == []


def test_a_server_too_old_is_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "OLDEST", (9999, 1))
    with pytest.raises(DatabaseRefused, match=r"Parley needs 9999\.1"):
        store.apply_schema(read_ontology())


def test_fifty_thousand_rows_and_no_more(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="at most 50,000"):
        load(store, read_dataset(write_large_dataset(tmp_path / "huge", "1.0.0", 25_001)))
