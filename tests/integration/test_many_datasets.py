"""Several data sets in one graph: in any order the same graph, and each can be taken out again."""

import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from graphapi.errors import Conflict, DatabaseUnavailable, NotFound
from graphapi.ingest import Dataset, read_dataset
from graphapi.ingest import turns as turns_module
from graphapi.ingest.load import LoadReport, load
from graphapi.ingest.merge import merge_graph
from graphapi.ingest.unload import unload
from graphapi.ontology import read_ontology
from graphapi.reading import read_graph
from graphapi.settings import Settings
from graphapi.stats import read_datasets, read_version
from graphapi.store import Store, open_store
from tests.datasets import HEAD, OVERLAP, rewrite, write_dataset, write_large_dataset
from tests.integration.command_line import SCRIPT
from tests.integration.fingerprint import fingerprint

LONDON, WIDER = "us-china-london-2025", "us-china-2018-2026"
RECORDS = """
MATCH (r:Record {dataset: $dataset})
WHERE r.kind <> 'version'
RETURN r.version AS version, r.current AS current, count(*) AS count
ORDER BY version
"""
PROPERTIES = "MATCH (node {id: $id}) RETURN labels(node) AS labels, properties(node) AS properties"
EMPTY = "MATCH (node) WHERE NOT node:Meta AND NOT node:Record RETURN count(node) AS count"


@pytest.fixture
def north() -> Dataset:
    return read_dataset(OVERLAP / "north")


@pytest.fixture
def south() -> Dataset:
    return read_dataset(OVERLAP / "south")


def fingerprint_of(store: Store, *datasets: Dataset) -> str:
    """Load these into a graph that holds none, and return its hash; takes them out again."""
    for dataset in datasets:
        load(store, dataset)
    found = fingerprint(store)
    for dataset in datasets:
        unload(store, dataset.id)
    return found


PAIRS: dict[str, tuple[str | Path, str | Path]] = {
    "two that overlap in every way": (OVERLAP / "north", OVERLAP / "south"),
    "two versions under two ids": (OVERLAP / "north", OVERLAP / "north"),
    "the bundled ones": (LONDON, WIDER),
}


@pytest.fixture(params=PAIRS)
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Dataset, Dataset]:
    one, other = PAIRS[request.param]
    if one == other:
        other = rewrite(OVERLAP / "north", tmp_path / "twin", {"id: north": "id: abreast", "grade: B": "grade: A"})
    return read_dataset(one), read_dataset(other)


def test_either_order_and_again_is_one_graph(store: Store, pair: tuple[Dataset, Dataset]) -> None:
    one, other = pair
    expected = fingerprint_of(store, one, other)
    for dataset in (other, one):
        load(store, dataset)
    assert fingerprint(store) == expected
    version = read_version(store)
    assert not any(load(store, dataset).is_change for dataset in (one, other, one))
    assert (fingerprint(store), read_version(store)) == (expected, version)


def test_taking_either_out_leaves_the_graph_of_the_other(store: Store, pair: tuple[Dataset, Dataset]) -> None:
    alone = [fingerprint_of(store, dataset) for dataset in pair]
    for order in (pair, pair[::-1]):
        for gone, kept in ((0, 1), (1, 0)):
            for dataset in order:
                load(store, dataset)
            unload(store, pair[gone].id)
            assert fingerprint(store) == alone[kept]
            unload(store, pair[kept].id)
            assert store.execute_read(EMPTY)[0]["count"] == 0


def test_the_graph_in_the_database_is_the_graph_merged_from_the_files(store: Store, pair: tuple[Dataset, Dataset]) -> None:
    for dataset in pair:
        load(store, dataset)
    found = read_graph(store, pair[0].ontology)
    expected = merge_graph([(dataset.head, dataset.statements) for dataset in pair], pair[0].ontology)
    assert sorted(found.nodes, key=lambda node: node.id) == sorted(expected.nodes, key=lambda node: node.id)
    assert sorted(found.relationships, key=lambda r: r.id) == sorted(expected.relationships, key=lambda r: r.id)


def test_a_new_grade_of_a_source_changes_what_is_shown_on_its_account(store: Store, south: Dataset, tmp_path: Path) -> None:
    better = rewrite(OVERLAP / "south", tmp_path / "better", {"grade: C": "grade: A", "version: 3.1.0": "version: 3.2.0"})
    load(store, south)
    assert store.execute_read(PROPERTIES, {"id": "first-round"})[0]["properties"]["date"] == "2025-06-11"
    report = load(store, read_dataset(better))
    assert report.changed == ("gazette",)
    assert store.execute_read(PROPERTIES, {"id": "first-round"})[0]["properties"]["date"] == "2025-06-12"
    load(store, south)
    assert store.execute_read(PROPERTIES, {"id": "first-round"})[0]["properties"]["date"] == "2025-06-11"


def test_a_misspelling_told_later_takes_the_alias_away_until_it_is_told_no_more(store: Store, south: Dataset, tmp_path: Path) -> None:
    source = "{id: errata, name: Errata, kind: other, grade: C, misspellings: [Anna Rees = ann-reese]}"
    errata = read_dataset(write_dataset(tmp_path / "errata", f"sources:\n  - {source}\n", HEAD.replace("[a-land, b-land]", "[]")))
    load(store, south)
    for is_told in (False, True, False):
        if is_told:
            load(store, errata)
        elif len(read_datasets(store)) > 1:
            unload(store, errata.id)
        assert ("aliases" in store.execute_read(PROPERTIES, {"id": "ann-reese"})[0]["properties"]) is not is_told


def test_removal_reports_what_goes_what_stays_and_what_becomes_a_stub(store: Store, north: Dataset, south: Dataset) -> None:
    for dataset in (north, south):
        load(store, dataset)
    report = unload(store, "south")
    assert (report.dataset_version, report.title, report.version) == ("3.1.0", "The ferry talks, as the south tells them", 3)
    assert report.stubs == ("ferry-toll",)
    assert {"cy-ode", "courier", "courier:p1", "ann-reese--TOOK_PART_IN--first-round"} <= set(report.removed)
    assert {"ann-reese", "first-round", "a-land--PARTY_TO--first-round", "gazette"} <= set(report.changed)
    row = store.execute_read(PROPERTIES, {"id": "ferry-toll"})[0]
    assert sorted(row["labels"]) == ["Entity", "Measure"]
    assert row["properties"] == {"id": "ferry-toll", "name": "Toll on ferries", "stub": True, "datasets": ["north"]}
    assert [dataset.id for dataset in read_datasets(store)] == ["north"]


def test_a_label_goes_back_to_what_the_others_call_it(store: Store, north: Dataset, south: Dataset) -> None:
    for dataset in (north, south):
        load(store, dataset)
    assert "Agency" in store.execute_read(PROPERTIES, {"id": "harbour-office"})[0]["labels"]
    unload(store, "south")
    assert sorted(store.execute_read(PROPERTIES, {"id": "harbour-office"})[0]["labels"]) == ["Entity", "Organization"]


def test_records_of_what_was_taken_out_stay_as_older_ones(store: Store, south: Dataset, tmp_path: Path) -> None:
    load(store, south)
    newer = rewrite(OVERLAP / "south", tmp_path / "newer", {"version: 3.1.0": "version: 3.2.0", "name: Cy Ode": "name: Cyrus Ode"})
    load(store, read_dataset(newer))
    unload(store, "south")
    found = [row.data() for row in store.execute_read(RECORDS, {"dataset": "south"})]
    count = len(south.statements)
    assert found == [{"version": "3.1.0", "current": False, "count": count}, {"version": "3.2.0", "current": False, "count": 1}]
    open_ended = "MATCH (r:Record) WHERE r.recorded_to IS NULL RETURN count(r) AS count"
    assert store.execute_read(open_ended)[0]["count"] == 0
    load(store, south)
    assert sum(row["count"] for row in store.execute_read(RECORDS, {"dataset": "south"})) == 2 * count + 1


def test_an_unknown_data_set_is_named_with_those_that_are_there(store: Store, north: Dataset, south: Dataset) -> None:
    with pytest.raises(NotFound, match=r"'west'\. The graph holds none\."):
        unload(store, "west")
    load(store, north)
    load(store, south)
    before, version = fingerprint(store), read_version(store)
    with pytest.raises(NotFound, match=r"'west'\. The graph holds: north, south\."):
        unload(store, "west")
    assert (fingerprint(store), read_version(store)) == (before, version)


def test_a_rehearsed_removal_removes_nothing(store: Store, north: Dataset, south: Dataset) -> None:
    load(store, north)
    load(store, south)
    before, version = fingerprint(store), read_version(store)
    rehearsed = unload(store, "south", dry_run=True)
    assert (rehearsed.dry_run, rehearsed.version, rehearsed.stubs) == (True, version, ("ferry-toll",))
    assert (fingerprint(store), read_version(store)) == (before, version)


def test_the_service_lists_a_data_set_no_more(store: Store, client: httpx.Client, north: Dataset, south: Dataset) -> None:
    load(store, north)
    load(store, south)
    assert [item["id"] for item in client.get("/api/v1/datasets").json()["items"]] == ["north", "south"]
    unload(store, "north")
    assert [item["id"] for item in client.get("/api/v1/datasets").json()["items"]] == ["south"]
    stub = client.get("/api/v1/entities/signing")
    assert (stub.status_code, stub.json()["properties"]["stub"]) == (200, True)


@contextmanager
def held(store: Store) -> Iterator[None]:
    """Keep the graph's lock, as a load does that is under way."""
    taken, leave = threading.Event(), threading.Event()

    def work() -> None:
        def keep(transaction: object) -> None:
            transaction.lock()  # type: ignore[attr-defined]
            taken.set()
            leave.wait(60)

        store.execute_write(keep)

    thread = threading.Thread(target=work)
    thread.start()
    assert taken.wait(20)
    try:
        yield
    finally:
        leave.set()
        thread.join()


def test_a_load_that_has_to_wait_says_so_and_then_loads(
    store: Store, north: Dataset, south: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns_module, "MOMENT", 0.1)
    load(store, north)
    told = threading.Event()
    reports: list[LoadReport] = []
    waiting = threading.Thread(target=lambda: reports.append(load(store, south, waiting=told.set)))
    with held(store):
        waiting.start()
        assert told.wait(20)
        assert reports == []
    waiting.join()
    assert reports[0].version == 2


def test_the_command_line_says_that_it_waits(store: Store, database_environment: dict[str, str]) -> None:
    command = [SCRIPT, "load", OVERLAP / "north"]
    with held(store), subprocess.Popen(command, stderr=subprocess.PIPE, env=database_environment, text=True) as child:
        assert child.stderr is not None
        assert child.stderr.readline() == "Waiting for another load of this graph to end …\n"
        child.kill()
    store.execute_write(lambda transaction: transaction.lock())
    assert store.execute_read(EMPTY)[0]["count"] == 0


def test_a_load_that_waits_too_long_is_told_who_and_what_to_raise(store: Store, settings: Settings, north: Dataset) -> None:
    with open_store(settings.model_copy(update={"load_timeout": 1.0})) as impatient, held(store):
        with pytest.raises(Conflict, match=r"Another load has held the graph for longer than PARLEY_LOAD_TIMEOUT \(1 s\)"):
            load(impatient, north)
        with pytest.raises(Conflict, match="PARLEY_LOAD_TIMEOUT"):
            unload(impatient, "north")
    assert store.execute_read(EMPTY)[0]["count"] == 0


def test_a_load_that_takes_too_long_names_its_own_setting(store: Store, settings: Settings, tmp_path: Path) -> None:
    large = read_dataset(write_large_dataset(tmp_path / "large", "1.0.0", 10_000))
    with (
        open_store(settings.model_copy(update={"load_timeout": 0.2})) as impatient,
        pytest.raises(DatabaseUnavailable, match=r"longer for this load than PARLEY_LOAD_TIMEOUT \(0\.2 s\)"),
    ):
        load(impatient, large)
    store.execute_write(lambda transaction: transaction.lock())
    assert store.execute_read(EMPTY)[0]["count"] == 0


def test_loads_and_removals_at_once_leave_the_graph_of_what_is_there(store: Store, north: Dataset, south: Dataset) -> None:
    expected = fingerprint_of(store, north, south)
    tasks: list[Callable[[], object]] = [lambda: load(store, north), lambda: load(store, south), lambda: load(store, north)]
    for extra in ([], [lambda: unload(store, "north")]):
        threads = [threading.Thread(target=task) for task in [*tasks, *extra]]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        load(store, north)
        assert fingerprint(store) == expected


WRITER = """
import sys
from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.ingest.unload import unload
from graphapi.settings import load_settings
from graphapi.store import open_store
what, target = sys.argv[1:]
dataset = read_dataset(target)
with open_store(load_settings()) as store:
    print("ready", flush=True)
    sys.stdin.readline()
    load(store, dataset) if what == "load" else unload(store, dataset.id)
"""


def killed(what: str, folder: Path, seconds: float, variables: dict[str, str]) -> None:
    """Load or unload in a process of its own, and kill that after so many seconds."""
    command = [sys.executable, "-c", WRITER, what, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=variables, text=True) as child:
        assert child.stdout is not None
        assert child.stdin is not None
        assert child.stdout.readline() == "ready\n"
        child.stdin.write("go\n")
        child.stdin.flush()
        time.sleep(seconds)
        child.kill()


def test_killed_at_any_moment_there_is_one_data_set_or_both(store: Store, database_environment: dict[str, str], tmp_path: Path) -> None:
    first = write_large_dataset(tmp_path / "first", "1.0.0", 800)
    second = rewrite(first, tmp_path / "second", {"id: tiny": "id: other", "of 1.0.0": "as others call them"})
    one, other = read_dataset(first), read_dataset(second)
    load(store, one)
    alone = fingerprint(store)
    began = time.monotonic()
    load(store, other)
    took = time.monotonic() - began
    both = fingerprint(store)
    assert alone != both
    moments = random.Random(1999)
    for _ in range(10):
        is_both = fingerprint(store) == both
        killed("unload" if is_both else "load", second, moments.uniform(0, took * 1.2), database_environment)
        store.execute_write(lambda transaction: transaction.lock())  # waits until the server has ended what was killed
        assert fingerprint(store) in (alone, both)


def test_two_first_loads_of_an_empty_database_make_one_graph(store: Store, settings: Settings, north: Dataset, south: Dataset) -> None:
    with store._session("WRITE") as session:
        session.run("MATCH (graph:Meta {id: 'graph'}) DELETE graph").consume()
        for name in [row["name"] for row in session.run("SHOW CONSTRAINTS YIELD name")]:
            session.run(f"DROP CONSTRAINT {name}").consume()
        for name in [row["name"] for row in session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name")]:
            session.run(f"DROP INDEX {name}").consume()
    ontology, failed = read_ontology(), []

    def first_load(dataset: Dataset) -> None:
        try:
            with open_store(settings) as own:
                own.apply_schema(ontology)
                load(own, dataset)
        except Exception as error:  # noqa: BLE001 - told by the assertion
            failed.append(error)

    threads = [threading.Thread(target=first_load, args=(dataset,)) for dataset in (north, south)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [str(error) for error in failed] == []
    assert store.execute_read("MATCH (graph:Meta {id: 'graph'}) RETURN count(graph) AS count")[0]["count"] == 1
    assert read_version(store) == 2
