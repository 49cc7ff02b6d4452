"""How kinds and sides look: colours as CSS, shapes and icons, all from the ontology."""

import json
import re
from functools import lru_cache
from typing import Any

from graphapi.model import Graph, Node
from graphapi.ontology import Colour, Ontology
from visualizer.assets import STATIC
from visualizer.wording import visible

FALLBACK = "#5F6B7A"
THIRD = "third"
# Grounds and inks of the page; tests hold every pair of them and of the palette to WCAG's ratios.
GROUND = {"light": "#F7F8FA", "dark": "#0F151C"}
PANEL = {"light": "#FFFFFF", "dark": "#1A222C"}
INK = {"light": "#17202A", "dark": "#EEF2F6"}
MUTED = {"light": "#55606D", "dark": "#A3B0BF"}
ACCENT = {"light": "#0B5CAD", "dark": "#6CB6FF"}
RULE = {"light": "#DFE3E8", "dark": "#2E3945"}
FIELD = {"light": "#7C8896", "dark": "#6F7F92"}
GLYPH_INK = {"light": "#FFFFFF", "dark": "#0D141C"}
MODES = ("light", "dark")
# What is drawn over very many others is as pale as may be: a little above the 3 that a line needs to its ground.
PALE = 3.15
RADII = {"Round": 24.0, "Country": 20.0, "Agreement": 20.0}
RADIUS = 17.0


@lru_cache
def icons() -> dict[str, str]:
    """Return the icons by name, each an SVG path on a grid of 24 by 24, to be stroked."""
    found: dict[str, str] = json.loads((STATIC / "icons.json").read_text(encoding="utf-8"))
    return found


def safe_colour(text: str) -> str:
    """Return a colour if it is #RRGGBB, else the grey of third parties: nothing else may enter a style sheet."""
    return text if re.fullmatch(r"#[0-9A-Fa-f]{6}", text) else FALLBACK


def sides_of(graph: Graph) -> tuple[str, ...]:
    """Return the country ids of the sides from left to right, as the data sets of a graph name them, each once."""
    return tuple(dict.fromkeys(side for dataset in graph.datasets for side in dataset.sides))


def names_of_sides(graph: Graph) -> dict[str, str]:
    """Return {id: name} of the sides that a graph can name, by its nodes or beside them."""
    sides = sides_of(graph)
    named = {**graph.side_names, **{node.id: node.name for node in graph.nodes if node.id in sides}}
    return {side: visible(name) for side, name in named.items()}


def place_at_table(node: Node, sides: tuple[str, ...]) -> int | None:
    """Return the place of a node's side, counted from the left and 0, or None for third parties."""
    side = node.id if node.id in sides else node.properties.get("side")
    return sides.index(str(side)) if side in sides else None


def side_key(node: Node, sides: tuple[str, ...]) -> str:
    """Return `side-0`, `side-1`… by place at the table, or `third`."""
    place = place_at_table(node, sides)
    return THIRD if place is None else f"side-{place}"


def colour_key(node: Node, ontology: Ontology, sides: tuple[str, ...]) -> str:
    """Return the name of a node's colour: its side's, or its kind's."""
    colour = ontology.labels[node.label].colour
    if colour != "side":
        return colour
    key = side_key(node, sides)
    return key if key == THIRD or int(key.removeprefix("side-")) < len(ontology.palette.sides) else THIRD


def icon_of(node: Node, ontology: Ontology) -> str:
    """Return the name of a node's icon where it says more than its kind's, else nothing."""
    own = ontology.labels[node.label].icons
    for name in ("icon", "kind"):
        found = own.get(str(node.properties.get(name)))
        if found is not None:
            return found
    return ""


def radius(node: Node) -> float:
    """Return the radius of a node's glyph in the units of the picture."""
    return RADII.get(node.label, RADIUS)


def variables(ontology: Ontology) -> str:
    """Return the style sheet's variables: a light set, a dark set for those who prefer it, and both to choose."""
    light, dark = (";".join(f"--{name}:{value}" for name, value in _values(ontology, mode).items()) for mode in MODES)
    return (
        f":root{{color-scheme:light;{light}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}"
        f"@media screen{{:root[data-theme=dark]{{color-scheme:dark;{dark}}}}}"
    )


def classes(ontology: Ontology) -> str:
    """Return the style sheet's classes by colour: of glyphs, of the edges of claims and accounts, of the legend's lines."""
    rules = [f".fill-{name}{{color:var(--{name})}}.edge-{name}{{border-color:var(--{name})!important}}" for name in node_colours(ontology)]
    return "".join((*rules, *(f".stroke-{name}{{stroke:var(--line-{name})}}" for name in _families(ontology))))


def _families(ontology: Ontology) -> dict[str, Colour]:
    """Families of lines whose names can stand in a style sheet."""
    return {name: family for name, family in ontology.families.items() if re.fullmatch(r"[\w-]+", name)}


def _values(ontology: Ontology, mode: str) -> dict[str, str]:
    fixed = {
        "ground": GROUND,
        "panel": PANEL,
        "ink": INK,
        "muted": MUTED,
        "accent": ACCENT,
        "rule": RULE,
        "field": FIELD,
        "glyph-ink": GLYPH_INK,
    }
    found = {name: pair[mode] for name, pair in fixed.items()}
    found |= {name: safe_colour(getattr(colour, mode)) for name, colour in node_colours(ontology).items()}
    lines = {name: safe_colour(getattr(family, mode)) for name, family in _families(ontology).items()}
    pale = {f"pale-{name}": paled(colour, GROUND[mode]) for name, colour in lines.items()}
    return found | {f"line-{name}": colour for name, colour in lines.items()} | pale


def paled(colour: str, ground: str) -> str:
    """Mix a colour with its ground as far as the contrast between them allows; one that is too near stays as it is."""
    parts, under = (bytes.fromhex(one.removeprefix("#")) for one in (colour, ground))
    shares = (step / 50 for step in range(51))
    mixed = (bytes(round(share * a + (1 - share) * b) for a, b in zip(parts, under, strict=True)) for share in shares)
    found = next((one for one in mixed if _contrast(one, under) >= PALE), parts)
    return f"#{found.hex().upper()}"


def _contrast(one: bytes, other: bytes) -> float:
    """The ratio of two colours' luminances as WCAG 2.1 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: bytes) -> float:
    red, green, blue = ((part / 255 / 12.92) if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def node_colours(ontology: Ontology) -> dict[str, Colour]:
    """Return the colours that nodes may have, by the names that `colour_key` gives."""
    palette = ontology.palette
    kinds: dict[str, Colour] = {name: getattr(palette, name) for name in type(palette).model_fields if name != "sides"}
    return {f"side-{place}": colour for place, colour in enumerate(palette.sides)} | kinds


def legend_of_kinds(graph: Graph, ontology: Ontology) -> list[dict[str, Any]]:
    """Return the kinds that a graph holds, in the ontology's order, as the page's legend shows them."""
    present = {node.label for node in graph.nodes}
    return [
        {"id": name, "name": label.plural, "shape": label.shape, "icon": label.icon, "colour": label.colour, "drawn": label.drawn}
        for name, label in ontology.labels.items()
        if name in present and name != "Evidence"
    ]
