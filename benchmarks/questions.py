"""How fast both bundled data sets are loaded, and how fast every question's bare query answers on them."""

import time
from pathlib import Path

from benchmarks.measuring import Figure
from graphapi.catalogue import Query, read_catalogue
from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.ontology import Ontology, read_ontology
from graphapi.period import period_of
from graphapi.questions.asking import implied_values
from graphapi.questions.values import read_values
from graphapi.settings import load_settings
from graphapi.store import Store, open_store

FOUNDING, WIDER = "us-china-london-2025", "us-china-2018-2026"
WARM, RUNS = 10, 40
MOST = 50.0
# Entities that both data sets speak of much, in place of the examples in the headers, which London alone can answer.
MUCH_SAID = {
    "agreement": "geneva-deal",
    "measure": "reciprocal-tariff-china",
    "on": "2025-11-15",
    "process": "us-china-trade-talks-2025",
}


def measure_questions(scratch: Path) -> list[Figure]:
    """Load both data sets into an empty graph, then time each question's text on the driver, parameters at hand."""
    ontology = read_ontology()
    figures = []
    with open_store(load_settings(home=scratch / "questions", linger=0)) as store:
        store.apply_schema(ontology)
        for name in (FOUNDING, WIDER):
            dataset = read_dataset(name)
            began = time.monotonic()
            load(store, dataset)
            figures.append(Figure(f"load of {name} ({len(dataset.statements):,} facts)", "s", [time.monotonic() - began]))
        for name, query in sorted(read_catalogue().questions.items()):
            figures.append(_figure(name, _times(store, ontology, query)))
    return figures


def _figure(name: str, runs: list[float]) -> Figure:
    figure = Figure(f"question {name}, bare query", "ms", runs, target=f"p50 at most {MOST:.0f}", digits=1)
    return Figure(**{**figure.__dict__, "met": figure.median <= MOST})


def _times(store: Store, ontology: Ontology, query: Query) -> list[float]:
    wanted = {name: str(MUCH_SAID.get(name, known.example)) for name, known in query.parameters.items() if not known.optional}
    values = read_values(store, ontology, query, wanted, None)
    parameters = {**values.bound, **implied_values(ontology, query), "as_of": period_of(None)}
    times = []
    for _ in range(WARM + RUNS):
        began = time.perf_counter()
        store.execute_read(query.text, parameters)
        times.append((time.perf_counter() - began) * 1000)
    return times[WARM:]
