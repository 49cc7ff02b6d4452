"""Asks a question of the catalogue: reads its parameters, runs its text, says what the sources leave open."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphapi.catalogue import Catalogue, Query
from graphapi.dates import Span, read_as_of
from graphapi.errors import InputRefused, NotFound
from graphapi.ontology import Ontology
from graphapi.period import native, period_of
from graphapi.questions.answer import Answer, DatasetCited, Question, Row
from graphapi.questions.force import settle
from graphapi.questions.graphs import read_drawn
from graphapi.questions.matrices import read_matrix
from graphapi.questions.names import read_names
from graphapi.questions.own import read_rows, told_columns
from graphapi.questions.recorded import tell_records
from graphapi.questions.scalars import read_scalar
from graphapi.questions.silences import Asked, say_what_is_open
from graphapi.questions.unfolding import unfold
from graphapi.questions.values import DATE, Values, read_values
from graphapi.reading.closeness import rank
from graphapi.sitting import read_one_edition
from graphapi.stats import read_datasets
from graphapi.store import Store

MOST_ROWS = 1000
MOST_CHAINS = 25
LOCATOR = re.compile(r"(\d+)")


def ask(store: Store, ontology: Ontology, catalogue: Catalogue, question: Question) -> Answer:
    """Answer a question.

    All of it is of one edition of the graph. Raises NotFound with the closest names or ids for an unknown query or entity; InputRefused for
    a parameter, saying what it expects; Conflict when loads change the graph all the while.
    """
    query = find_question(catalogue, question.name)
    as_of = read_moment(question.as_of)
    is_own = query.name in catalogue.own
    return read_one_edition(store, lambda sitting: _answer(sitting, ontology, Wanted(query, question.given, as_of, is_own)))


@dataclass(frozen=True)
class Wanted:
    """A question that was found, with what is given for it; `is_own` when its file is of whoever runs this."""

    query: Query
    given: Mapping[str, str]
    as_of: Span | None
    is_own: bool


def _answer(store: Store, ontology: Ontology, wanted: Wanted) -> Answer:
    query, as_of = wanted.query, wanted.as_of
    values = read_values(store, ontology, query, wanted.given, as_of)
    implied = implied_values(ontology, query)
    check_ends(ontology, query, values)
    given = {**values.bound, **implied, "as_of": period_of(as_of)}
    rows = _own_rows(store, query, given) if wanted.is_own else _rows(store, query, given)
    rows = tell_records(store, ontology, query.name, values, rows)
    rows, truncated = _cut(query, unfold(query.name, rows))
    asked = Asked(store, query.name, values, as_of, settle(query.name, rows, values), rows)
    graph = read_drawn(store, ontology, query, rows, as_of) if query.shape == "graph" else None
    datasets = read_datasets(store)
    return Answer(
        query=query.name,
        parameters=values.shown,
        as_of=as_of.text if as_of else None,
        datasets=tuple(DatasetCited(id=dataset.id, version=dataset.version) for dataset in datasets),
        columns=told_columns(query) if wanted.is_own else query.returns,
        rows=tuple(asked.rows),
        names=read_names(store, query, asked.rows, (side for dataset in datasets for side in dataset.sides)),
        graph=graph.model_copy(update={"truncated": truncated}) if graph else None,
        matrix=read_matrix(store, query.axes, rows) if query.axes else None,
        scalar=read_scalar(asked),
        truncated=truncated,
        not_in_sources=tuple(say_what_is_open(asked)),
    )


def _rows(store: Store, query: Query, given: dict[str, Any]) -> list[Row]:
    found = store.execute_read(query.text, given)
    return [{name: _readable(record[name], column.type) for name, column in query.returns.items()} for record in found]


def _own_rows(store: Store, query: Query, given: dict[str, Any]) -> list[Row]:
    """Run a query file that is not ours: bounded, and checked against its header."""
    keys, found = store.execute_bounded(query.text, given, MOST_ROWS + 1)
    rows = read_rows(query, keys, found)
    places = [name for name, column in query.returns.items() if column.type == "evidence"]
    return [row | {name: sorted(row[name], key=place_order) for name in places} for row in rows]


def find_question(catalogue: Catalogue, name: str) -> Query:
    """Return the question of this name; raises NotFound with the closest names."""
    known = catalogue.questions
    if name not in known:
        _check_refused(catalogue, name)
        readable = name.encode("utf-8", "replace").decode()[:120]
        raise NotFound("query", readable, rank(readable, list(known)) or sorted(known))
    return known[name]


def _check_refused(catalogue: Catalogue, name: str) -> None:
    for one in catalogue.refused:
        if one.file.rpartition("/")[2] == f"{name}.cypher":
            raise InputRefused(
                f"The query file {one.file} was not taken up: line {one.line}, {one.reason}", hint="Mend it, and start Parley anew."
            )


def read_moment(as_of: str | None) -> Span | None:
    """Read an as-of date; raises InputRefused naming the parameter."""
    if not as_of:
        return None
    try:
        return read_as_of(as_of)
    except InputRefused:
        shown = as_of.encode("utf-8", "replace").decode()[:60]
        raise InputRefused(f"as_of is {shown!r}.", hint=f"Expected: {DATE}.", parameter="as_of") from None


def implied_values(ontology: Ontology, query: Query) -> dict[str, list[str]]:
    """Return what the ontology says for the parameters that a query's header calls implied.

    Raises InputRefused for one that nobody knows.
    """
    known = {
        "path_types": [name for name in ontology.types_of("positive") if not ontology.relationships[name].structural],
        "closed_labels": [name for name, label in ontology.labels.items() if label.in_paths != "through"],
    }
    unknown = query.implied.keys() - known.keys()
    if unknown:
        raise InputRefused(f"The header of {query.name} implies {min(unknown)}, which is not known.", hint=f"Known: {', '.join(known)}.")
    return {name: known[name] for name in query.implied}


def check_ends(ontology: Ontology, query: Query, values: Values) -> None:
    """Raise InputRefused when a path is to start or end at what the ontology keeps out of paths."""
    if "closed_labels" not in query.implied:
        return
    for name, found in values.entities.items():
        label = found.labels[-1]
        if ontology.labels[label].in_paths == "never":
            apart = ", ".join(ontology.labels[one].plural.lower() for one in ontology.labels if ontology.labels[one].in_paths == "never")
            raise InputRefused(
                f"{name} is {found.id!r}, and a path neither passes nor ends at a {label}.", hint=f"Kept apart: {apart}.", parameter=name
            )


def _cut(query: Query, rows: list[Row]) -> tuple[list[Row], bool]:
    if not query.has_chains:
        return rows[:MOST_ROWS], len(rows) > MOST_ROWS
    starts = [place for place, row in enumerate(rows) if row["step"] == 1]
    return (rows[: starts[MOST_CHAINS]], True) if len(starts) > MOST_CHAINS else (rows, False)


def _readable(value: Any, kind: str) -> Any:
    if kind == "evidence":
        return sorted(value or (), key=place_order)
    found = native(value)
    return found.isoformat() if hasattr(found, "isoformat") else found


def place_order(place: str) -> list[Any]:
    """Return the key by which places are sorted: p4 before p12."""
    return [int(part) if part.isdecimal() else part for part in LOCATOR.split(place)]
