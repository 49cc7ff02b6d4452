"""What differs between two versions of a data set, field by field."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from graphapi.ingest.statement import Account, Scalar, Statement
from graphapi.model import DatasetVersion, Shape
from graphapi.stories import write_stories

HEAD = "dataset.yaml"
BETWEEN = " | "
MADE_OF = ("value", "evidence", "certainty", "basis", "wording", "note")


class Change(Shape):
    """One difference: a field of a node or relationship, by its id, or all of it (field None); texts as a reader compares them."""

    change: Literal["added", "changed", "removed"]
    id: str
    field: str | None = None
    old: str | None = None
    new: str | None = None


def compare(old: Iterable[Statement], new: Iterable[Statement]) -> list[Change]:
    """Return what differs, in order of ids; what was added or removed once, what was changed a row a field."""
    before, after = ({statement.subject: statement for statement in one} for one in (old, new))
    return [change for subject in sorted(before.keys() | after.keys()) for change in _compared(before.get(subject), after.get(subject))]


def compare_heads(old: DatasetVersion, new: DatasetVersion) -> list[Change]:
    """Return what differs between the heads of two versions, under the name of the file that holds them."""
    return list(_fields(HEAD, _flat_head(old), _flat_head(new)))


def count_changes(changes: Iterable[Change]) -> dict[str, int]:
    """Return how many nodes and relationships were added, changed and removed; the head is none."""
    found: dict[str, set[str]] = {"added": set(), "changed": set(), "removed": set()}
    for one in changes:
        if one.id != HEAD:
            found[one.change].add(one.id)
    return {change: len(ids) for change, ids in found.items()}


def told(statement: Statement) -> str:
    """Return a node or relationship that was added or removed as a text: its kind and, if it has one, its name."""
    names = [account.value for account in statement.values.get("name", ())]
    return f"{statement.type}: {_text(names[0])}" if names else statement.type


def notes(statement: Statement) -> dict[str, str]:
    """Return what a data set says of its own statement as texts: its corrections, and what is withheld; only what there is."""
    withheld = (*([statement.withheld] if statement.withheld else []), *statement.lacks)
    found = {
        "corrections": "; ".join(str(correction) for correction in statement.corrections),
        "withheld": "; ".join(one.sentence() for one in withheld),
    }
    return {name: text for name, text in found.items() if text}


def _compared(old: Statement | None, new: Statement | None) -> Iterator[Change]:
    if old and new:
        yield from _fields(new.subject, _flat(old), _flat(new))
    elif new:
        yield Change(change="added", id=new.subject, new=told(new))
    elif old:
        yield Change(change="removed", id=old.subject, old=told(old))


def _fields(subject: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for field in sorted(old.keys() | new.keys()):
        if old.get(field) != new.get(field):
            yield Change(change="changed", id=subject, field=field, old=old.get(field), new=new.get(field))


def _flat(statement: Statement) -> dict[str, str]:
    """Return a statement as texts by field: `date` is a value, `date.evidence` what speaks for it; several accounts are joined."""
    whole = statement.model_dump(exclude_defaults=True, include={"evidence", "raw", "mention"})
    found = {name: _text(value) for name, value in whole.items()} | {"label": statement.type} | notes(statement)
    for name, accounts in statement.values.items():
        for part in MADE_OF:
            texts = [_part(account, part) for account in accounts]
            if any(texts):
                found[name if part == "value" else f"{name}.{part}"] = BETWEEN.join(texts)
    return found


def _flat_head(head: DatasetVersion) -> dict[str, str]:
    """Return a head as texts by field, each story as a field of its own."""
    found = {name: _text(value) for name, value in head.model_dump(exclude={"stories"}).items() if value}
    return found | {f"stories.{story.id}": write_stories([story]) or "" for story in head.stories}


def _part(account: Account, part: str) -> str:
    value = getattr(account, part)
    return "" if value is None else _text(value)


def _text(value: Scalar | Iterable[str]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (str, int, float)) else "; ".join(value)
