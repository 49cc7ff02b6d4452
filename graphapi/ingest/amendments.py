"""What a data set says of its own records: its `corrections`, and the records that it withholds (`withhold`)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from graphapi.ingest.check import close_hint
from graphapi.ingest.document import Mapping
from graphapi.ingest.records import Reading, read_items, read_text, refuse_unknown
from graphapi.ingest.statement import Correction, Statement, Withholding
from graphapi.ingest.values import Place
from graphapi.ontology import Ontology

KEYS = {"corrections": ("id", "date", "what", "why"), "withhold": ("id", "date", "why")}
DAY = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")


@dataclass(frozen=True)
class Entry:
    """One item of either list: the record that it is about, as the subject of its place, and its other keys."""

    place: Place
    line: int
    texts: dict[str, str]

    @property
    def subject(self) -> str:
        """The id of the record."""
        return self.place.subject


@dataclass
class Amendments:
    """Every item of both lists, by the key under which it stands."""

    entries: dict[str, list[Entry]] = field(default_factory=lambda: {part: [] for part in KEYS})

    @property
    def corrections(self) -> dict[str, tuple[Correction, ...]]:
        """The corrections by the id of the record, in order of days, whatever the order in which they are written."""
        found: dict[str, list[Correction]] = {}
        for entry in self.entries["corrections"]:
            found.setdefault(entry.subject, []).append(Correction(**entry.texts))
        return {subject: tuple(sorted(ones, key=lambda one: (one.date, one.what))) for subject, ones in found.items()}

    @property
    def withheld(self) -> dict[str, Withholding]:
        """Why and since when a record is withheld, by its id."""
        return {entry.subject: Withholding(**entry.texts) for entry in self.entries["withhold"]}


def read_amendments(name: str, document: Mapping, reading: Reading, amendments: Amendments) -> None:
    """Read the two lists of one file, noting the faults of each item."""
    for part, keys in KEYS.items():
        for item in read_items(document.entries.get(part), part, Place(name, part, reading.faults)):
            entry = _read_entry(item, part, keys, Place(name, part, reading.faults))
            if entry:
                amendments.entries[part].append(entry)


def _read_entry(tree: Mapping, part: str, keys: tuple[str, ...], place: Place) -> Entry | None:
    refuse_unknown(tree, keys, place)
    lacking = [key for key in keys if key not in tree.entries]
    if lacking:
        place.fault(tree.line, f"An item of {part} lacks {', '.join(lacking)}.", f"Write {{{', '.join(f'{key}: …' for key in keys)}}}.")
        return None
    found = {key: read_text(key, tree, place) for key in keys}
    if not all(found.values()):
        return None
    subject = found.pop("id")
    place = Place(place.file, subject[:300], place.faults)
    if not _is_day(found["date"]):
        place.fault(tree.lines["date"], f"date: {found['date'][:40]!r} is no day.", "Write a day, such as 2026-01-03.")
        return None
    return Entry(place, tree.line, found)


def _is_day(text: str) -> bool:
    try:
        return bool(DAY.match(text) and date.fromisoformat(text))
    except ValueError:
        return False


def check_amendments(amendments: Amendments, reading: Reading, sides: Sequence[str]) -> None:
    """Note every item about a record that is not there or cannot be amended so, and what is withheld twice or corrected too."""
    for part, entries in amendments.entries.items():
        for entry in entries:
            for message, hint in _problems(entry, part, reading):
                entry.place.fault(entry.line, message, hint)
    corrected = {entry.subject for entry in amendments.entries["corrections"]}
    seated = {*sides, *_sides(reading)} if amendments.entries["withhold"] else set()
    met: set[str] = set()
    for entry in amendments.entries["withhold"]:
        if entry.subject in seated:
            entry.place.fault(entry.line, "A country that is a side cannot be withheld.", "Withhold the records that tell too much.")
        if entry.subject in corrected:
            entry.place.fault(entry.line, "It is both withheld and corrected.", "Take the corrections of what is withheld out.")
        if entry.subject in met:
            entry.place.fault(entry.line, "It is withheld twice.", "Keep one of the two.")
        met.add(entry.subject)


def _problems(entry: Entry, part: str, reading: Reading) -> list[tuple[str, str]]:
    statement = reading.statements.get(entry.subject)
    if statement is None:
        known = frozenset(subject for subject, one in reading.statements.items() if not _is_place(one, reading.ontology))
        return [(f"{part} names {entry.subject[:120]!r}, which is no record of this data set.", close_hint(entry.subject, known))]
    if _is_place(statement, reading.ontology):
        source = entry.subject.partition(":")[0]
        return [("It is a place in a source; places are neither corrected nor withheld.", f"Name the source {source}, or mend the place.")]
    if part == "withhold" and statement.kind == "node" and statement.type == "Source":
        return [("A source cannot be withheld: what rests on it would stand without evidence.", "Correct it, or take it out.")]
    return []


def _is_place(statement: Statement, ontology: Ontology) -> bool:
    """Whether it is a place in a source, or what ties one to its source; neither has a card of its own."""
    return statement.type == "Evidence" or (statement.kind == "relationship" and ontology.relationships[statement.type].structural)


def _sides(reading: Reading) -> set[str]:
    return {str(account.value) for statement in reading.statements.values() for account in statement.values.get("side", ())}
