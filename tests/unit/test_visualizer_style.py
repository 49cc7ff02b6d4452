"""Every kind has its own look, and no style comes from data."""

import re

import pytest

from graphapi.ingest import read_dataset
from graphapi.model import Node
from graphapi.ontology import Colour
from tests.browser.negotiation import ONTOLOGY, negotiation, node
from visualizer import style
from visualizer.assets import STATIC
from visualizer.boxes import LABEL_LINES, LABEL_WIDTH, text_width, wrap


@pytest.mark.parametrize(
    ("one", "icon"),
    [
        (node("Event", "a", "A", kind="call"), "phone"),
        (node("Event", "b", "B", kind="statement"), ""),
        (node("Round", "c", "C", kind="round"), ""),
        (node("Measure", "d", "D", kind="export-control"), "lock"),
        (node("Issue", "e", "E", icon="chip"), "chip"),
        (node("Issue", "f", "F", icon="speech"), ""),
        (node("Issue", "g", "G"), ""),
        (node("Issue", "h", "H", icon="</script>"), ""),
    ],
    ids=lambda value: value if isinstance(value, str) else str(value.properties.get("kind", value.properties.get("icon", "none"))),
)
def test_icon_says_more_than_the_kind_where_the_data_can_tell(one: Node, icon: str) -> None:
    assert style.icon_of(one, ONTOLOGY) == icon


def test_sides_have_names_where_their_countries_are_no_nodes() -> None:
    whole = negotiation()
    sides = style.sides_of(whole)
    names = style.names_of_sides(whole)
    assert set(names) == set(sides)
    part = whole.model_copy(update={"nodes": tuple(one for one in whole.nodes if one.id not in sides), "side_names": names})
    assert style.names_of_sides(part) == names


@pytest.mark.parametrize("name", ["us-china-london-2025", "us-china-2018-2026"])
def test_issues_of_a_bundled_data_set_have_icons_of_their_own(name: str) -> None:
    issues = [one for one in read_dataset(name).graph.nodes if one.label == "Issue"]
    drawn = [style.icon_of(one, ONTOLOGY) for one in issues]
    assert drawn.count("") <= 1
    assert max(drawn.count(icon) for icon in drawn) <= 2


def test_every_shape_of_the_ontology_is_drawn_by_the_page() -> None:
    script = (STATIC / "explorer" / "glyphs.js").read_text(encoding="utf-8")
    assert [label.shape for label in ONTOLOGY.labels.values() if f"    {label.shape}: (r)" not in script] == []


def test_every_shape_of_the_page_is_one_of_the_ontology() -> None:
    script = (STATIC / "explorer" / "glyphs.js").read_text(encoding="utf-8")
    shapes = re.findall(r"^    (\w+): \(r\)", script, re.MULTILINE)
    assert len(shapes) > 5
    assert set(shapes) - {label.shape for label in ONTOLOGY.labels.values()} == set()


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
