"""A JSON Schema of data files, so that an editor checks keys and completes labels, types, choices and ids as one writes."""

from collections.abc import Iterable, Mapping
from typing import Any

from graphapi.dates import EXPECTED
from graphapi.ingest.amendments import DAY
from graphapi.ingest.dataset import Dataset
from graphapi.ingest.stories import FITS, MAX_FOCUS, MAX_STEPS, MAX_STORIES, MAX_TEXT, MAX_TITLE, MAX_ZOOM, MIN_ZOOM
from graphapi.ingest.values import SLUG
from graphapi.ontology import Ontology, Property

SCHEMA_FILE = ".parley-schema.json"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
PLACE = "^[a-z0-9-]+(:[A-Za-z0-9.-]+)?$"
ASIDES = ("certainty", "basis", "wording", "note")
Schema = dict[str, Any]
Ids = Mapping[str, list[str]]


def data_file_schema(ontology: Ontology, dataset: Dataset | None = None) -> Schema:
    """Return the schema (draft 2020-12) of one data file; the ids of a data set, when given, are offered for completion.

    Ids are offered, not demanded: an id that the schema does not know yet is right too. What only the whole data set can tell, such as a
    missing end, is for `parley check`.
    """
    ids = _ids(dataset, ontology)
    item_of = {label: _entity(label, ontology) for label in ontology.entity_labels}
    relationship_of = {kind: _relationship(kind, ontology) for kind, known in ontology.relationships.items() if not known.structural}
    return {
        "$schema": DRAFT,
        "title": "A data file of Parley",
        "type": "object",
        "additionalProperties": False,
        "$defs": _definitions(ids, ontology),
        "properties": {
            "dataset": _head(),
            "left_out": _list(_closed({"raw": _text("Id of the raw record"), "why": _text("Why it became nothing")}, ("raw", "why"))),
            "corrections": _list(_amendment({"what": "What was wrong, and what it is now", "why": "How that was found"})),
            "withhold": _list(_amendment({"why": "Why readers do not see it"})),
            "sources": _list(_source(ontology)),
            "entities": _groups(item_of),
            "mentions": _groups({label: _mention() for label in item_of}),
            "relationships": _groups(relationship_of),
            "stories": _list(_story()) | {"maxItems": MAX_STORIES},
        },
    }


def _ids(dataset: Dataset | None, ontology: Ontology) -> Ids:
    found: dict[str, list[str]] = {label: [] for label in (*ontology.labels, "Entity")}
    for node in dataset.graph.nodes if dataset else ():
        for label in node.labels:
            found[label].append(node.id)
    return found


def _definitions(ids: Ids, ontology: Ontology) -> Schema:
    """Return what is said once and pointed to: the ids of each label, and the places that can be evidence."""
    names = {label: ontology.labels[label].description for label in ontology.labels} | {"Entity": "Any entity"}
    places = sorted([*ids["Source"], *ids["Evidence"]])
    offered = {label: _offered(ids[label], f"Id: {name[0].lower()}{name[1:]}", SLUG.pattern) for label, name in names.items()}
    said = {_said(wanted): _accounts(wanted) for wanted in _written(ontology)}
    return (
        offered
        | said
        | {
            "place": _offered(places, "A place in a source, as source:locator", PLACE),
            "evidence": _list({"$ref": "#/$defs/place"}),
            "texts": {"anyOf": [{"type": "string"}, _list({"type": "string"})]},
            "date": {
                "type": ["string", "integer"],
                "description": EXPECTED,
            },
        }
    )


def _written(ontology: Ontology) -> list[Property]:
    groups = [ontology.properties_of_label(label) for label in ontology.labels]
    groups += [ontology.properties_of_relationship(kind) for kind in ontology.relationships]
    return [wanted for group in groups for wanted in group.values() if not wanted.loader]


def _head() -> Schema:
    properties: Schema = {
        "id": _text("Names the data set in the graph for good"),
        "version": _text("A new text for every change that you publish"),
        "title": _text("As readers see it"),
        "description": _text("What is in it"),
        "licence": _text("Of your own words, such as CC-BY-4.0"),
        "format": {"const": 1},
        "sides": _list({"$ref": "#/$defs/Country"}),
    }
    return _closed(properties, ("id", "version", "title", "licence", "format"))


def _amendment(texts: Mapping[str, str]) -> Schema:
    day: Schema = {"type": "string", "pattern": DAY.pattern, "description": "A day, such as 2026-01-03"}
    named = _text("Id of an entity, a source or a relationship (start--TYPE--end)")
    return _closed({"id": named, "date": day} | {name: _text(said) for name, said in texts.items()}, ("id", "date", *texts))


def _source(ontology: Ontology) -> Schema:
    place = {name: _value(known) for name, known in ontology.labels["Evidence"].properties.items() if name != "locator"}
    schema = _entity("Source", ontology)
    schema["properties"] |= {
        "paragraphs": {"type": "object", "patternProperties": {"^p[0-9]+$": _closed(place)}, "additionalProperties": False},
        "excerpts": {"type": "object", "patternProperties": {"^e[0-9]+$": _closed(place)}, "additionalProperties": False},
    }
    return schema


def _mention() -> Schema:
    return _closed({"id": _slug("Its id"), "name": _text("Its name")}, ("id", "name"))


def _story() -> Schema:
    title = _bounded("As readers see it", MAX_TITLE)
    point = _list({"type": "number"}) | {"minItems": 2, "maxItems": 2}
    zoom: Schema = {"type": "number", "minimum": MIN_ZOOM, "maximum": MAX_ZOOM}
    camera: Schema = {"anyOf": [_closed({"fit": {"enum": list(FITS)}}, ("fit",)), _closed({"at": point, "zoom": zoom}, ("at",))]}
    step: Schema = {
        "title": title,
        "text": _bounded("What happens, in own words, from what is in focus and nothing else", MAX_TEXT),
        "focus": _list({"$ref": "#/$defs/Entity"}) | {"minItems": 1, "maxItems": MAX_FOCUS},
        "date": {"$ref": "#/$defs/date"},
        "camera": camera | {"description": "Where the picture looks; left out, at what is in focus"},
    }
    steps = _list(_closed(step, ("title", "text", "focus"))) | {"minItems": 1, "maxItems": MAX_STEPS}
    story: Schema = {
        "id": _slug("Names the story in links"),
        "title": title,
        "text": _bounded("What it is about", MAX_TEXT),
        "steps": steps,
    }
    return _closed(story, ("id", "title", "steps"))


def _entity(label: str, ontology: Ontology) -> Schema:
    known = {name: wanted for name, wanted in ontology.properties_of_label(label).items() if not wanted.loader}
    properties = {name: _property(wanted) for name, wanted in known.items()}
    properties |= {"id": _slug(known["id"].description), "from": {"$ref": "#/$defs/texts"}, "evidence": {"$ref": "#/$defs/evidence"}}
    required = [name for name, wanted in known.items() if wanted.required]
    return _closed(properties, required) | {"description": ontology.labels[label].description}


def _relationship(kind: str, ontology: Ontology) -> Schema:
    known = {name: wanted for name, wanted in ontology.properties_of_relationship(kind).items() if not wanted.loader}
    starts, ends = zip(*ontology.relationships[kind].ends, strict=True)
    properties = {name: _property(wanted) for name, wanted in known.items()} | {
        "start": _end(starts),
        "end": _end(ends),
        "from": {"$ref": "#/$defs/texts"},
        "evidence": {"$ref": "#/$defs/evidence"},
    }
    return _closed(properties, ("start", "end", "evidence")) | {"description": f"… {ontology.relationships[kind].forward} …"}


def _end(labels: Iterable[str]) -> Schema:
    return {"anyOf": [{"$ref": f"#/$defs/{label}"} for label in dict.fromkeys(labels)]}


def _property(wanted: Property) -> Schema:
    return {"description": wanted.description, "$ref": f"#/$defs/{_said(wanted)}"}


def _said(wanted: Property) -> str:
    """Return the name under which the schema of such a property is kept: its type, with the label or the choices where it has some."""
    return ".".join(("said", wanted.type, *([wanted.label] if wanted.label else []), *wanted.choices))


def _accounts(wanted: Property) -> Schema:
    value = _value(wanted)
    asides = {name: _text(name) for name in ASIDES} | {"evidence": {"$ref": "#/$defs/evidence"}}
    account = _closed({"value": value, **asides}, ("value",))
    return {"anyOf": [value, account, _list(account)]}


def _value(wanted: Property) -> Schema:
    label = wanted.label or "Entity"
    known: Schema = {
        "choice": {"enum": list(wanted.choices)},
        "reference": {"$ref": f"#/$defs/{label}"},
        "references": _list({"$ref": f"#/$defs/{label}"}),
        "url": {"type": "string", "pattern": "^https?://"},
    }
    if wanted.type in ("boolean", "integer", "number"):
        return {"type": wanted.type}
    if wanted.type in ("texts", "evidence", "date"):
        return {"$ref": f"#/$defs/{wanted.type}"}
    return dict(known.get(wanted.type, {"type": ["string", "number"]}))


def _offered(known: list[str], description: str, pattern: str) -> Schema:
    anything = {"type": "string", "pattern": pattern}
    return {"description": description, "anyOf": [{"enum": known}, anything] if known else [anything]}


def _groups(items: Mapping[str, Schema]) -> Schema:
    return _closed({name: _list(item) for name, item in items.items()})


def _closed(properties: Schema, required: Iterable[str] = ()) -> Schema:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _slug(description: str) -> Schema:
    return {"type": "string", "pattern": SLUG.pattern, "description": description}


def _bounded(description: str, most: int) -> Schema:
    return {"type": "string", "maxLength": most, "description": description}


def _text(description: str) -> Schema:
    return {"type": ["string", "number"], "description": description}
