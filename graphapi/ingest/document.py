"""YAML as a tree that remembers its lines, with everything refused that data need not have."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from graphapi.errors import Fault

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 12
MAX_VALUES = 1_000_000
MAX_FAULTS = 200
MAX_DOCUMENTS = 500
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200d\u2060\ufeff\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
NULLS = {"", "~", "null", "Null", "NULL"}
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as written; its type is decided by what is expected of it, never guessed from its look."""

    text: str
    line: int
    plain: bool = True

    @property
    def is_null(self) -> bool:
        """Whether it says nothing at all."""
        return self.plain and self.text in NULLS


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple["Tree", ...]
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values, in the order written."""

    entries: dict[str, "Tree"]
    line: int
    lines: dict[str, int] = field(default_factory=dict)


Tree = Scalar | Sequence | Mapping


class Faults:
    """The faults of one data set, gathered until all of it was looked at."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, file: str, line: int, subject: str, message: str, hint: str = "") -> None:
        """Note a fault; after MAX_FAULTS one last line says that there are more."""
        if len(self.found) < MAX_FAULTS:
            self.found.append(Fault(file, line, subject, message, hint))
        elif len(self.found) == MAX_FAULTS:
            self.found.append(Fault(file, line, "", "There are more faults from here on.", "Mend these first."))


class Room:
    """How many keys, values and lists one data set may still have, all files together, so that no file can fill the memory."""

    def __init__(self, left: int = MAX_VALUES) -> None:
        self.left = left

    def take(self, line: int) -> None:
        """Take one; a document is refused when none is left."""
        self.left -= 1
        if self.left < 0:
            hint = "Split it into several data sets."
            raise _Refused(line, f"The data set has more than {MAX_VALUES:,} keys and values up to here.", hint)


class _Refused(Exception):
    def __init__(self, line: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.line, self.message, self.hint = line, message, hint


def read_document(file: Path, name: str, faults: Faults, room: Room) -> Mapping | None:
    """Read one file as one mapping; `name` is how faults call it.

    Returns None with the fault noted when it cannot be read, is no UTF-8, is too big, or holds aliases, anchors, tags, duplicate keys,
    a second document or anything but a mapping.
    """
    try:
        raw = _read(file)
    except _Refused as refused:
        faults.add(name, refused.line, "", refused.message, refused.hint)
        return None
    with _noting(name, faults):
        return _mapping(_events(_text(raw), room), faults, name)
    return None


def read_body(raw: bytes, name: str, faults: Faults, room: Room) -> list[Mapping]:
    """Read what was sent as the mappings of its documents, which `---` parts; lines count from the beginning of it all.

    Faults are those of `read_document`, but for the second document.
    """
    found: list[Mapping] = []
    with _noting(name, faults):
        events = _events(_text(raw), room, MAX_DOCUMENTS)
        for first in events:
            tree = _build(first, events, faults, name)
            if isinstance(tree, Mapping):
                found.append(tree)
            elif not (isinstance(tree, Scalar) and tree.is_null):
                faults.add(name, tree.line, "", "A document must begin with keys such as entities: or relationships:.")
    return found


@contextmanager
def _noting(name: str, faults: Faults) -> Iterator[None]:
    """Note as a fault what a document is refused for."""
    try:
        yield
    except _Refused as refused:
        faults.add(name, refused.line, "", refused.message, refused.hint)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        faults.add(
            name,
            mark.line + 1 if mark else 1,
            "",
            f"This is not YAML: {error.problem or error.context}.",
            "Mind the indentation and the quotes.",
        )
    except yaml.YAMLError as error:
        faults.add(name, 1, "", f"This is not YAML: {' '.join(str(error).split())}.", "Save the file as plain UTF-8 text.")


def _read(file: Path) -> bytes:
    try:
        if not file.is_file():
            raise _Refused(1, "This is no file.", "Take it out of the folder, or rename it.")
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise _Refused(1, f"The file cannot be read: {error.strerror}.") from None
    if len(raw) > MAX_BYTES:
        size = file.stat().st_size
        raise _Refused(1, f"The file has {size:,} bytes; at most {MAX_BYTES:,} are read.", "Split it into several files.")
    return raw


def _text(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _Refused(line, f"The file is not UTF-8: byte {raw[error.start]:#04x}.", "Save it as UTF-8.") from None
    _refuse_hidden(text, 1)
    return text


def _refuse_hidden(text: str, line: int) -> None:
    """Refuse characters that a reader does not see and a terminal may obey; the text begins on `line`."""
    hidden = FORBIDDEN.search(text)
    if hidden:
        line += text.count("\n", 0, hidden.start())
        raise _Refused(line, f"The invisible character U+{ord(hidden.group()):04X} may not stand in a data set.", "Delete it.")


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _events(text: str, room: Room, most: int = 1) -> Iterator[Any]:
    """Give the beginnings and ends of what a document holds one by one: a list of them would take ten times the memory of the text."""
    documents, depth = 0, 0
    for event in yaml.parse(text, Loader=LOADER):
        line = _line(event)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > most:
                raise _too_many(line, most)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _Refused(line, f"It is nested more than {MAX_DEPTH} deep.", "A data set needs five levels.")
        if isinstance(event, yaml.NodeEvent):
            _refuse_node(event, line)
            room.take(line)
        if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
            yield event


def _too_many(line: int, most: int) -> _Refused:
    if most == 1:
        return _Refused(line, "A second document begins here.", "One file holds one document: take the line --- out.")
    return _Refused(line, f"At most {most} documents are read.", "Put several into one.")


def _refuse_node(event: Any, line: int) -> None:
    if isinstance(event, yaml.AliasEvent) or event.anchor:
        raise _Refused(line, "Anchors (&) and aliases (*) are not read.", "Write the value out.")
    if event.tag:
        raise _Refused(line, f"The tag {event.tag[:60]!r} is not read.", "Take tags (!) out; put a text that begins with ! into quotes.")
    if isinstance(event, yaml.ScalarEvent) and event.style == '"':
        _refuse_hidden(event.value, line)


def _mapping(events: Iterator[Any], faults: Faults, name: str) -> Mapping | None:
    first = next(events, None)
    if first is None:
        faults.add(name, 1, "", "The file is empty.", "Write sources, entities or relationships into it, or delete it.")
        return None
    tree = _build(first, events, faults, name)
    for _ in events:
        pass
    if isinstance(tree, Mapping):
        return tree
    faults.add(name, tree.line, "", "The file must begin with keys such as entities: or relationships:.")
    return None


def _build(event: Any, events: Iterator[Any], faults: Faults, name: str) -> Tree:
    line = _line(event)
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(event.value, line, not event.style)
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(item := next(events), yaml.SequenceEndEvent):
            items.append(_build(item, events, faults, name))
        return Sequence(tuple(items), line)
    entries: dict[str, Tree] = {}
    lines: dict[str, int] = {}
    while not isinstance(item := next(events), yaml.MappingEndEvent):
        key = _build(item, events, faults, name)
        value = _build(next(events), events, faults, name)
        if not isinstance(key, Scalar):
            raise _Refused(key.line, "A key must be a plain word.")
        if key.text == "<<":
            raise _Refused(key.line, "Merge keys (<<) are not read.", "Write the values out.")
        if key.text in entries:
            faults.add(name, key.line, "", f"The key {key.text[:80]!r} stands twice, first on line {lines[key.text]}.", "Keep one.")
            continue
        entries[key.text], lines[key.text] = value, key.line
    return Mapping(entries, line, lines)
