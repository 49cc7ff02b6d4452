"""Every colour can be read where it is used, every kind has its own look, and no style comes from data."""

from itertools import product

import pytest

from graphapi.ontology import Colour
from tests.browser.negotiation import ONTOLOGY, negotiation
from visualizer import style
from visualizer.assets import STATIC
from visualizer.boxes import LABEL_LINES, LABEL_WIDTH, text_width, wrap

TEXTS = [(style.INK, ground) for ground in (style.GROUND, style.PANEL)] + [
    (ink, ground) for ink in (style.MUTED, style.ACCENT) for ground in (style.GROUND, style.PANEL)
]


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def shade(colour: Colour, mode: str) -> str:
    return str(getattr(colour, mode))


@pytest.mark.parametrize("mode", style.MODES)
def test_text_has_a_contrast_of_four_and_a_half(mode: str) -> None:
    assert {(ink[mode], ground[mode]) for ink, ground in TEXTS if ratio(ink[mode], ground[mode]) < 4.5} == set()
    assert ratio(style.ACCENT[mode], style.PANEL[mode]) >= 4.5


@pytest.mark.parametrize("mode", style.MODES)
def test_glyphs_and_lines_have_a_contrast_of_three(mode: str) -> None:
    drawn = {**style.node_colours(ONTOLOGY), **ONTOLOGY.families}
    grounds = (style.GROUND[mode], style.PANEL[mode])
    assert [name for (name, one), ground in product(drawn.items(), grounds) if ratio(shade(one, mode), ground) < 3] == []


@pytest.mark.parametrize("mode", style.MODES)
def test_icons_and_initials_have_a_contrast_of_three_on_their_glyph(mode: str) -> None:
    colours = style.node_colours(ONTOLOGY).items()
    assert [name for name, one in colours if ratio(shade(one, mode), style.GLYPH_INK[mode]) < 3] == []


@pytest.mark.parametrize("mode", style.MODES)
def test_initials_of_people_have_a_contrast_of_four_and_a_half(mode: str) -> None:
    people = [(name, one) for name, one in style.node_colours(ONTOLOGY).items() if name.startswith("side-") or name == "third"]
    assert [name for name, one in people if ratio(shade(one, mode), style.GLYPH_INK[mode]) < 4.5] == []


def test_every_kind_has_an_icon_that_we_can_draw() -> None:
    wanted = {label.icon for label in ONTOLOGY.labels.values()} - {"initials"}
    assert wanted <= set(style.icons())


def test_every_shape_of_the_ontology_is_drawn_by_the_page() -> None:
    script = (STATIC / "explorer" / "glyphs.js").read_text(encoding="utf-8")
    assert [label.shape for label in ONTOLOGY.labels.values() if f"    {label.shape}: (r)" not in script] == []


@pytest.mark.parametrize("hostile", ['#fff"/><script>1</script>', "url(javascript:1)", "expression(1)", "red;}body{display:none", "#12345"])
def test_colour_that_is_none_is_replaced(hostile: str) -> None:
    assert style.safe_colour(hostile) == style.FALLBACK
    palette = ONTOLOGY.palette.model_copy(update={"meeting": Colour(light=hostile, dark=hostile)})
    assert hostile not in style.variables(ONTOLOGY.model_copy(update={"palette": palette}))


def test_side_is_the_place_at_the_table() -> None:
    sides = style.sides_of(negotiation())
    colours = {node.id: style.colour_key(node, ONTOLOGY, sides) for node in negotiation().nodes}
    assert (colours["ann"], colours["bo"], colours["cy"], colours["deal"]) == ("side-0", "side-1", "third", "agreement")


@pytest.mark.parametrize(
    "name", ["A " * 200, "A" * 4000, "one", "", "Über-lange-Zusammensetzung-mit-Bindestrichen und mehr", "何立峰" * 30]
)
def test_label_is_wrapped_into_three_lines_that_fit(name: str) -> None:
    lines = wrap(name)
    assert len(lines) <= LABEL_LINES
    assert all(text_width(line) <= LABEL_WIDTH for line in lines)
