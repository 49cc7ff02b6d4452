"""Every reading text: parses, only reads, returns what its header promises, and looks nothing up without an index."""

from collections.abc import Iterator
from typing import Any

import pytest

from graphapi.catalogue import Query, read_catalogue
from graphapi.dates import read_as_of
from graphapi.ontology import read_ontology
from graphapi.period import period_of
from graphapi.questions.asking import implied_values
from graphapi.store import Store
from tests.integration.questions import UNANSWERED

QUERIES = list(read_catalogue().queries.values())
# Texts that are about the whole graph, or all nodes of a label: they have no id to look up.
WHOLE = {"stats", "datasets", "graph-nodes", "entities", "delegates"}
WHOLE |= {"positions", "sideless-positions", "conflicts", "coverage-gaps"}
WHOLE |= {"deadlines", "retaliation-chain", "broken-promises", "issue-linkage", "shared-history"}
# Texts that look up their ids and list all nodes of these labels besides.
LISTED = {"dropped-issues": {"issue:Issue"}}


def examples(query: Query) -> dict[str, Any]:
    """The parameters of a text as its header shows them; dates as the runner hands them in."""
    given = {}
    for name, parameter in query.parameters.items():
        value = parameter.default if parameter.optional and parameter.example is None else parameter.example
        given[name] = period_of(read_as_of(str(value))) if parameter.type == "date" and value is not None else value
    return given | implied_values(read_ontology(), query) | {"as_of": None}


def operators(plan: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every operator of a plan with its details."""
    yield plan["operatorType"].split("@")[0], plan["args"].get("Details", "")
    for child in plan.get("children", ()):
        yield from operators(child)


def looks_up(query: Query) -> bool:
    """Whether a text is handed the id of an entity; sources, places and records have indexes of their own."""
    return any(parameter.type == "entity" and not parameter.optional for parameter in query.parameters.values())


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_text_only_reads_and_looks_nothing_up_without_an_index(london: Store, query: Query) -> None:
    with london._session("READ") as session:
        summary = session.run(f"CYPHER replan=force EXPLAIN {query.text}", examples(query)).consume()
    assert summary.query_type == "r"
    assert summary.plan is not None
    used = set(operators(summary.plan))
    assert "AllNodesScan" not in {name for name, _ in used}
    if query.name not in WHOLE:
        assert {details for name, details in used if "Scan" in name} == LISTED.get(query.name, set())
    if looks_up(query):
        assert any(name == "NodeUniqueIndexSeek" and ":Entity(id)" in details for name, details in used)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_text_runs_with_its_examples_and_returns_its_columns(london: Store, query: Query) -> None:
    rows = london.execute_read(query.text, examples(query))
    assert all(list(row.keys()) == list(query.returns) for row in rows)
    assert rows or query.shape is None or query.name in UNANSWERED


@pytest.mark.parametrize("query", [query for query in QUERIES if query.shape], ids=lambda query: query.name)
@pytest.mark.parametrize("as_of", ["2024", "2025-06", "2025-06-09", "2030"])
def test_question_runs_as_of_any_date(london: Store, query: Query, as_of: str) -> None:
    rows = london.execute_read(query.text, examples(query) | {"as_of": period_of(read_as_of(as_of))})
    assert len(rows) <= len(london.execute_read(query.text, examples(query)))
