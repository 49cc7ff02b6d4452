"""Answers with two sides to them, laid out so that what each says stands beside what the other does."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graphapi.questions import Answer

Row = Mapping[str, Any]
NOTHING = "Nothing in our sources"


@dataclass(frozen=True)
class Said:
    """What a side says: words, the entity that they are of, a mark (yes, no, open or none), when, and its places."""

    text: str = ""
    entity: Mapping[str, str] | None = None
    tone: str = ""
    when: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """What it is about, and what stands in each column."""

    subject: Mapping[str, str] | None
    cells: tuple[tuple[Said, ...], ...]
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """A heading for the subjects and for each column, and the lines."""

    subject: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]


def comparison_of(answer: Answer, named: Mapping[str, str]) -> Comparison | None:
    """Return an answer laid out by sides; None for a question that has none, or an answer without a row.

    `named` are the names of the entities that the parameters name, by id.
    """
    lay_out = LAID_OUT.get(answer.query)
    return lay_out(answer, named) if lay_out and answer.rows else None


def _attendance(answer: Answer, named: Mapping[str, str]) -> Comparison:
    first, second = (str(answer.parameters[name]) for name in ("first", "second"))
    lines = (
        Line(row["person"], tuple(_presence(row[name]) for name in ("in_first", "in_second")), tuple(row["evidence"]))
        for row in answer.rows
    )
    return Comparison("Person", (named.get(first, first), named.get(second, second)), tuple(lines))


def _presence(status: str) -> tuple[Said, ...]:
    tones = {"attended": "yes", "absent": "no", "not_in_sources": "none"}
    return (Said(text=status.replace("_", " "), tone=tones.get(status, "open")),)


def _readouts(answer: Answer, _: Mapping[str, str]) -> Comparison:
    sides = _sides(side for row in answer.rows for column in ("sides_naming", "sides_silent") for side in row[column] or ())
    lines = (
        Line(row["issue"], tuple(_account(row, side) for side in sides), tuple(row["evidence"]))
        for row in sorted(answer.rows, key=lambda row: (row["kind"] == "overlap", row["issue"]["name"]))
    )
    return Comparison("Issue", tuple(answer.names.get(side, side) for side in sides), tuple(lines))


def _account(row: Row, side: str) -> tuple[Said, ...]:
    if side in (row["sides_naming"] or ()):
        return (Said(text="names it", tone="yes"),)
    return (Said(text="silent", tone="no"),) if side in (row["sides_silent"] or ()) else (Said(text="no account", tone="none"),)


def _promises(answer: Answer, _: Mapping[str, str]) -> Comparison:
    lines = (
        Line(row["commitment"], ((_claim(answer, row),), (_reply(row),)), tuple(row["source"]))
        for row in sorted(answer.rows, key=lambda row: str(row["commitment"]["name"]))
    )
    return Comparison("Commitment", ("Claim", "Reply"), tuple(lines))


def _claim(answer: Answer, row: Row) -> Said:
    accuser = answer.names.get(row["accuser"], row["accuser"])
    return Said(text=f"{accuser}: {row['verdict']}", entity=row["claim"], tone="no", when=row["claimed"] or "")


def _reply(row: Row) -> Said:
    if row["reply"] is None:
        return Said(text=NOTHING, tone="none")
    return Said(text="kept", entity=row["reply"], tone="yes", when=row["replied"] or "")


def _commitments(answer: Answer, _: Mapping[str, str]) -> Comparison | None:
    sides = _sides(text.partition(":")[0] for row in answer.rows for text in row["according"] or ())
    if not sides:
        return None
    lines = (Line(row["commitment"], tuple(_according(answer, row, side) for side in sides), tuple(row["sources"])) for row in answer.rows)
    return Comparison("Commitment", tuple(f"According to {answer.names.get(side, side)}" for side in sides), tuple(lines))


def _according(answer: Answer, row: Row, side: str) -> tuple[Said, ...]:
    verdicts = [text.partition(":")[2].strip() for text in row["according"] or () if text.partition(":")[0] == side]
    return tuple(Said(text=_by_name(answer, text), tone=_tone(text)) for text in verdicts) or (Said(text=NOTHING, tone="none"),)


def _by_name(answer: Answer, verdict: str) -> str:
    word, by, whom = verdict.partition(" by ")
    return f"{word}{by}{answer.names.get(whom, whom)}"


def _tone(verdict: str) -> str:
    word = verdict.partition(" ")[0]
    return {"kept": "yes", "broken": "no"}.get(word, "open")


def _sides(found: Iterable[str]) -> list[str]:
    return sorted(set(found))


LAID_OUT: Mapping[str, Callable[[Answer, Mapping[str, str]], Comparison | None]] = {
    "attendance-difference": _attendance,
    "readout-difference": _readouts,
    "broken-promises": _promises,
    "commitments": _commitments,
}
