"""The records of a data file: sources with their places, entities, mentions, relationships, omissions."""

import re
from collections.abc import Iterator
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field

from graphapi.ingest.document import Faults, Mapping, Scalar, Sequence, Tree
from graphapi.ingest.statement import Account, Statement
from graphapi.ingest.values import Place, read_accounts, read_texts, read_value
from graphapi.model import relationship_id
from graphapi.ontology import Ontology, Property

# How the places of a source may be written, with the locators of each: numbered paragraphs, or excerpts of a document whose paragraphs
# nobody counted.
PLACES = {"paragraphs": re.compile(r"^p(0|[1-9][0-9]{0,5})$"), "excerpts": re.compile(r"^e[1-9][0-9]{0,5}$")}
TEXT = Property(type="text", description="a text")
IDENTIFIER = Property(type="id", description="a slug")
NAME = Property(type="text", description="the name by which to call it until a data set describes it")
PARTS = ("sources", "entities", "mentions", "relationships", "stories", "corrections", "withhold")
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
            is_both = statement.mention != self.statements[subject].mention
            what, hint = ("is both described and mentioned", "Take the mention out.") if is_both else ("stands twice", "Put both into one.")
            self.faults.add(file, line, subject, f"It {what}, first at {where}:{at}.", hint)
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
    groups = [document.entries.get(part) for part in ("entities", "mentions")]
    labels = {label for group in groups if isinstance(group, Mapping) for label in group.entries}
    reading.is_partial |= bool(set(document.entries) - set(PARTS_OF_HEAD) or labels - set(reading.ontology.entity_labels))
    for source in read_items(document.entries.get("sources"), "sources", place):
        _read_source(source, name, reading)
    for label, entities in _groups(document.entries.get("entities"), "entities", reading.ontology.entity_labels, place):
        for entity in read_items(entities, label, place):
            _read_node(entity, label, name, reading)
    for label, mentions in _groups(document.entries.get("mentions"), "mentions", reading.ontology.entity_labels, place):
        for mention in read_items(mentions, label, place):
            _read_mention(mention, label, name, reading)
    for kind, relationships in _groups(document.entries.get("relationships"), "relationships", _written_types(reading.ontology), place):
        for relationship in read_items(relationships, kind, place):
            _read_relationship(relationship, kind, name, reading)
    for omission in read_items(document.entries.get("left_out"), "left_out", place):
        _read_omission(omission, name, reading)


def _written_types(ontology: Ontology) -> tuple[str, ...]:
    return tuple(name for name, kind in ontology.relationships.items() if not kind.structural)


def _groups(tree: Tree | None, part: str, known: tuple[str, ...], place: Place) -> Iterator[tuple[str, Tree]]:
    if tree is None:
        return
    if not isinstance(tree, Mapping):
        place.fault(
            tree.line, f"{part} must be grouped under {'types' if part == 'relationships' else 'labels'}.", f"Known: {', '.join(known)}."
        )
        return
    refuse_unknown(tree, known, place)
    for key, value in tree.entries.items():
        if key in known:
            yield key, value


def read_items(tree: Tree | None, part: str, place: Place) -> Iterator[Mapping]:
    """Give the items of a list of records that have keys and values, noting what is none."""
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
    extra = {"from", *PLACES} if label == "Source" else {"from"}
    evidence, values = _values(tree, wanted, {"id", *extra}, place)
    statement = Statement(subject=subject, kind="node", type=label, evidence=evidence, values=values, raw=_raw(tree, place))
    reading.keep(statement, file, tree.line)
    return subject


def _read_mention(tree: Mapping, label: str, file: str, reading: Reading) -> None:
    subject = _identifier(tree, "id", Place(file, "", reading.faults))
    if subject is None:
        return
    place = Place(file, subject, reading.faults)
    unknown = [key for key in tree.entries if key not in ("id", "name")]
    for key in unknown:
        place.fault(tree.lines[key], f"A mention has id and name alone, not {key[:80]!r}.", "Write it under entities: to say more of it.")
    name = read_value("name", NAME, tree.entries["name"], place) if "name" in tree.entries else None
    if "name" not in tree.entries:
        place.fault(tree.line, "It lacks name.", f"Expected: {NAME.description}.")
    values = {"name": (Account(value=name),)} if isinstance(name, str) else {}
    reading.keep(Statement(subject=subject, kind="node", type=label, values=values, mention=True), file, tree.line)


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
    if subject is None:
        return
    for part, locators in PLACES.items():
        if part in tree.entries:
            _read_places(tree.entries[part], part, locators, Place(file, subject, reading.faults), reading)


def _read_places(tree: Tree, part: str, locators: re.Pattern[str], place: Place, reading: Reading) -> None:
    hint = f"Write {part[0]}4: {{summary: …}}."
    if not isinstance(tree, Mapping):
        place.fault(tree.line, f"{part} must be a mapping of locators.", hint)
        return
    for locator, body in tree.entries.items():
        if not locators.match(locator) or not isinstance(body, Mapping):
            place.fault(tree.lines[locator], f"{locator[:60]!r} is no locator of {part} with keys.", hint)
            continue
        _read_place(locator, body, Place(place.file, f"{place.subject}:{locator}", place.faults), reading)


def _read_place(locator: str, body: Mapping, place: Place, reading: Reading) -> None:
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
