"""The questions as pages: HTML made on the server, whole without a script; scripts add completion, calendars, tabs, sorting."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from graphapi.catalogue import Catalogue, Column, Query
from graphapi.errors import ParleyError
from graphapi.ontology import Ontology
from graphapi.questions import Answer, Question
from graphapi.questions.paths import chains_of, words_of
from graphapi.questions.values import written
from graphapi.questions.wording import sums_in_words
from graphapi.store import Store
from graphapi.web.comparisons import comparison_of
from graphapi.web.drawing import LIVE, Drawn
from graphapi.web.plain_pages import render_page
from graphapi.web.question_fields import Field, Form, fields_of
from graphapi.web.question_links import ORIGIN, address, links_of
from graphapi.web.timelines import timeline_of

MOST_PLACES = 300
SHORT = 26
PAGE_SCRIPTS = ("completion", "calendars", "tabs", "rows", "copying")


@dataclass(frozen=True)
class Desk:
    """A question with what is known of it so far."""

    store: Store
    ontology: Ontology
    query: Query
    question: Question


def list_page(catalogue: Catalogue, ontology: Ontology, wanted: str = "") -> Drawn:
    """Return the page of all questions by group; those without a word of `wanted` are left out."""
    words = wanted.lower().split()
    found = [query for query in catalogue.questions.values() if all(word in words_about(query) for word in words)]
    groups = [(group, list(queries)) for group, queries in groupby(sorted(found, key=_by_group), key=lambda query: query.group)]
    content = {"title": "Questions", "groups": groups, "wanted": wanted, "count": len(found), "words_about": words_about}
    own = {"own": catalogue.own, "refused": catalogue.refused}
    return render_page("queries.html", ontology, content | own, ("filtering",))


def words_about(query: Query) -> str:
    """Return in small letters what a search among the questions looks through."""
    columns = (f"{name} {column.description}" for name, column in query.returns.items())
    parameters = (f"{name} {parameter.description}" for name, parameter in query.parameters.items())
    texts = (query.name, query.title, query.description, query.group, *parameters, *columns)
    return " ".join(texts).replace("_", " ").lower()


def question_page(desk: Desk, answer: Answer | None = None, refused: ParleyError | None = None) -> Drawn:
    """Return the page of a question: its form, its answer or what was wrong, and its Cypher."""
    query, given = desk.query, desk.question.given
    asked = {name: value for name, value in {**given, "as_of": desk.question.as_of or ""}.items() if value}
    tried = {name: written(one.example) for name, one in query.parameters.items() if not one.optional}
    fields = list(fields_of(Form(desk.store, desk.ontology, query, given, desk.question.as_of or "", refused)))
    places = _places(desk.store, answer) if answer else []
    content = {
        "title": query.title,
        "query": query,
        "live": LIVE,
        "fields": fields,
        "answer": answer,
        "refused": refused if refused and not any(field.fault for field in fields) else None,
        "sums": sums_in_words(answer) if answer else {},
        "places": places,
        "sources": _short_names(places),
        "links": links_of(query, asked),
        "example": address(f"/queries/{query.name}", tried),
        "origin": ORIGIN,
        "code": _code(query.text),
        "has_values": any(given.values()),
        **(_views(query, answer, fields) if answer else {}),
    }
    words = {"words_of": lambda step: words_of(step, desk.ontology), "named": _named, "by_source": _by_source}
    return render_page("query.html", desk.ontology, content | words, PAGE_SCRIPTS)


def _by_group(query: Query) -> tuple[str, str]:
    return query.group, query.title


def _views(query: Query, answer: Answer, fields: Iterable[Field]) -> dict[str, Any]:
    """Return how the rows are laid out beside the table, by the answer's shape."""
    chosen = {field.chosen.id: field.chosen.name for field in fields if field.chosen}
    return {
        "chains": chains_of(answer) if query.has_chains else (),
        "timeline": timeline_of(answer) if query.shape == "series" else None,
        "comparison": comparison_of(answer, chosen),
    }


def _named(value: str, column: Column, names: Mapping[str, str]) -> str:
    """Return a text with the name for the id that stands in it, or before its colon, where the column has such ids."""
    if not column.label:
        return value
    begin, colon, rest = value.partition(":")
    word, by, whom = rest.partition(" by ")
    return f"{names.get(begin, begin)}{colon}{word}{by}{names.get(whom, whom)}"


def _by_source(places: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Return places source by source, in their order."""
    for source, found in groupby(places, key=lambda place: place.partition(":")[0]):
        yield source, list(found)


def _places(store: Store, answer: Answer) -> list[dict[str, Any]]:
    """Return the places of an answer in the order of their sources, each with what it says."""
    columns = [name for name, column in answer.columns.items() if column.type == "evidence"]
    named = list(dict.fromkeys(place for row in answer.rows for column in columns for place in row[column]))[:MOST_PLACES]
    known = {row["properties"]["id"]: row["properties"] for row in store.rows("read/graph/graph-places", ids=named)}
    found = []
    for place in named:
        source, _, locator = place.partition(":")
        about = known.get(source, {})
        found.append(
            {
                "id": place,
                "source": source,
                "locator": locator,
                "name": str(about.get("name") or source),
                "url": _web_address(about.get("url")),
                "summary": known.get(place, {}).get("summary", "") if locator else "",
            }
        )
    return found


def _web_address(url: object) -> str:
    return url if isinstance(url, str) and url.lower().startswith(("https://", "http://")) else ""


def _short_names(places: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Return a short name for each source; where two would have the same, both keep their whole one."""
    names = {place["source"]: place["name"] for place in places}
    short = {source: _shortened(name) for source, name in names.items()}
    taken = list(short.values())
    return {source: one if taken.count(one) == 1 else names[source] for source, one in short.items()}


def _shortened(name: str) -> str:
    if len(name) <= SHORT:
        return name
    cut = name[:SHORT].rsplit(" ", 1)[0].rstrip(" ,;:")
    return f"{cut}…"


def _code(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("//"))
