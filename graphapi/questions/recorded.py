"""Rows of the questions on records: a record's JSON told fact by fact."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from graphapi.errors import InputRefused, NotFound
from graphapi.ingest.changes import compare, notes
from graphapi.ingest.statement import Account, Statement, read_body
from graphapi.ontology import Ontology
from graphapi.questions.answer import Row
from graphapi.questions.values import Values
from graphapi.reading.closeness import rank
from graphapi.reading.recorded import check_past
from graphapi.store import Store

KNOWN_AT, DATASET_CHANGES = "known-at", "dataset-changes"
Current = dict[tuple[str, str], Statement]


def tell_records(store: Store, ontology: Ontology, query: str, values: Values, rows: list[Row]) -> list[Row]:
    """Return the rows of a question on records as its header promises them, and those of any other question as they are.

    Raises InputRefused for a day that is none or lies ahead, and for a version that was never loaded; NotFound for an unknown data set.
    """
    if query == KNOWN_AT:
        return list(_facts(store, ontology, values, rows))
    if query == DATASET_CHANGES:
        values.shown |= resolve_versions(store, values.shown)
        return [found for row in rows for found in _changes(row)]
    return rows


def day_of(values: Values) -> date:
    """Return the day that known_at names, else today (UTC); raises InputRefused for a month, a year or a day ahead."""
    today, bound = datetime.now(UTC).date(), values.bound["known_at"]
    if bound is None:
        return today
    if bound["earliest"] != bound["latest"]:
        shown = values.shown["known_at"]
        raise InputRefused(f"known_at is {shown!r}.", hint="Expected: a day, such as 2026-06-09.", parameter="known_at")
    day: date = bound["latest"]
    check_past(day, today)
    return day


def read_versions(store: Store, dataset: str) -> list[str]:
    """Return the versions of a data set that were loaded, the last one last."""
    return [str(row["version"]) for row in store.rows("read/records/dataset-versions", dataset=dataset)]


def resolve_versions(store: Store, given: dict[str, Any]) -> dict[str, str | None]:
    """Return the versions that are compared, by `from` and `to`; `from` is None for the first.

    Raises NotFound for a data set that was never loaded, InputRefused for a version that was not, or that is not the earlier one.
    """
    known = read_versions(store, given["dataset"])
    if not known:
        held = [row["dataset"]["id"] for row in store.rows("read/graph/datasets")]
        raise NotFound("data set in the graph", given["dataset"][:120], rank(given["dataset"], held) or held)
    for name in ("from", "to"):
        if given[name] is not None and given[name] not in known:
            raise InputRefused(
                f"{name} is {given[name]!r}, and that version was not loaded here.", hint=f"Loaded: {', '.join(known)}.", parameter=name
            )
    later = known.index(given["to"]) if given["to"] else len(known) - 1
    if given["from"] is not None and known.index(given["from"]) >= later:
        order = f"In order: {', '.join(known)}."
        raise InputRefused(f"from is {given['from']!r}, which was not loaded before {known[later]!r}.", hint=order, parameter="from")
    earlier = given["from"] or (known[later - 1] if later else None)
    return {"from": earlier, "to": known[later]}


def _changes(row: Row) -> Iterator[Row]:
    old, new = ([read_body(row[side])] if row[side] else [] for side in ("old", "new"))
    places = _places((new or old)[0])
    for change in compare(old, new):
        yield change.model_dump() | {"source": places}


def _places(statement: Statement) -> list[str]:
    """Return the places that a statement rests on; a source, and a place in one, rest on themselves."""
    if statement.type in ("Source", "Evidence"):
        return [statement.subject]
    return [statement.start] if statement.type == "FROM" and statement.start else list(statement.evidence)


def _facts(store: Store, ontology: Ontology, values: Values, rows: list[Row]) -> Iterator[Row]:
    day = day_of(values)
    values.shown["known_at"] = day.isoformat()
    then = [(row, read_body(row["value"])) for row in rows]
    others = {_other(statement, values.shown["entity"]) for _, statement in then if statement.kind == "relationship"}
    names = _names(store, sorted(others), day)
    current = _current(store, [statement.subject for _, statement in then])
    for row, statement in then:
        phrase = _phrase(statement, values.shown["entity"], names, ontology)
        yield from _told(row, statement, current.get((row["dataset"], statement.subject)), phrase)


def _told(row: Row, then: Statement, now: Statement | None, phrase: tuple[str, str]) -> Iterator[Row]:
    """One row that it is there at all, one for what was corrected or withheld, then one for every value of every property."""
    fact, value = phrase
    there = Account(value=value)
    yield _row(row, fact, there, (now is None or now.type != then.type, then.evidence))
    later = notes(now) if now else {}
    for name, text in notes(then).items():
        told = name if then.kind == "node" else f"{fact} {value}: {name}"
        yield _row(row, told, Account(value=text), (later.get(name) != text, then.evidence))
    for name, accounts in then.values.items():
        kept = {account.value for account in now.values.get(name, ())} if now else set()
        for account in accounts:
            told = name if then.kind == "node" else f"{fact} {value}: {name}"
            yield _row(row, told, account, (account.value not in kept, account.evidence or then.evidence))


def _row(record: Row, fact: str, account: Account, more: tuple[bool, tuple[str, ...]]) -> Row:
    """Return a row of known-at; `more` says whether it changed later, and gives its places."""
    changed, places = more
    return {
        "fact": fact,
        "value": _text(account),
        "recorded_at": record["recorded_at"],
        "changed_later": changed,
        "dataset": record["dataset"],
        "source": list(places),
    }


def _phrase(statement: Statement, entity: str, names: dict[str, str], ontology: Ontology) -> tuple[str, str]:
    """Return the fact that something is there: the label of the entity, or a relationship in words with its other end."""
    if statement.kind == "node":
        return "label", statement.type
    other, kind = _other(statement, entity), ontology.relationships.get(statement.type)
    words = statement.type if kind is None else kind.forward if statement.start == entity else kind.backward
    return words, f"{names[other]} ({other})" if other in names else other


def _names(store: Store, subjects: list[str], day: date) -> dict[str, str]:
    rows = store.rows("read/records/recorded", subjects=subjects, known_at={"earliest": day, "latest": day})
    stated = ((row["subject"], read_body(row["body"]).values.get("name", ())) for row in rows)
    return {subject: str(accounts[0].value) for subject, accounts in stated if accounts}


def _current(store: Store, subjects: list[str]) -> Current:
    rows = store.rows("read/records/recorded", subjects=subjects, known_at=None)
    return {(row["dataset"], row["subject"]): read_body(row["body"]) for row in rows}


def _other(statement: Statement, entity: str) -> str:
    return (statement.end if statement.start == entity else statement.start) or ""


def _text(account: Account) -> str:
    if isinstance(account.value, bool):
        return "yes" if account.value else "no"
    return "; ".join(account.value) if isinstance(account.value, tuple) else str(account.value)
