"""The texts of the catalogue in the console: anybody may run them as they are, whatever is in them."""

import json
from datetime import date
from typing import Any

import httpx
import pytest

from graphapi.catalogue import Query, read_catalogue
from graphapi.dates import read_as_of
from graphapi.guard.known import Known
from graphapi.ontology import read_ontology
from graphapi.period import period_of
from graphapi.questions.asking import implied_values
from graphapi.store import Store
from graphapi.web.console import opened_question
from tests.integration.problem import problem

ADDRESS = "/api/v1/cypher"
CATALOGUE = read_catalogue()
KNOWN = Known(CATALOGUE)
AS_OF = {"earliest": "2025-06-01", "latest": "2025-06-30"}
COSTLY = "stacked-rate"


def examples(query: Query) -> dict[str, Any]:
    """The parameters of a text as its header shows them, dates as JSON can hold them."""
    given: dict[str, Any] = {} if query.timeless else {"as_of": AS_OF}
    for name, parameter in query.parameters.items():
        value = parameter.default if parameter.optional and parameter.example is None else parameter.example
        given[name] = period_of(read_as_of(str(value))) if parameter.type == "date" and value is not None else value
    plain: dict[str, Any] = json.loads(json.dumps(given | implied_values(read_ontology(), query), default=str))
    return plain


def ask(client: httpx.Client, text: str, parameters: dict[str, Any]) -> httpx.Response:
    return client.post(ADDRESS, json={"query": text, "parameters": parameters})


@pytest.mark.parametrize("query", CATALOGUE.questions.values(), ids=lambda query: query.name)
def test_a_question_runs_with_its_header_and_without_it(service: httpx.Client, query: Query) -> None:
    for text in (query.text, f"\n  {query.code}\n\n"):
        answer = ask(service, text, examples(query))
        assert answer.status_code == 200, answer.text
        assert answer.json()["columns"] == list(query.returns)


@pytest.mark.parametrize("query", CATALOGUE.questions.values(), ids=lambda query: query.name)
def test_what_the_console_opens_has_the_rows_of_the_question(london: Store, service: httpx.Client, query: Query) -> None:
    opened = opened_question(read_ontology(), query, {} if query.timeless else {"as_of": "2025-06"})
    answer = ask(service, opened["text"], opened["parameters"])
    assert answer.status_code == 200, answer.text
    dated = {name: dates(value) for name, value in opened["parameters"].items()}
    assert len(answer.json()["rows"]) == min(len(london.execute_read(query.text, dated)), 1000)


def dates(value: Any) -> Any:
    """A parameter as the runner hands it in."""
    if isinstance(value, dict) and value.keys() == {"earliest", "latest"}:
        return {end: day and date.fromisoformat(day) for end, day in value.items()}
    return value


def test_every_other_text_of_the_catalogue_is_known_too(service: httpx.Client) -> None:
    for query in CATALOGUE.queries.values():
        if query.name == "functions":  # SHOW FUNCTIONS asks the server, and is for the service alone
            continue
        assert KNOWN.has(query.text, {})
        answer = ask(service, query.json_code, examples(query))
        assert answer.status_code == 200, (query.name, answer.text)


def test_a_changed_text_is_nobodys(service: httpx.Client) -> None:
    query = CATALOGUE[COSTLY]
    assert "reduce(" in query.code
    for text in (f"{query.code} LIMIT 1", query.code.replace("measure", "m"), query.code.replace("  ", " ")):
        assert problem(ask(service, text, examples(query)), 400)["rule"] == "costly-function"


@pytest.mark.parametrize(
    ("name", "parameter", "value"),
    [
        ("path", "max_hops", 9),
        ("path", "max_hops", -1),
        ("path", "max_hops", True),
        ("path", "max_hops", "8"),
        ("exposure", "steps", 2**40),
        (COSTLY, "from", "x" * 1001),
        (COSTLY, "from", [[[[[[[[["deep"]]]]]]]]]),
        (COSTLY, "from", ["x"] * 1001),
    ],
)
def test_its_parameters_are_held_to_its_header(service: httpx.Client, name: str, parameter: str, value: Any) -> None:
    query = CATALOGUE[name]
    for _ in range(2):
        body = problem(ask(service, query.text, examples(query) | {parameter: value}), 400)
        assert (body["rule"], body["parameter"]) == ("parameters", parameter)
    assert ask(service, query.text, examples(query)).status_code == 200
