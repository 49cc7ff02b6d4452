"""What a node takes up in the picture: its glyph and, below it, its label wrapped into lines."""

from dataclasses import dataclass
from functools import lru_cache

from graphapi.model import Node
from visualizer.style import RADIUS, radius
from visualizer.wording import short_date, visible

FONT = 12.5
LINE = 15.0
DATE, BOLD = 0.92, 1.1
LABEL_WIDTH = 102.0
LABEL_LINES = 3
LABEL_GAP = 5.0
GAP = 12.0
# Widths of characters in ems, measured on Inter and Arial, plus a tenth for wider system fonts.
NARROW_CHARACTERS = "iljtfrI.,:;'|!()[] -’“”"
WIDE_CHARACTERS = "mwMWQOG@%—"
KEPT = 4096


@dataclass(frozen=True)
class Box:
    """A node's glyph of `radius` with the label's lines under it; sizes in units of the picture (pixels at scale 1)."""

    radius: float
    lines: tuple[str, ...]
    dated: bool = False
    bold: bool = False

    @property
    def width(self) -> float:
        """Width of glyph or label, whichever is wider."""
        names = self.lines[:-1] if self.dated else self.lines
        dates = self.lines[-1:] if self.dated else ()
        weight = BOLD if self.bold else 1.0
        return max(2 * self.radius, *(weight * text_width(line) for line in names), *(DATE * text_width(line) for line in dates))

    @property
    def height(self) -> float:
        """Height from the glyph's top to the label's foot."""
        return 2 * self.radius + LABEL_GAP + LINE * len(self.lines)


def box_of(node: Node) -> Box:
    """Return the box of a node; an event's last line is its date."""
    lines = wrap(visible(node.name))
    when = short_date(str(node.properties["date"])) if "Event" in node.labels and "date" in node.properties else ""
    return Box(radius(node), (*lines, when) if when else lines, bool(when), radius(node) > RADIUS)


def wrap(text: str) -> tuple[str, ...]:
    """Wrap a name into at most three lines of the label's width; what is longer ends in an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        for piece in _pieces(word):
            if lines and text_width(f"{lines[-1]} {piece}") <= LABEL_WIDTH:
                lines[-1] = f"{lines[-1]} {piece}"
            else:
                lines.append(piece)
    if len(lines) > LABEL_LINES:
        last = lines[LABEL_LINES - 1]
        while last and text_width(f"{last}…") > LABEL_WIDTH:
            last = last[:-1]
        lines = [*lines[: LABEL_LINES - 1], f"{last.rstrip()}…"]
    return tuple(lines)


def _pieces(word: str) -> list[str]:
    """Cut a word that is wider than a label, at a hyphen where it has one."""
    pieces: list[str] = []
    while text_width(word) > LABEL_WIDTH and len(pieces) < LABEL_LINES:
        size = len(word)
        while size > 1 and text_width(word[:size]) > LABEL_WIDTH:
            size -= max(1, size // 16)
        hyphen = word.rfind("-", 1, size) + 1
        pieces.append(word[: hyphen or size])
        word = word[hyphen or size :]
    return [*pieces, word] if word else pieces


@lru_cache(maxsize=4096)
def text_width(text: str) -> float:
    """Estimate the width of a text in the label's font."""
    return FONT * 1.08 * sum(map(EMS.__getitem__, text[:200]))


class _Ems(dict[str, float]):
    """Widths of characters in ems, kept for the first few thousand: the names of a large graph have hundreds of thousands."""

    def __missing__(self, character: str) -> float:
        width = _ems(character)
        if len(self) < KEPT:
            self[character] = width
        return width


EMS = _Ems()


def _ems(character: str) -> float:
    if character in NARROW_CHARACTERS:
        return 0.31
    if character in WIDE_CHARACTERS:
        return 0.83
    if ord(character) > 0x2E7F:
        return 1.0
    return 0.66 if character.isupper() else 0.54
