"""A page as of a date: the caption says so, cards and exports say what is not sure."""

import pytest
from playwright.sync_api import expect

from graphapi.model import Graph, Held
from tests.browser.conftest import Opener
from tests.browser.negotiation import negotiation


def marked(held: Held) -> Graph:
    graph = negotiation()
    ties = tuple(one.model_copy(update={"held": held}) for one in graph.relationships)
    return graph.model_copy(update={"relationships": ties, "as_of": "2025-06"})


@pytest.mark.parametrize(
    ("held", "words"), [("unknown", "date not in our sources"), ("possibly", "possibly"), ("yes", None)], ids=["unknown", "possibly", "yes"]
)
def test_cards_say_how_sure_a_relationship_is(visit: Opener, held: Held, words: str | None) -> None:
    one = visit(marked(held), fragment="#node=first-round")
    expect(one.page.locator("#rests")).to_contain_text("as of June 2025 (month)")
    marks = one.page.locator("#card .mark-word").all_inner_texts()
    assert ("date not in our sources" in marks, "possibly" in marks) == (words == "date not in our sources", words == "possibly")


def test_export_of_the_page_keeps_the_marks(visit: Opener) -> None:
    ties = visit(marked("possibly")).page.evaluate("parley.shownGraph().relationships")
    assert {tie["properties"]["held"] for tie in ties} == {"possibly"}


def test_link_to_json_keeps_the_date(visit: Opener) -> None:
    one = visit(marked("yes"), fragment="#node=ann", live="/api/v1")
    assert one.page.locator("#card .links a", has_text="JSON").get_attribute("href") == "/api/v1/entities/ann?as_of=2025-06"
