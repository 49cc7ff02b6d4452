"""Texts of a data file into typed values, as the ontology wants them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from graphapi.dates import read_date
from graphapi.errors import InputRefused
from graphapi.ingest.document import Faults, Mapping, Scalar, Sequence, Tree
from graphapi.ingest.statement import Account
from graphapi.ingest.statement import Scalar as Value
from graphapi.ontology import Property

SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
EVIDENCE = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*(:[A-Za-z0-9][A-Za-z0-9.-]{0,39})?$")
LISTS = ("texts", "evidence", "references")
MAX_TEXT = 4000
MAX_ID = 120
MAX_ITEMS = 1000
ASIDES = ("certainty", "basis", "wording", "note")
ACCOUNT_KEYS = ("value", "evidence", *ASIDES)


@dataclass(frozen=True)
class Place:
    """Where faults are put: the file, the record, and the list that gathers them."""

    file: str
    subject: str
    faults: Faults

    def fault(self, line: int, message: str, hint: str = "") -> None:
        """Note a fault of this record."""
        self.faults.add(self.file, line, self.subject, message, hint)


def read_accounts(name: str, wanted: Property, tree: Tree, place: Place) -> tuple[Account, ...]:
    """Read one property: a plain value, a mapping with `value`, or a list of such mappings; empty when it was refused."""
    if isinstance(tree, Sequence) and tree.items and all(isinstance(item, Mapping) for item in tree.items):
        found = [_account(name, wanted, item, place) for item in tree.items if isinstance(item, Mapping)]
    elif isinstance(tree, Mapping):
        found = [_account(name, wanted, tree, place)]
    else:
        value = read_value(name, wanted, tree, place)
        found = [None if value is None else Account(value=value)]
    return tuple(account for account in found if account is not None)


def read_value(name: str, wanted: Property, tree: Tree, place: Place) -> Value | None:
    """Read one value of the wanted type; None when it was refused, with the fault noted."""
    if wanted.type in LISTS:
        items = read_texts(name, tree, place)
        if wanted.type == "evidence":
            items = tuple(item for item in items if _is_evidence(item, tree.line, place))
        if wanted.type == "references":
            items = tuple(dict.fromkeys(item for item in items if _is_id(name, item, tree.line, place)))
        return items or None
    if not isinstance(tree, Scalar) or tree.is_null:
        place.fault(tree.line, f"{name} has no value.", f"Expected: {wanted.description}. Leave the key out if it is not known.")
        return None
    try:
        return READERS[wanted.type](tree.text.strip(), wanted)
    except InputRefused as refused:
        place.fault(tree.line, f"{name}: {refused.message}", refused.hint)
        return None


def read_texts(name: str, tree: Tree, place: Place) -> tuple[str, ...]:
    """Read a list of texts; one bare text counts as a list of one."""
    items = tree.items if isinstance(tree, Sequence) else (tree,)
    if len(items) > MAX_ITEMS:
        place.fault(tree.line, f"{name} has {len(items):,} items; at most {MAX_ITEMS:,} are read.")
        return ()
    found = []
    for item in items:
        if not isinstance(item, Scalar) or item.is_null or not item.text.strip():
            place.fault(item.line, f"{name} must be a list of texts.", "Write [one, two].")
        elif len(item.text) > MAX_TEXT:
            place.fault(item.line, f"{name} has a text of {len(item.text):,} characters; at most {MAX_TEXT:,} are read.")
        else:
            found.append(item.text.strip())
    return tuple(found)


def _account(name: str, wanted: Property, tree: Mapping, place: Place) -> Account | None:
    unknown = [key for key in tree.entries if key not in ACCOUNT_KEYS]
    for key in unknown:
        place.fault(tree.lines[key], f"{name} has the unknown key {key!r}.", f"Known: {', '.join(ACCOUNT_KEYS)}.")
    if "value" not in tree.entries:
        place.fault(tree.line, f"{name} has no value.", "Write {value: …, evidence: […]}.")
        return None
    value = read_value(name, wanted, tree.entries["value"], place)
    if value is None:
        return None
    texts = {key: _text_of(key, tree.entries[key], place) for key in ASIDES if key in tree.entries}
    evidence = read_texts("evidence", tree.entries["evidence"], place) if "evidence" in tree.entries else ()
    evidence = tuple(item for item in evidence if _is_evidence(item, tree.line, place))
    return Account(value=value, evidence=evidence, **texts)


def _text_of(name: str, tree: Tree, place: Place) -> str | None:
    texts = read_texts(name, tree, place)
    return texts[0] if texts else None


def _is_evidence(item: str, line: int, place: Place) -> bool:
    if EVIDENCE.match(item):
        return True
    place.fault(line, f"{item[:80]!r} is no evidence.", "Write source:locator, such as reuters-london-preview:p12.")
    return False


def _is_id(name: str, item: str, line: int, place: Place) -> bool:
    if SLUG.match(item) and len(item) <= MAX_ID:
        return True
    place.fault(line, f"{name}: {item[:80]!r} is no id.", f"Ids have small letters, digits and single hyphens, at most {MAX_ID}.")
    return False


def _text(text: str, _: Property) -> Value:
    if not text:
        raise InputRefused("it is empty.", hint="Leave the key out.")
    if len(text) > MAX_TEXT:
        raise InputRefused(f"it has {len(text):,} characters; at most {MAX_TEXT:,} are read.")
    return text


def _slug(text: str, _: Property) -> Value:
    if not SLUG.match(text) or len(text) > MAX_ID:
        raise InputRefused(f"{text[:80]!r} is no id.", hint=f"Ids have small letters, digits and single hyphens, at most {MAX_ID}.")
    return text


def _integer(text: str, _: Property) -> Value:
    if not re.match(r"^-?[0-9]{1,15}$", text):
        raise InputRefused(f"{text[:40]!r} is no whole number.")
    return int(text)


def _number(text: str, _: Property) -> Value:
    if not re.match(r"^-?[0-9]{1,15}(\.[0-9]{1,9})?$", text):
        raise InputRefused(f"{text[:40]!r} is no number.", hint="Write 12 or 12.5.")
    return float(text)


def _boolean(text: str, _: Property) -> Value:
    if text not in ("true", "false"):
        raise InputRefused(f"{text[:40]!r} is neither true nor false.")
    return text == "true"


def _date(text: str, _: Property) -> Value:
    return read_date(text).text


def _choice(text: str, wanted: Property) -> Value:
    if text not in wanted.choices:
        raise InputRefused(f"{text[:60]!r} is not among its choices.", hint=f"Choose from: {', '.join(wanted.choices)}.")
    return text


def _url(text: str, _: Property) -> Value:
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r'[\s<>"\\]', text)
    except ValueError:
        good = False
    if not good or len(text) > MAX_TEXT:
        raise InputRefused(f"{text[:80]!r} is no http or https address.")
    return text


READERS: dict[str, Callable[[str, Property], Value]] = {
    "text": _text,
    "id": _slug,
    "reference": _slug,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "day": _date,
    "choice": _choice,
    "url": _url,
}
