"""A data set in a folder of YAML files, read whole and checked whole: docs/data-format.md describes the format."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from graphapi.errors import DatasetRefused, InputRefused
from graphapi.ingest.amendments import Amendments, check_amendments, read_amendments
from graphapi.ingest.check import check_statements
from graphapi.ingest.document import Faults, Mapping, Room, read_body, read_document
from graphapi.ingest.merge import merge_graph
from graphapi.ingest.records import Reading, read_records, read_text, refuse_unknown
from graphapi.ingest.statement import Statement, Withholding
from graphapi.ingest.stories import Stories, check_stories, read_stories
from graphapi.ingest.values import SLUG, Place, read_texts
from graphapi.ingest.withholding import amend
from graphapi.model import DatasetVersion, Graph
from graphapi.ontology import Ontology, read_ontology
from graphapi.resources import folder

HEAD = "dataset.yaml"
BODY = "body"
FORMAT = "1"
MAX_FILES = 500
VERSION = re.compile(r"^[0-9A-Za-z][0-9A-Za-z.+-]{0,39}$")
HEADER_KEYS = {"id", "version", "title", "description", "licence", "format", "sides"}


@dataclass(frozen=True)
class Dataset:
    """A data set that passed every check; `places` say in which file and line each subject is written.

    `withheld` are the records that it withholds, by id; the statements are without what these say.
    """

    head: DatasetVersion
    statements: tuple[Statement, ...]
    left_out: dict[str, str]
    ontology: Ontology
    places: dict[str, tuple[str, int]]
    withheld: dict[str, Withholding]

    @property
    def id(self) -> str:
        """Its id."""
        return self.head.id

    @property
    def version(self) -> str:
        """Its version."""
        return self.head.version

    @cached_property
    def graph(self) -> Graph:
        """The graph of this data set alone."""
        return merge_graph([(self.head, self.statements)], self.ontology)


def bundled_datasets() -> tuple[str, ...]:
    """Return the ids of the data sets that ship with the product."""
    return tuple(sorted(path.parent.name for path in folder("data").glob(f"*/{HEAD}")))


def read_dataset(where: str | Path, ontology: Ontology | None = None) -> Dataset:
    """Read a bundled data set by its name, or a folder; ./NAME is a folder whatever is bundled.

    Raises InputRefused when there is none, DatasetRefused with every fault when it is wrong.
    """
    root = _find(where)
    reading = Reading(ontology or read_ontology())
    return _checked(str(where), _documents(root, reading.faults), reading)


def read_dataset_text(raw: bytes, ontology: Ontology | None = None) -> Dataset:
    """Read a data set that was sent whole: one document, or as many as a folder would have files, parted by `---`; JSON is YAML too.

    Raises DatasetRefused with every fault when it is wrong.
    """
    reading = Reading(ontology or read_ontology())
    return _checked("in this body", _parts(raw, reading.faults), reading)


def _parts(raw: bytes, faults: Faults) -> Iterator[tuple[str, Mapping]]:
    """Give each document with the name that faults call it by: the head's is the one with `dataset`, or else the first."""
    found = read_body(raw, BODY, faults, Room())
    if not (found or faults.found):
        faults.add(BODY, 1, "", "The body is empty.", "Send a data set: docs/data-format.md.")
    heads = [document for document in found if "dataset" in document.entries] or found[:1]
    for second in heads[1:]:
        faults.add(BODY, second.lines["dataset"], "", "A second dataset: stands here.", "One body holds one data set.")
    for number, document in enumerate(found, start=1):
        yield (HEAD if document is heads[0] else f"document {number}"), document


def _checked(where: str, read: Iterable[tuple[str, Mapping | None]], reading: Reading) -> Dataset:
    documents = {name: document for name, document in read if document is not None}
    if reading.faults.found:
        raise DatasetRefused(where, reading.faults.found)
    head = _read_head(documents.get(HEAD), reading)
    amendments, stories = Amendments(), Stories()
    for name, document in documents.items():
        read_records(name, document, reading)
        read_amendments(name, document, reading, amendments)
        read_stories(name, document, reading, stories)
    if not reading.is_partial:
        check_statements(reading.statements, reading.places, reading.faults, reading.ontology)
        _check_sides(head, reading)
        check_amendments(amendments, reading, head.sides if head else ())
        check_stories(stories, reading, amendments.withheld)
    if reading.faults.found or head is None:
        raise DatasetRefused(where, sorted(reading.faults.found, key=lambda fault: (fault.file, fault.line)))
    statements = amend(reading.statements, amendments.corrections, amendments.withheld, reading.ontology)
    head = head.model_copy(update={"stories": tuple(stories.found.values())})
    return Dataset(head, statements, reading.left_out, reading.ontology, reading.places, amendments.withheld)


def _find(where: str | Path) -> Path:
    """Return the folder: of the bundled data set that is called so, else the one that a person named."""
    path, bundled = Path(where), bundled_datasets()
    if isinstance(where, str) and where in bundled:
        path = folder("data") / where
    if path.name == HEAD:
        path = path.parent
    if path.is_dir() and (path / HEAD).is_file():
        return path
    what = f"The folder {str(where)!r} holds no {HEAD}." if path.is_dir() else f"There is no data set {str(where)!r}."
    raise InputRefused(what, hint=f"Name a folder with a {HEAD}, or a bundled data set: {', '.join(bundled)}.")


def _documents(root: Path, faults: Faults) -> Iterator[tuple[str, Mapping | None]]:
    files = sorted(path for path in root.rglob("*.yaml") if not any(part.startswith(".") for part in path.relative_to(root).parts))
    if len(files) > MAX_FILES:
        faults.add(HEAD, 1, "", f"The folder holds {len(files):,} YAML files; at most {MAX_FILES} are read.")
        files = files[:MAX_FILES]
    for stray in sorted(root.rglob("*.yml")):
        faults.add(str(stray.relative_to(root)), 1, "", "Only files named *.yaml are read.", "Rename it.")
    room = Room()
    for file in files:
        name = str(file.relative_to(root))
        if not file.resolve().is_relative_to(root.resolve()):
            faults.add(name, 1, "", "The link leads out of the folder.", "Put the file itself into the folder.")
        elif room.left >= 0:
            yield name, read_document(file, name, faults, room)


def _read_head(document: Mapping | None, reading: Reading) -> DatasetVersion | None:
    place = Place(HEAD, "", reading.faults)
    tree = document.entries.get("dataset") if document else None
    if not isinstance(tree, Mapping):
        if document is not None:
            place.fault(1, "The head has no dataset: with id, version and title.", "See docs/data-format.md.")
        return None
    refuse_unknown(tree, HEADER_KEYS, place)
    before = len(reading.faults.found)
    found = {
        key: read_text(key, tree, place) for key in ("id", "version", "title", "description", "licence", "format") if key in tree.entries
    }
    for key in ("id", "version", "title", "licence", "format"):
        if key not in tree.entries:
            place.fault(tree.line, f"The head lacks {key}.", "See docs/data-format.md.")
    if found.get("format", FORMAT) != FORMAT:
        place.fault(tree.lines["format"], f"The format {found['format']!r} is not known.", f"This program reads format {FORMAT}.")
    if not SLUG.match(found.get("id", "x")):
        place.fault(tree.lines["id"], f"{found['id'][:80]!r} is no id.", "Ids have small letters, digits and single hyphens.")
    if not VERSION.match(found.get("version", "1")):
        place.fault(tree.lines["version"], f"{found['version'][:80]!r} is no version.", "Write 1.0.0.")
    sides = read_texts("sides", tree.entries["sides"], place) if "sides" in tree.entries else ()
    if len(reading.faults.found) > before:
        return None
    found.pop("format")
    return DatasetVersion(**found, sides=sides)


def _check_sides(head: DatasetVersion | None, reading: Reading) -> None:
    for side in head.sides if head else ():
        statement = reading.statements.get(side)
        if statement is None or statement.kind != "node" or not reading.ontology.is_a(statement.type, "Country"):
            reading.faults.add(HEAD, 1, "", f"The side {side!r} is no Country of this data set.", "Add it under entities: Country:.")
