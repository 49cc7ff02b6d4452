"""How fast a data set is loaded, and how fast its page is drawn."""

import time
from pathlib import Path

from benchmarks.measuring import Figure
from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.ontology import read_ontology
from graphapi.settings import load_settings
from graphapi.store import open_store
from tests.datasets import write_large_dataset
from visualizer import View, draw

FOUNDING = "us-china-london-2025"
PEOPLE = 5000


def measure_loading(scratch: Path) -> list[Figure]:
    """Load a large data set, the same again, and a version in which every person differs."""
    versions = [read_dataset(write_large_dataset(scratch / name, name, PEOPLE)) for name in ("1.0.0", "2.0.0", "3.0.0")]
    count = len(versions[0].statements)
    with open_store(load_settings(home=scratch / "loading", linger=0)) as store:
        store.apply_schema(read_ontology())
        load(store, read_dataset(FOUNDING))
        fresh, same, changed = [], [], []
        for dataset in versions:
            began = time.monotonic()
            report = load(store, dataset)
            rate = len(report.added + report.changed) / (time.monotonic() - began)
            (changed if report.previous_version else fresh).append(rate)
            began = time.monotonic()
            load(store, dataset)
            same.append(time.monotonic() - began)
    return [
        Figure(f"load of {count:,} facts into a graph without them", "facts/s", fresh, digits=0),
        Figure("load of a version that changes half of them", "facts/s", changed, note="facts that differ", digits=0),
        Figure(f"load of the same {count:,} facts again", "s", same, note="nothing is written"),
    ]


def measure_view(_: Path) -> list[Figure]:
    """Read the founding data set from its files and draw its page."""
    reads, draws, size = [], [], 0
    for _ in range(5):
        began = time.monotonic()
        dataset = read_dataset(FOUNDING)
        graph = dataset.graph
        reads.append(time.monotonic() - began)
        began = time.monotonic()
        size = len(draw(graph, View(title=dataset.head.title), dataset.ontology).html)
        draws.append(time.monotonic() - began)
    return [
        Figure("reading and checking the London data set", "s", reads),
        Figure("drawing its page", "s", draws, note=f"{size / 1e3:,.0f} kB of HTML"),
    ]
