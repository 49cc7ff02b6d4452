"""Query files of whoever runs Parley: those below PARLEY_QUERIES join the catalogue, each with the reasons for which it may not."""

import math
import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from graphapi.catalogue import Catalogue, Query, RefusedFile, read_catalogue, read_query
from graphapi.errors import CypherRefused, UsageError
from graphapi.guard.text import check_text
from graphapi.ontology import Ontology
from graphapi.settings import Settings

MOST_FILES = 1000
MOST_PLACES = 20_000
MOST_BYTES = 65_536
MOST_DEEP = 8
MOST_REASON = 400
MOST_NAME = 80
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}")
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
KEPT_WORDS = ("query", "q")


class Unfit(UsageError):
    """A file is not taken up, for what stands at this line of it."""

    def __init__(self, reason: str, line: int = 1) -> None:
        super().__init__(reason)
        self.line = line


def read_all(settings: Settings, ontology: Ontology) -> Catalogue:
    """Return the bundled catalogue with the files below PARLEY_QUERIES, and why some of these were not taken up; needs no database."""
    bundled = read_catalogue()
    return bundled if settings.queries is None else join_own(bundled, settings.queries, settings, ontology)


def join_own(bundled: Catalogue, root: Path, settings: Settings, ontology: Ontology) -> Catalogue:
    """Return a catalogue with the query files below a folder: at most 1000, of at most 64 KiB, in at most eight folders in each other.

    A file that is wrong, links that lead elsewhere, and a name that is taken are refused with the reason, and change nothing else.
    """
    queries = dict(bundled.queries)
    refused: list[RefusedFile] = []
    try:
        for file in _files(root, refused):
            try:
                query = _read(file, settings, ontology)
                _check_free(query, queries, bundled)
                queries[query.name] = query
            except Unfit as unfit:
                refused.append(_refused(root, file, unfit))
    except Unfit as unfit:
        refused.append(_refused(root, root, unfit))
    return Catalogue(queries=queries, own=frozenset(queries.keys() - bundled.queries.keys()), refused=tuple(refused))


def _files(root: Path, refused: list[RefusedFile]) -> Iterator[Path]:
    """Return the query files below a folder in order of their paths; what is none though it is named like one is refused."""
    if not root.is_dir():
        raise Unfit("PARLEY_QUERIES names no folder that can be read here")
    found, seen = 0, 0
    for folder, folders, files in os.walk(root):
        folders.sort()
        seen += len(folders) + len(files)
        if seen > MOST_PLACES or found > MOST_FILES:
            raise Unfit(f"the folder holds too much: of the rest nothing was read; at most {MOST_FILES} query files are")
        here = Path(folder)
        named = [name for name in folders if name.endswith(".cypher")]
        refused.extend(_refused(root, here / name, Unfit("this is a folder, and not a query file")) for name in named)
        if len(here.relative_to(root).parts) >= MOST_DEEP:
            folders.clear()
        for name in sorted(files):
            if name.endswith(".cypher"):
                found += 1
                if found > MOST_FILES:
                    raise Unfit(f"there are more than {MOST_FILES} query files; the rest was not read")
                yield here / name


def _read(file: Path, settings: Settings, ontology: Ontology) -> Query:
    _check_name(file)
    _text(file)
    try:
        query = read_query(file)
    except UsageError as error:
        line, _, reason = error.message.removeprefix(f"{file}:").partition(": ")
        raise Unfit(reason, int(line) if line.isdecimal() else 1) from None
    except RecursionError:
        raise Unfit("the header is nested too deeply") from None
    except (yaml.YAMLError, ValueError, KeyError) as error:
        raise Unfit(f"the header cannot be read: {str(error) or type(error).__name__}") from None
    _check_header(query, ontology)
    try:
        check_text(query.text, MOST_BYTES, settings.cypher_nesting)
    except CypherRefused as refused:
        raise Unfit(str(refused), refused.line or 1) from None
    return query if query.shape else query.model_copy(update={"shape": "table"})


def _check_name(file: Path) -> None:
    if not NAME.fullmatch(file.stem) or len(file.stem) > MOST_NAME:
        raise Unfit("the name of a query file has small letters, digits and single hyphens, such as who-met-whom.cypher")
    if file.is_symlink():
        raise Unfit("this is a link; only files that stand in the folder itself are read")
    if not file.is_file():
        raise Unfit("this is no plain file")


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise Unfit(f"the file cannot be read: {error.strerror}") from None
    if len(content) > MOST_BYTES:
        raise Unfit(f"the file has more than {MOST_BYTES:,} bytes")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise Unfit("the file is not UTF-8", content[: error.start].count(b"\n") + 1) from None


def _check_header(query: Query, ontology: Ontology) -> None:
    """Refuse what bundled files never have, and pages and commands do not expect."""
    if query.has_chains:
        raise Unfit("columns of type step are those of the question path alone")
    for name in (*query.parameters, *query.returns):
        if not WORD.fullmatch(name):
            raise Unfit(f"{name[:MOST_NAME]!r} is no name of a parameter or a column: letters, digits and underscores")
    for name, parameter in query.parameters.items():
        if name in KEPT_WORDS:
            raise Unfit(f"a parameter may not be called {name}")
        if parameter.label not in (None, "Entity", *ontology.labels):
            raise Unfit(f"the parameter {name} names the label {parameter.label!r}, which the ontology does not know")
        if not (_is_plain(parameter.example) and _is_plain(parameter.default)):
            raise Unfit(f"the example and the default of {name} are texts, numbers, dates, true, false, or lists of these")
    for name in query.implied:
        if name not in ("path_types", "closed_labels"):
            raise Unfit(f"the header implies {name}, and only path_types and closed_labels are known")


def _is_plain(value: Any) -> bool:
    if isinstance(value, list):
        return len(value) <= 100 and all(not isinstance(one, list) and _is_plain(one) for one in value)
    if isinstance(value, int | float):
        return math.isfinite(value) and abs(value) < 2**63
    return value is None or isinstance(value, str | date)


def _check_free(query: Query, taken: dict[str, Query], bundled: Catalogue) -> None:
    if query.name in bundled.queries:
        raise Unfit(f"{query.name} is the name of a query of Parley itself; call the file something else")
    if query.name in taken:
        raise Unfit(f"{query.name} stands in two folders; rename one of the files")


def _refused(root: Path, file: Path, unfit: Unfit) -> RefusedFile:
    name = str(file.relative_to(root)) if file != root else str(root)
    return RefusedFile(file=_shown(name)[-200:], line=unfit.line, reason=_shown(unfit.message)[:MOST_REASON])


def _shown(text: str) -> str:
    return UNSEEN.sub("�", text)
