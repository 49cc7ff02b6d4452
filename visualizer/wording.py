"""How values read on a page: texts made safe to look at, dates with their precision in words, choices without hyphens."""

import re
import unicodedata
from datetime import date
from functools import lru_cache

from graphapi.model import Value

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
BASES = {
    "stated": "printed in the source",
    "resolved": "worked out from a relative wording",
    "anchored": "worked out from a weekday and the source's own day",
    "bounds": "only bounds are known",
    "computed": "computed by a rule",
}
GRADES = {
    "A": "official",
    "A-": "official text, copied or translated",
    "B": "wire, press or law firm",
    "C": "other",
    "X": "contains a plain error",
}
# Zero-width joiners stay where a script needs them (Arabic, Indic, emoji); everywhere else they hide.
JOINERS = "\u200c\u200d"
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_DAY = re.compile(r"(-?\d{4})(?:-(\d{2}))?(?:-(\d{2}))?([?~%])?")


def visible(text: str) -> str:
    """Return the text with characters that hide or reorder others shown by number, as `⟦U+202E⟧`."""
    return text if text.isprintable() else _INVISIBLE.sub(lambda match: _shown(text, match), text)


def _shown(text: str, match: re.Match[str]) -> str:
    character = match.group()
    before = text[match.start() - 1] if match.start() else ""
    if character in JOINERS and before and not unicodedata.name(before, "LATIN").startswith(("LATIN", "DIGIT", "SPACE")):
        return character
    return f"⟦U+{ord(character):04X}⟧"


@lru_cache(maxsize=1024)
def choice(text: str) -> str:
    """Return a choice of the ontology as words: `export-control-regime` reads `export control regime`."""
    return text.replace("-", " ").replace("_", " ")


def value_in_words(value: Value) -> str:
    """Return a property's value as a reader sees it; booleans are yes and no, lists are joined by commas."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(visible(str(item)) for item in value)
    if isinstance(value, date):
        return date_in_words(value.isoformat())
    return visible(str(value))


@lru_cache(maxsize=4096)
def date_in_words(text: str) -> str:
    """Return an EDTF date with its precision in words; what is no such date comes back as it is.

    `2025-05` reads "May 2025 (month)", `[2025-06-05..2025-06-08]` "between 5 and 8 June 2025".
    """
    plain = text.strip()
    if plain.startswith("[") and plain.endswith("]") and ".." in plain:
        first, _, last = plain[1:-1].partition("..")
        return _between(first.strip(), last.strip())
    if "/" in plain:
        first, _, last = plain.partition("/")
        return _interval(first.strip(), last.strip())
    return _one(plain, mark=True)


def short_date(text: str) -> str:
    """Return an EDTF date for a label in the picture: `5 Jun 2025`, `May 2025`, `5–8 Jun 2025`, `until 8 Jun 2025`.

    A dash says that it lasted from the one to the other, an ellipsis that it was some time between the two.
    """
    found = [match.groups() for match in _DAY.finditer(text)]
    if not found:
        return ""
    first, last = _brief(*found[0][:3]), _brief(*found[-1][:3])
    if len(found) == 1:
        return f"until {first}" if text.startswith("[..") else f"from {first}" if text.endswith(("..]", "/..")) else first
    shared = next((part for part in (" ".join(last.split(" ")[1:]), last.split(" ")[-1]) if part and first.endswith(f" {part}")), "")
    if text.startswith("["):
        return f"{first.removesuffix(f' {shared}')} … {last}"
    return f"{first.removesuffix(f' {shared}')}–{last}" if shared else f"{first} – {last}"


def _brief(year: str, month: str | None, day: str | None) -> str:
    parts = ([str(int(day))] if day else []) + ([MONTHS[int(month) - 1][:3]] if month and 1 <= int(month) <= 12 else [])
    return " ".join([*parts, year])


def _between(first: str, last: str) -> str:
    if not first:
        return f"not after {_one(last)}"
    if not last:
        return f"not before {_one(first)}"
    return f"between {_pair(first, last, 'and')}"


def _interval(first: str, last: str) -> str:
    if first in ("", ".."):
        return f"until {_one(last)}"
    if last in ("", ".."):
        return f"from {_one(first)}"
    return _pair(first, last, "to")


def _pair(first: str, last: str, word: str) -> str:
    """Two dates with what they share said once: `5 and 8 June 2025`."""
    start, end = _one(first), _one(last)
    if len(first) == len(last) == 10 and first[:7] == last[:7]:
        start = start.split(" ", 1)[0]
    elif len(first) == len(last) >= 7 and first[:4] == last[:4]:
        start = start.rsplit(" ", 1)[0]
    return f"{start} {word} {end}"


def _one(text: str, *, mark: bool = False) -> str:
    match = _DAY.fullmatch(text)
    if not match:
        return visible(text)
    year, month, day, doubt = match.groups()
    if month and not 1 <= int(month) <= 12:
        return visible(text)
    words = " ".join(part for part in (str(int(day)) if day else "", MONTHS[int(month) - 1] if month else "", year) if part)
    about = "about " if doubt in ("~", "%") else ""
    precision = "" if day or not mark else " (month)" if month else " (year)"
    return f"{about}{words}{precision}{', uncertain' if doubt in ('?', '%') else ''}"
