"""A reader's own copies of documents against what a data set says of them: locators, quotes, hashes. Nothing leaves the machine."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import orjson

from graphapi.errors import InputRefused, UsageError
from graphapi.ingest.dataset import Dataset
from graphapi.model import Node, Shape, texts

MAX_BYTES = 16 * 1024 * 1024
MAX_SHOWN = 160
PARAGRAPH = re.compile(r"p(0|[1-9][0-9]{0,5})")
BLANK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
# Quotes, then dashes, that a typesetter may have put in place of another.
FOLDED = str.maketrans(
    dict.fromkeys("‘’‚‛′ʼ`´", "'")
    | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‐‑‒–—―−⁃", "-")
    | dict.fromkeys("\u00ad\u200b\u2060\ufeff")
)

Check = Literal["file", "locator", "hash", "quote"]
Result = Literal["ok", "hash differs", "quote missing", "locator missing", "not checked", "other bytes"]
WRONG: frozenset[Result] = frozenset({"hash differs", "quote missing", "locator missing"})


class Copy(NamedTuple):
    """A reader's copy of a document: its bytes, and its paragraphs, counted from 0."""

    content: bytes
    paragraphs: tuple[str, ...]


class Finding(Shape):
    """One thing that was looked at: `place` is source:locator, or the source; `subject` the entity that quotes, where there is one."""

    place: str
    subject: str
    check: Check
    result: Result
    detail: str = ""


class Report(Shape):
    """Everything that was looked at, and the sources of the data set of which no copy was given."""

    dataset: str
    version: str
    findings: tuple[Finding, ...]
    not_given: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How often there was each result."""
        return dict(sorted(Counter(finding.result for finding in self.findings).items()))

    @property
    def is_right(self) -> bool:
        """Whether nothing differs; other bytes of the whole file do not count, since a copy is seldom made byte by byte."""
        return not any(finding.result in WRONG for finding in self.findings)


class Quote(NamedTuple):
    """A quote with the places that are said to hold it."""

    subject: str
    text: str
    places: tuple[str, ...]


def verify(dataset: Dataset, copies: Mapping[str, Path]) -> Report:
    """Check what a data set says of the sources of which there are copies, by id of the source.

    Raises UsageError for a source that the data set does not have, InputRefused for a copy that cannot be read.
    """
    nodes = dataset.graph.nodes
    sources = {node.id: node for node in nodes if node.label == "Source"}
    for identifier in copies:
        if identifier not in sources:
            raise UsageError(f"{dataset.id} has no source {identifier!r}.", hint=f"It has: {', '.join(sorted(sources))}.")
    read = {identifier: read_copy(path) for identifier, path in copies.items()}
    findings = [finding for identifier, copy in read.items() for finding in _check_file(sources[identifier], copy)]
    for node in nodes:
        if node.label == "Evidence" and _source(node.id) in read:
            findings += _check_place(node, read[_source(node.id)])
    for quote in _quotes(nodes):
        if any(_source(place) in read for place in quote.places):
            findings.append(_check_quote(quote, read))
    not_given = tuple(sorted(sources.keys() - read.keys()))
    return Report(dataset=dataset.id, version=dataset.version, findings=tuple(findings), not_given=not_given)


def read_copy(path: Path) -> Copy:
    """Read a copy; raises InputRefused when it cannot be read, is larger than 16 MiB or is no UTF-8."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputRefused(f"{path} cannot be read: {error.strerror}.", hint="Name a text file.") from None
    if len(content) > MAX_BYTES:
        raise InputRefused(f"{path} has more than {MAX_BYTES:,} bytes.", hint="Name the text of the document alone.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputRefused(
            f"{path}:{line}: it is not UTF-8: byte {content[error.start]:#04x}.", hint="Save it as plain UTF-8 text."
        ) from None
    return Copy(content, split_paragraphs(text))


def split_paragraphs(text: str) -> tuple[str, ...]:
    """Return the blocks between blank lines; ends of lines may be those of any system, and lines may end in spaces."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return tuple(block.strip() for block in BLANK.split(lines) if block.strip())


def paragraph_hash(paragraph: str) -> str:
    """Return the SHA-256 of a paragraph as docs/data-format.md has it: NFC, white space folded to single spaces, trimmed, UTF-8."""
    return hashlib.sha256(" ".join(unicodedata.normalize("NFC", paragraph).split()).encode()).hexdigest()


def comparable(text: str) -> str:
    """Return a text as quotes are looked for: NFKC, plain quotes and dashes, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text.translate(FOLDED)).translate(FOLDED).split())


def _check_file(source: Node, copy: Copy) -> Iterator[Finding]:
    wanted = source.properties.get("sha256")
    if wanted is None:
        return
    if wanted == hashlib.sha256(copy.content).hexdigest():
        yield Finding(place=source.id, subject="", check="file", result="ok")
        return
    said = source.properties.get("bytes")
    sizes = f"It has {len(copy.content):,} bytes" + (
        f", the one that the data set was made from {said:,}." if isinstance(said, int) else "."
    )
    yield Finding(place=source.id, subject="", check="file", result="other bytes", detail=sizes)


def _check_place(place: Node, copy: Copy) -> Iterator[Finding]:
    number = _number(place.id)
    if number is None:
        yield Finding(place=place.id, subject="", check="locator", result="not checked", detail="It is no number of a paragraph.")
        return
    if number >= len(copy.paragraphs):
        detail = f"The copy has {len(copy.paragraphs)} paragraphs, counted from p0."
        yield Finding(place=place.id, subject="", check="locator", result="locator missing", detail=detail)
        return
    yield Finding(place=place.id, subject="", check="locator", result="ok")
    wanted = place.properties.get("sha256")
    if wanted is None:
        yield Finding(place=place.id, subject="", check="hash", result="not checked", detail="The data set has no hash of it.")
    elif wanted == paragraph_hash(copy.paragraphs[number]):
        yield Finding(place=place.id, subject="", check="hash", result="ok")
    else:
        elsewhere = next((at for at, paragraph in enumerate(copy.paragraphs) if paragraph_hash(paragraph) == wanted), None)
        detail = f"That paragraph is p{elsewhere} of the copy." if elsewhere is not None else "The copy has it nowhere."
        yield Finding(place=place.id, subject="", check="hash", result="hash differs", detail=detail)


def _quotes(nodes: Sequence[Node]) -> Iterator[Quote]:
    for node in nodes:
        accounts = [orjson.loads(text) for text in texts(node.properties, "values")]
        own = [account for account in accounts if account["property"] == "quote"]
        for account in own:
            yield Quote(node.id, str(account["value"]), tuple(account.get("evidence") or node.evidence))
        if not own and "quote" in node.properties:
            yield Quote(node.id, str(node.properties["quote"]), node.evidence)


def _check_quote(quote: Quote, copies: Mapping[str, Copy]) -> Finding:
    """A quote is right when any of its places holds it; it may stand in a source that was not given."""
    wanted = comparable(quote.text)
    given = [place for place in quote.places if _source(place) in copies]
    for place in given:
        if wanted in comparable(_text(place, copies)):
            return Finding(place=place, subject=quote.subject, check="quote", result="ok")
    if len(given) < len(quote.places):
        detail = "It may stand in a source of which no copy was given."
        return Finding(place=given[0], subject=quote.subject, check="quote", result="not checked", detail=detail)
    detail = _nearest(wanted, given[0], copies)
    return Finding(place=given[0], subject=quote.subject, check="quote", result="quote missing", detail=detail)


def _nearest(wanted: str, place: str, copies: Mapping[str, Copy]) -> str:
    from rapidfuzz import fuzz  # noqa: PLC0415 - only a quote that is missing needs it

    paragraphs = copies[_source(place)].paragraphs
    elsewhere = next((at for at, paragraph in enumerate(paragraphs) if wanted in comparable(paragraph)), None)
    if elsewhere is not None:
        return f"It stands in p{elsewhere}."
    text = comparable(_text(place, copies))
    found = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=60)
    if found is None:
        return "Nothing there is like it."
    return f"Closest: “{text[found.dest_start : found.dest_end][:MAX_SHOWN]}”."


def _text(place: str, copies: Mapping[str, Copy]) -> str:
    paragraphs, number = copies[_source(place)].paragraphs, _number(place)
    if number is None:
        return "\n".join(paragraphs)
    return paragraphs[number] if number < len(paragraphs) else ""


def _source(place: str) -> str:
    return place.partition(":")[0]


def _number(place: str) -> int | None:
    found = PARAGRAPH.fullmatch(place.partition(":")[2])
    return int(found[1]) if found else None
