"""The records of a data file: sources with their paragraphs, entities, relationships, omissions."""

import re
from collections.abc import Iterator
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field

from graphapi.ingest.document import Faults, Mapping, Scalar, Sequence, Tree
from graphapi.ingest.statement import Account, Statement
from graphapi.ingest.values import Place, read_accounts, read_texts, read_value
from graphapi.model import relationship_id
from graphapi.ontology import Ontology, Property

LOCATOR = re.compile(r"^[A-Za-z0-9][A-Za-z0-9.-]{0,39}$")
TEXT = Property(type="text", description="a text")
IDENTIFIER = Property(type="id", description="a slug")
PARTS = ("sources", "entities", "relationships")
PARTS_OF_HEAD = ("dataset", "left_out", *PARTS)


@dataclass
class Reading:
    """What one reading has gathered so far; `places` say where each subject was first written.

    `is_partial` when a group of records went unread, so that nothing can be said of what is missing.
    """

    ontology: Ontology
    faults: Faults = field(default_factory=Faults)
    statements: dict[str, Statement] = field(default_factory=dict)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    is_partial: bool = False

    def keep(self, statement: Statement, file: str, line: int) -> None:
        """Keep a statement, unless its subject or one of its raw records was met before."""
        subject = statement.subject
        if subject in self.statements:
            where, at = self.places[subject]
            self.faults.add(file, line, subject, f"It stands twice, first at {where}:{at}.", "Put both into one.")
            return
        self.statements[subject] = statement
        self.places[subject] = (file, line)
        for raw in statement.raw:
            self.claim(raw, subject, file, line)

    def claim(self, raw: str, subject: str, file: str, line: int) -> None:
        """Note that a raw record went into this subject; each goes into one."""
        if raw in self.raw:
            self.faults.add(file, line, subject, f"The raw record {raw!r} is already in the from list of {self.raw[raw]}.")
        self.raw[raw] = subject


def read_records(name: str, document: Mapping, reading: Reading) -> None:
    """Read every record of one file into `reading`, noting the faults of each."""
    place = Place(name, "", reading.faults)
    refuse_unknown(document, PARTS_OF_HEAD if "dataset" in document.entries else PARTS, place)
    entities = document.entries.get("entities")
    labels = set(entities.entries) if isinstance(entities, Mapping) else set()
    reading.is_partial |= bool(set(document.entries) - set(PARTS_OF_HEAD) or labels - set(reading.ontology.entity_labels))
    for source in _items(document.entries.get("sources"), "sources", place):
        _read_source(source, name, reading)
    for label, entities in _groups(document.entries.get("entities"), "entities", reading.ontology.entity_labels, place):
        for entity in _items(entities, label, place):
            _read_node(entity, label, name, reading)
    for kind, relationships in _groups(document.entries.get("relationships"), "relationships", _written_types(reading.ontology), place):
        for relationship in _items(relationships, kind, place):
            _read_relationship(relationship, kind, name, reading)
    for omission in _items(document.entries.get("left_out"), "left_out", place):
        _read_omission(omission, name, reading)


def _written_types(ontology: Ontology) -> tuple[str, ...]:
    return tuple(name for name, kind in ontology.relationships.items() if not kind.structural)


def _groups(tree: Tree | None, part: str, known: tuple[str, ...], place: Place) -> Iterator[tuple[str, Tree]]:
    if tree is None:
        return
    if not isinstance(tree, Mapping):
        place.fault(
            tree.line, f"{part} must be grouped under {'labels' if part == 'entities' else 'types'}.", f"Known: {', '.join(known)}."
        )
        return
    refuse_unknown(tree, known, place)
    for key, value in tree.entries.items():
        if key in known:
            yield key, value


def _items(tree: Tree | None, part: str, place: Place) -> Iterator[Mapping]:
    if tree is None or (isinstance(tree, Scalar) and tree.is_null):
        return
    if not isinstance(tree, Sequence):
        place.fault(tree.line, f"{part} must be a list.", "Begin each item with a hyphen.")
        return
    for item in tree.items:
        if isinstance(item, Mapping):
            yield item
        else:
            place.fault(item.line, f"An item of {part} must have keys and values.", "Write - id: … or - {start: …, end: …}.")


def refuse_unknown(tree: Mapping, known: tuple[str, ...] | set[str], place: Place) -> None:
    """Note every key that is not known."""
    for key in tree.entries:
        if key not in known:
            place.fault(tree.lines[key], f"The key {key[:80]!r} is not known here.", f"Known: {', '.join(sorted(known))}.")


def _identifier(tree: Mapping, key: str, place: Place) -> str | None:
    if key not in tree.entries:
        place.fault(tree.line, f"A record lacks {key}.")
        return None
    value = read_value(key, IDENTIFIER, tree.entries[key], place)
    return value if isinstance(value, str) else None


def _read_node(tree: Mapping, label: str, file: str, reading: Reading) -> str | None:
    subject = _identifier(tree, "id", Place(file, "", reading.faults))
    if subject is None:
        return None
    place = Place(file, subject, reading.faults)
    wanted = reading.ontology.properties_of_label(label)
    extra = {"from", "paragraphs"} if label == "Source" else {"from"}
    evidence, values = _values(tree, wanted, {"id", *extra}, place)
    statement = Statement(subject=subject, kind="node", type=label, evidence=evidence, values=values, raw=_raw(tree, place))
    reading.keep(statement, file, tree.line)
    return subject


def _values(
    tree: Mapping, wanted: Lookup[str, Property], apart: set[str], place: Place
) -> tuple[tuple[str, ...], dict[str, tuple[Account, ...]]]:
    allowed = {name for name, known in wanted.items() if not known.loader}
    refuse_unknown(tree, allowed | apart, place)
    values: dict[str, tuple[Account, ...]] = {}
    evidence: tuple[str, ...] = ()
    for key, value in tree.entries.items():
        if key == "evidence":
            found = read_value(key, wanted[key], value, place)
            evidence = tuple(dict.fromkeys(found)) if isinstance(found, tuple) else ()
        elif key in allowed - apart:
            accounts = read_accounts(key, wanted[key], value, place)
            if accounts:
                values[key] = accounts
    for key in allowed - apart - {"evidence"}:
        if wanted[key].required and key not in tree.entries:
            place.fault(tree.line, f"It lacks {key}.", f"Expected: {wanted[key].description}.")
    return evidence, values


def _raw(tree: Mapping, place: Place) -> tuple[str, ...]:
    return read_texts("from", tree.entries["from"], place) if "from" in tree.entries else ()


def _read_source(tree: Mapping, file: str, reading: Reading) -> None:
    subject = _read_node(tree, "Source", file, reading)
    paragraphs = tree.entries.get("paragraphs")
    if subject is None or paragraphs is None:
        return
    place = Place(file, subject, reading.faults)
    if not isinstance(paragraphs, Mapping):
        place.fault(paragraphs.line, "paragraphs must be a mapping of locators.", "Write p4: {summary: …, sha256: …}.")
        return
    for locator, body in paragraphs.entries.items():
        line = paragraphs.lines[locator]
        if not LOCATOR.match(locator) or not isinstance(body, Mapping):
            place.fault(line, f"{locator[:60]!r} is no locator with keys.", "Write p4: {summary: …, sha256: …}.")
            continue
        _read_paragraph(locator, body, Place(file, f"{subject}:{locator}", reading.faults), reading)


def _read_paragraph(locator: str, body: Mapping, place: Place, reading: Reading) -> None:
    name, source = place.subject, place.subject.partition(":")[0]
    wanted = {name: kind for name, kind in reading.ontology.labels["Evidence"].properties.items() if name != "locator"}
    _, values = _values(body, wanted, set(), place)
    digest = values.get("sha256")
    if digest and not re.match(r"^[0-9a-f]{64}$", str(digest[0].value)):
        place.fault(body.line, "sha256 is no SHA-256.", "Write 64 hex digits.")
    values |= {"name": (Account(value=name),), "locator": (Account(value=locator),)}
    reading.keep(Statement(subject=name, kind="node", type="Evidence", values=values), place.file, body.line)
    triple = relationship_id(name, "FROM", source)
    reading.keep(Statement(subject=triple, kind="relationship", type="FROM", start=name, end=source), place.file, body.line)


def _read_relationship(tree: Mapping, kind: str, file: str, reading: Reading) -> None:
    place = Place(file, kind, reading.faults)
    start, end = _identifier(tree, "start", place), _identifier(tree, "end", place)
    if start is None or end is None:
        return
    subject = relationship_id(start, kind, end)
    place = Place(file, subject, reading.faults)
    evidence, values = _values(tree, reading.ontology.properties_of_relationship(kind), {"start", "end", "from"}, place)
    if not evidence:
        place.fault(tree.line, "It has no evidence.", "Write evidence: [source:locator].")
    statement = Statement(
        subject=subject, kind="relationship", type=kind, start=start, end=end, evidence=evidence, values=values, raw=_raw(tree, place)
    )
    reading.keep(statement, file, tree.line)


def _read_omission(tree: Mapping, file: str, reading: Reading) -> None:
    place = Place(file, "left_out", reading.faults)
    refuse_unknown(tree, {"raw", "why"}, place)
    if "raw" not in tree.entries or "why" not in tree.entries:
        place.fault(tree.line, "An omission needs raw and why.")
        return
    raw, why = read_text("raw", tree, place), read_text("why", tree, place)
    reading.claim(raw, "left_out", file, tree.line)
    reading.left_out[raw] = why


def read_text(key: str, tree: Mapping, place: Place) -> str:
    """Read one text by its key; empty when it was refused."""
    value = read_value(key, TEXT, tree.entries[key], place)
    return value if isinstance(value, str) else ""
