"""The questions as pages: plain HTML with a form, made on the server, without a script."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from graphapi.catalogue import Catalogue, Query
from graphapi.errors import ParleyError
from graphapi.ontology import Ontology
from graphapi.questions import Answer, Question
from graphapi.questions.paths import chains_of, words_of
from graphapi.questions.values import expectation
from graphapi.questions.wording import sums_in_words
from graphapi.store import Store
from graphapi.web.drawing import LIVE, Drawn
from graphapi.web.plain_pages import render_page

MOST_SUGGESTED = 200
MOST_PLACES = 300


@dataclass(frozen=True)
class Desk:
    """A question with what is known of it so far."""

    store: Store
    ontology: Ontology
    query: Query
    question: Question


def list_page(catalogue: Catalogue, ontology: Ontology) -> Drawn:
    """Return the page of all questions."""
    return render_page("queries.html", ontology, {"title": "Questions", "queries": list(catalogue.questions.values())})


def question_page(desk: Desk, answer: Answer | None = None, refused: ParleyError | None = None) -> Drawn:
    """Return the page of a question: its form, its answer or what was wrong, and its Cypher."""
    query, given = desk.query, desk.question.given
    asked = {name: value for name, value in {**given, "as_of": desk.question.as_of or ""}.items() if value}
    tried = {name: str(one.example) for name, one in query.parameters.items() if not one.optional}
    content = {
        "title": query.title,
        "query": query,
        "fields": list(_fields(desk)),
        "as_of": desk.question.as_of or "",
        "answer": answer,
        "refused": refused,
        "sums": sums_in_words(answer) if answer else {},
        "chains": chains_of(answer) if answer and query.has_chains else (),
        "places": _places(desk.store, answer) if answer else [],
        "address": _address(f"/queries/{query.name}", asked),
        "json": _address(f"{LIVE}/queries/{query.name}.json", asked),
        "csv": _address(f"{LIVE}/queries/{query.name}.csv", asked),
        "picture": _address(f"/queries/{query.name}.html", asked),
        "example": _address(f"/queries/{query.name}", tried),
        "code": _code(query.text),
    }
    return render_page("query.html", desk.ontology, content | {"words_of": lambda step: words_of(step, desk.ontology)})


def _fields(desk: Desk) -> Iterator[dict[str, Any]]:
    for name, parameter in desk.query.parameters.items():
        yield {
            "name": name,
            "label": name.replace("_", " ").capitalize(),
            "value": desk.question.given.get(name, ""),
            "description": parameter.description,
            "expected": expectation(parameter),
            "required": not parameter.optional,
            "example": "" if parameter.example is None else parameter.example,
            "suggested": _suggested(desk, parameter.label or "Entity") if parameter.type == "entity" else [],
        }


def _suggested(desk: Desk, label: str) -> list[dict[str, str]]:
    rows = desk.store.rows("read/graph/entities", label=label, side=None, after="", limit=MOST_SUGGESTED, as_of=None)
    known = [row["properties"] for row in rows if _may_end(desk, row["labels"])]
    return [{"id": one["id"], "name": one.get("name", one["id"])} for one in known]


def _may_end(desk: Desk, labels: Iterable[str]) -> bool:
    if not desk.query.has_chains:
        return True
    return not any(desk.ontology.labels[label].in_paths == "never" for label in labels if label in desk.ontology.labels)


def _places(store: Store, answer: Answer) -> list[dict[str, Any]]:
    """Return the places of an answer in the order of their sources, each with what it says."""
    columns = [name for name, column in answer.columns.items() if column.type == "evidence"]
    named = list(dict.fromkeys(place for row in answer.rows for column in columns for place in row[column]))[:MOST_PLACES]
    known = {row["properties"]["id"]: row["properties"] for row in store.rows("read/graph/graph-places", ids=named)}
    found = []
    for place in named:
        source = place.partition(":")[0]
        name = known.get(source, {}).get("name", source)
        found.append({"id": place, "source": source, "name": name, "summary": known.get(place, {}).get("summary", "")})
    return found


def _code(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("//"))


def _address(path: str, asked: dict[str, str]) -> str:
    return f"{path}?{urlencode(asked)}" if asked else path
