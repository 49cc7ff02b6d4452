"""The console: a page on which a reader writes Cypher, made once; the graph is asked by its scripts, over the API."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from graphapi.catalogue import AS_OF, Parameter, Query
from graphapi.dates import Span, read_as_of
from graphapi.errors import InputRefused
from graphapi.ontology import Ontology
from graphapi.period import period_of
from graphapi.questions.asking import implied_values, read_moment
from graphapi.questions.values import DATE
from graphapi.web.drawing import LIVE, Drawn, tag_of
from graphapi.web.plain_pages import FOLDER, environment

STATIC = Path(__file__).parent / "static"
SHEETS = (FOLDER / "questions.css", STATIC / "console" / "console.css")
# How elements and glyphs are made is the explorer's; the rest is the console's own, in the order in which the parts build on each other.
SHARED = ("namespace", "dom")
OWN = (
    *("look", "exact", "problems", "parameters", "vocabulary", "completion", "editor", "collecting", "cells", "layout", "drawing", "plan"),
    *("tabs", "answer", "running", "fragment", "past", "queryfile", "downloads", "key", "start"),
)
NOWHEN = {"earliest": None, "latest": None}


def console_page(ontology: Ontology, opened: Mapping[str, Any] | None = None) -> Drawn:
    """Return the page; `opened` is the question with which the editor is filled."""
    from visualizer import assets, style  # noqa: PLC0415 - numpy and pyvis, only where a page is drawn

    scripts = (_editor(), _scripts())
    allowed = " ".join(f"'{assets.csp_hash(script)}'" for script in scripts)
    texts = "".join(sheet.read_text(encoding="utf-8") for sheet in SHEETS)
    sheet = style.variables(ontology) + assets.inline(texts) + style.classes(ontology)
    policy = (
        f"default-src 'none'; script-src {allowed}; style-src '{assets.csp_hash(sheet)}'; img-src data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    content = {
        "title": "Cypher",
        "policy": policy,
        "sheet": Markup(sheet),  # noqa: S704 - ours
        "scripts": [Markup(script) for script in scripts],  # noqa: S704
        "data": {"live": LIVE, "opened": opened, **_look(ontology)},
    }
    html = environment().get_template("console.html").render(content).encode("utf-8", "replace")
    return Drawn(html, f"{policy}; frame-ancestors 'none'", tag_of(html))


def opened_question(ontology: Ontology, query: Query, given: Mapping[str, str]) -> dict[str, Any]:
    """Return a question of the catalogue as the console can run it: {name, title, description, text, parameters}.

    Dates reach a query of the catalogue as dates, one of the console as JSON texts: its text reads them with date(). What is not given is
    its example, or its default. Raises InputRefused for a value that is none.
    """
    as_of = read_moment(given.get(AS_OF))
    values = {name: _value(name, parameter, given.get(name), as_of) for name, parameter in query.parameters.items()}
    moment = {} if query.timeless else {AS_OF: period_of(as_of) or NOWHEN}
    known = json.loads(json.dumps({**values, **implied_values(ontology, query), **moment}, default=str))
    return {"name": query.name, "title": query.title, "description": query.description, "text": query.json_code, "parameters": known}


def _value(name: str, parameter: Parameter, text: str | None, as_of: Span | None) -> Any:
    if text:
        return _read(name, parameter, text)
    if parameter.default == AS_OF:
        return period_of(as_of or read_as_of(datetime.now(UTC).date().isoformat()))
    chosen = parameter.default if parameter.optional else parameter.example
    if parameter.type == "date":
        return NOWHEN if chosen is None else period_of(read_as_of(str(chosen)))
    return chosen


def _read(name: str, parameter: Parameter, text: str) -> Any:
    try:
        return int(text) if parameter.type == "integer" else period_of(read_as_of(text)) if parameter.type == "date" else text
    except (ValueError, InputRefused):
        expected = "a whole number" if parameter.type == "integer" else DATE
        raise InputRefused(f"{name} is {text[:80]!r}.", hint=f"Expected: {expected}.", parameter=name) from None


def _look(ontology: Ontology) -> dict[str, Any]:
    """Return how kinds and relationship types are drawn, as the explorer draws them."""
    from visualizer import style  # noqa: PLC0415

    kinds = [
        {"id": name, "shape": label.shape, "icon": label.icon, "icons": label.icons, "colour": label.colour}
        for name, label in ontology.labels.items()
    ]
    lines = {
        name: {"family": kind.family, "caption": kind.forward, "dashes": kind.polarity != "positive"}
        for name, kind in ontology.relationships.items()
    }
    return {"kinds": kinds, "lines": lines, "icons": style.icons(), "places": len(ontology.palette.sides)}


@lru_cache(maxsize=1)
def _editor() -> str:
    from visualizer import assets  # noqa: PLC0415

    return assets.inline((STATIC / "codemirror" / "codemirror.js").read_text(encoding="utf-8").strip())


@lru_cache(maxsize=1)
def _scripts() -> str:
    from visualizer import assets  # noqa: PLC0415

    shared = [assets.STATIC / "explorer" / f"{name}.js" for name in SHARED]
    ours = [STATIC / "console" / f"{name}.js" for name in OWN]
    # The glyphs read their icons when they are made, so they come after the look.
    files = [*shared, ours[0], assets.STATIC / "explorer" / "glyphs.js", *ours[1:]]
    return assets.inline("\n".join(file.read_text(encoding="utf-8") for file in files))
