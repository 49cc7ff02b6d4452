"""What the page carries inline: style sheet, scripts, vis-network; and the hashes by which its policy knows them."""

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from graphapi.errors import UsageError

STATIC = Path(__file__).with_name("static")
VENDORED = STATIC / "vis-network"
SOURCE_MAP = "//# sourceMappingURL=vis-network.min.js.map"
# What the first picture needs stands before vis-network and is kept small; the others start once that picture is seen.
FIRST = (
    *("namespace", "data", "dom", "glyphs", "state", "days", "crowd", "places", "groups"),
    *("standing", "painting", "framing", "strokes", "labels", "first"),
)
SCRIPTS = (
    *("notes", "history", "fragment", "carrying", "picture"),
    *("actions", "learn", "expand", "chains"),
    *("theme", "printing", "legend", "waiting", "search", "evidence", "card", "ticks", "time", "table", "minimap"),
    *("menus", "about", "captions", "vectors", "drawing", "graphml", "export", "share"),
    *("story", "storybar", "paths", "picking", "help", "keys", "menu", "start"),
)
# vis-network starts with a function that adds a style sheet, called with each of its sheets: 220 kB for buttons and menus that
# the explorer does not have, and that its Content-Security-Policy would refuse.
ADDS_STYLE = re.compile(r"function (\w+)\(\w+,\w+\)\{void 0===\w+&&\(\w+=\{\}\);var \w+=\w+\.insertAt")


@lru_cache
def vis_network() -> str:
    """Return vis-network as the page carries it: without the style sheets that it would add, and without its source map."""
    text = (VENDORED / "vis-network.min.js").read_text(encoding="utf-8").replace(SOURCE_MAP, "")
    return inline(without_styles(text).strip())


def without_styles(text: str) -> str:
    """Leave out vis-network's calls that add style sheets; raises UsageError when it has none in the known form."""
    found = ADDS_STYLE.search(text)
    if found is None:
        raise UsageError("The vendored vis-network adds its style sheets in an unknown way.", hint="Look at the start of its script.")
    call = re.compile(rf"""(?<=[;}}]){re.escape(found.group(1))}\((["'])(?:(?!\1).)*\1\);""")
    return call.sub("", text)


@lru_cache
def scripts() -> tuple[str, ...]:
    """Return the page's scripts in its order: the one of the first picture, then vis-network and our others, which that one starts."""
    return (_joined(FIRST), vis_network(), _joined(SCRIPTS))


def _joined(names: Iterable[str]) -> str:
    """Some of our scripts as one, in the order in which they build on each other."""
    return inline("\n".join((STATIC / "explorer" / f"{name}.js").read_text(encoding="utf-8") for name in names))


@lru_cache
def sheet() -> str:
    """Return the part of the style sheet that does not hang on the ontology: `explorer.css`, then the parts beside the scripts by name."""
    parts = (STATIC / "explorer.css", *sorted((STATIC / "explorer").glob("*.css")))
    return inline("".join(part.read_text(encoding="utf-8") for part in parts))


def inline(text: str) -> str:
    """Return a text that may stand in a script or style element; raises UsageError if something in it would end the element."""
    if any(mark in text.lower() for mark in ("</script", "</style", "<!--", "<script")):
        raise UsageError("An asset of the page holds a tag that would end its element.", hint=text[:60])
    return text.replace("\r\n", "\n")


def csp_hash(text: str) -> str:
    """Return `sha256-…` of a text as a Content-Security-Policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
