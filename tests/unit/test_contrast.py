"""Every colour that the style sheet uses can be read where it stands, in light and in dark: read from the sheet itself and the ontology."""

import re
from itertools import combinations, product
from typing import get_args

import pytest
from coloraide import Color

from graphapi.ontology import PropertyType
from tests.browser.negotiation import ONTOLOGY
from visualizer import assets, style

TEXT, SHAPE = 4.5, 3.0
GROUNDS = ("ground", "panel")
# What stands on the accent's ground instead of the page's: pressed buttons.
ON_ACCENT = {"panel"}
VARIABLE = re.compile(r"--([\w-]+):(#[0-9A-Fa-f]{6})")


def variables(mode: str) -> dict[str, str]:
    """The variables of the style sheet as a browser takes them over in this mode."""
    sheet = style.variables(ONTOLOGY)
    light, dark = sheet.split("@media", 1)
    return dict(VARIABLE.findall(light if mode == "light" else dark))


def screen() -> str:
    """The sheet without what counts only on paper."""
    sheet = assets.sheet()
    start = sheet.index("@media print{")
    depth = 0
    for at, character in enumerate(sheet[start:], start):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if character == "}" and depth == 0:
            return sheet[:start] + sheet[at + 1 :]
    raise AssertionError("the print rules never end")


def used(*properties: str) -> set[str]:
    """Variables that these properties of the sheet take as colours."""
    found = re.findall(rf"(?<![\w-])(?:{'|'.join(properties)}):[^;}}]*?var\(--([\w-]+)\)", screen())
    return set(found)


def ratio(one: str, other: str) -> float:
    return Color(one).contrast(other, method="wcag21")


def faint(mode: str, names: set[str], grounds: tuple[str, ...], least: float) -> list[tuple[str, str, float]]:
    """Colours that are too near to a ground, with how near."""
    known = variables(mode)
    pairs = ((name, ground, ratio(known[name], known[ground])) for name, ground in product(sorted(names), grounds))
    return [(name, ground, round(found, 2)) for name, ground, found in pairs if found < least]


@pytest.mark.parametrize("mode", style.MODES)
def test_sheet_takes_only_variables_that_it_has(mode: str) -> None:
    everywhere = set(re.findall(r"var\(--([\w-]+)", assets.sheet() + style.classes(ONTOLOGY)))
    assert everywhere - set(variables(mode)) == set()


@pytest.mark.parametrize("mode", style.MODES)
def test_texts_have_a_contrast_of_four_and_a_half(mode: str) -> None:
    texts = used("color") - ON_ACCENT - {"glyph-ink"}
    assert {"muted", "accent", "ink"} <= texts
    assert faint(mode, texts, GROUNDS, TEXT) == []
    assert faint(mode, ON_ACCENT, ("accent",), TEXT) == []


@pytest.mark.parametrize("mode", style.MODES)
def test_glyphs_and_lines_have_a_contrast_of_three(mode: str) -> None:
    drawn = set(style.node_colours(ONTOLOGY)) | {f"line-{name}" for name in ONTOLOGY.families}
    assert drawn <= set(variables(mode))
    assert faint(mode, drawn, GROUNDS, SHAPE) == []


@pytest.mark.parametrize("mode", style.MODES)
def test_lines_that_are_drawn_pale_because_they_are_many_have_a_contrast_of_three(mode: str) -> None:
    pale = {f"pale-{name}" for name in ONTOLOGY.families}
    assert pale <= set(variables(mode))
    assert faint(mode, pale, ("ground",), SHAPE) == []


# Why something may be see-through. What was not selected, while something is, is told by what is: it stays for its place only.
UNSELECTED, DECORATION, PLATE = "dimmed because something else is selected", "halo or frame beside what says it", "ground under a text"
SEEN_THROUGH = {
    ("strokes", 0.14): UNSELECTED,
    ("vectors", 0.14): UNSELECTED,
    ("picture", 0.08): UNSELECTED,
    ("vectors", 0.08): UNSELECTED,
    ("painting", 0.2): UNSELECTED,
    ("vectors", 0.2): UNSELECTED,
    ("labels", 0.32): UNSELECTED,
    ("vectors", 0.32): UNSELECTED,
    ("painting", 0.26): DECORATION,
    ("vectors", 0.26): DECORATION,
    ("minimap", 0.12): DECORATION,
    ("labels", 0.86): PLATE,
    ("vectors", 0.86): PLATE,
    ("labels", 0.94): PLATE,
    ("captions", 0.94): PLATE,
}


def test_scripts_draw_nothing_that_says_something_see_through() -> None:
    """A line that is not sure once had 45 % of its colour, which left 1.4 of the 3 that it needs."""
    found = set()
    for script in sorted((assets.STATIC / "explorer").glob("*.js")):
        for statement in re.findall(r"(?:globalAlpha|[oO]pacity|paleness)\b[^;\n]*", script.read_text(encoding="utf-8")):
            found |= {(script.stem, float(number)) for number in re.findall(r"(?<![\w.])0?\.\d+", statement)}
    assert found - set(SEEN_THROUGH) == set()


# Rules of the sheet with an opacity: what cannot be used, what is off, what shows only under the pointer or is not seen at all.
FADED = re.compile(r":disabled|\.row\.off|\.only|\.row input|\.sort::after")


def test_sheet_makes_nothing_else_see_through() -> None:
    rules = re.findall(r"([^{}]+)\{[^}]*opacity:(0?\.\d+|0)(?![\d.])", screen())
    assert [(selector, value) for selector, value in rules if not FADED.search(selector)] == []


@pytest.mark.parametrize("mode", style.MODES)
def test_icons_have_a_contrast_of_three_on_their_glyph_and_initials_four_and_a_half(mode: str) -> None:
    glyphs = set(style.node_colours(ONTOLOGY))
    assert faint(mode, glyphs | {"muted"}, ("glyph-ink",), SHAPE) == []
    people = {name for name in glyphs if name.startswith("side-") or name == style.THIRD}
    assert faint(mode, people, ("glyph-ink",), TEXT) == []


@pytest.mark.parametrize("mode", style.MODES)
def test_focus_fields_and_strokes_have_a_contrast_of_three(mode: str) -> None:
    marks = used("outline", "stroke", "accent-color", "fill") | {"field", "accent"}
    assert faint(mode, marks - {"glyph-ink", "ground", "panel"}, GROUNDS, SHAPE) == []


def test_sheet_names_no_colour_of_its_own() -> None:
    """One outside the variables would be held to nothing here; only shadows and what lies behind a dialog may have it."""
    rules = re.sub(r"box-shadow:[^;}]*|[^{}]*::backdrop\{[^}]*\}|:root\[data-print\]\{[^}]*\}", "", screen())
    assert re.findall(r":[^;{}]*(?:#[0-9a-fA-F]{3,8}|rgba?\(|hsla?\()[^;{}]*[;}]", rules) == []


@pytest.mark.parametrize("mode", style.MODES)
@pytest.mark.parametrize("sight", ["protan", "deutan", "tritan"])
def test_the_first_two_sides_stay_apart_for_every_sort_of_sight(mode: str, sight: str) -> None:
    known = variables(mode)
    seen = [Color(known[f"side-{place}"]).filter(sight) for place in (0, 1)]
    assert seen[0].delta_e(seen[1], method="2000") > 15


@pytest.mark.parametrize("mode", style.MODES)
@pytest.mark.parametrize("sight", ["usual", "protan", "deutan", "tritan"])
def test_families_of_lines_stay_apart_for_every_sort_of_sight(mode: str, sight: str) -> None:
    """As far apart, in hundredths of Oklab, as a reader tells thin lines by; before they were chosen together some were 1.6 apart."""
    known, drawn = variables(mode), {kind.family for kind in ONTOLOGY.relationships.values() if kind.drawn == "line"}
    colours = {name: Color(known[f"line-{name}"]) for name in drawn}
    seen = colours if sight == "usual" else {name: one.filter(sight) for name, one in colours.items()}
    near = [(one, other) for one, other in combinations(sorted(seen), 2) if seen[one].delta_e(seen[other], method="ok") < 0.07]
    assert near == []


def test_every_icon_that_the_ontology_names_can_be_drawn() -> None:
    wanted = {icon for label in ONTOLOGY.labels.values() for icon in (label.icon, *label.icons.values())} - {"initials"}
    assert wanted <= set(style.icons())


def test_every_icon_of_the_ontology_belongs_to_a_choice_that_data_may_take() -> None:
    assert "choice" in get_args(PropertyType)
    for name, label in ONTOLOGY.labels.items():
        properties = ONTOLOGY.properties_of_label(name)
        known = {choice for kind in ("icon", "kind") if kind in properties for choice in properties[kind].choices}
        assert set(label.icons) <= known, name


def test_kinds_that_look_alike_differ_in_shape_or_icon() -> None:
    looks: dict[tuple[str, str], str] = {}
    for name, label in ONTOLOGY.labels.items():
        if label.drawn != "folded" and name != "Evidence":
            assert looks.setdefault((label.shape, label.icon), name) == name
