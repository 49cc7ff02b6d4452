"""Stories as a reader walks them, by keys and by touch: emphasis, camera and date follow, and the view comes back at the end."""

import pytest
from playwright.sync_api import expect

from graphapi.model import Camera, Graph, Step, Story
from tests.browser.conftest import PHONE, Opener
from tests.browser.negotiation import crowd, negotiation, node

STORY = Story(
    id="how-they-met",
    title="How they met",
    text="Three steps.",
    steps=(
        Step(
            title="Ann is sent",
            text="Ann Açaí is announced for the first round.",
            focus=("ann", "first-round", "a-team"),
            date="2025-05",
            day="2025-05-31",
        ),
        Step(
            title="They telephone",
            text="Then came the call; Madam Trade was not on it.",
            focus=("call", "bo", "ann", "kept"),
            date="2025-06-08",
            day="2025-06-08",
        ),
        Step(title="What is left", text="The deal (for one) stands.", focus=("deal", "tariffs"), camera=Camera(fit="all")),
    ),
)
OTHER = Story(
    id="another", title="Another", steps=(Step(title="One", text="One step.", focus=("bo",), camera=Camera(at=(10, 20), zoom=1.5)),)
)


def told(graph: Graph | None = None, *stories: Story) -> Graph:
    graph = graph or negotiation()
    (dataset,) = graph.datasets
    return graph.model_copy(update={"datasets": (dataset.model_copy(update={"stories": stories or (STORY, OTHER)}),)})


def test_no_story_no_menu(visit: Opener) -> None:
    assert visit().page.locator("#stories").count() == 0


def test_a_story_is_walked_by_keys_and_says_where_it_is(visit: Opener) -> None:
    one = visit(told())
    one.page.locator("#stories summary").click()
    one.page.get_by_role("button", name="How they met").click()
    bar = one.page.locator("#story")
    expect(bar).to_be_focused()
    expect(bar).to_contain_text("1 of 3")
    expect(bar.locator("h2")).to_have_text("Ann is sent")
    expect(bar).to_contain_text("as of May 2025 (month)")
    expect(one.page.locator("#live")).to_have_text("How they met, 1 of 3: Ann is sent. Ann Açaí is announced for the first round.")
    assert one.page.evaluate("[...parley.active()].sort()") == ["ann", "first-round"]
    assert one.page.evaluate("[parley.state.selected, parley.state.date]") == [None, "2025-05-31"]
    one.page.keyboard.press("ArrowRight")
    expect(bar).to_contain_text("2 of 3")
    assert "story=how-they-met.2" in one.page.evaluate("location.hash")
    one.page.keyboard.press("ArrowLeft")
    one.page.keyboard.press("ArrowLeft")
    expect(bar).to_contain_text("1 of 3")
    expect(bar.get_by_role("button", name="Previous step")).to_be_disabled()
    one.page.keyboard.press("Escape")
    expect(bar).to_be_hidden()
    expect(one.page.locator("#network")).to_be_focused()
    expect(one.page.locator("#live")).to_have_text("Story left.")
    assert one.page.evaluate("[parley.state.date, parley.state.story, parley.active(), location.hash]") == ["", None, None, ""]


def test_buttons_and_dots_walk_too_and_focus_stays_in_the_bar(visit: Opener) -> None:
    one = visit(told(), story="how-they-met")
    bar = one.page.locator("#story")
    following = bar.get_by_role("button", name="Next ›")
    following.click()
    expect(following).to_be_focused()
    following.click()
    expect(bar).to_contain_text("3 of 3")
    expect(following).to_be_disabled()
    expect(bar).to_be_focused()
    bar.get_by_role("button", name="Step 2: They telephone").click()
    expect(bar).to_contain_text("2 of 3")
    expect(bar.locator("[aria-current=step]")).to_have_attribute("aria-label", "Step 2: They telephone")


def test_only_lines_between_what_is_in_focus_stand_out(visit: Opener) -> None:
    one = visit(told(), fragment="#story=how-they-met.2")
    assert one.page.evaluate("[...parley.lines.values()].filter(parley.isLineActive).map((line) => [line.from, line.to])") == [
        ["bo", "call"]
    ]


def test_names_and_aliases_in_the_text_lead_to_cards(visit: Opener) -> None:
    one = visit(told(), fragment="#story=how-they-met.2")
    text = one.page.locator(".story-text")
    assert text.locator("button").all_inner_texts() == ["the call", "Madam Trade"]
    assert text.inner_text() == "Then came the call; Madam Trade was not on it."
    assert one.page.locator(".story-rest button").all_inner_texts() == ["It is kept"]
    text.get_by_role("button", name="Madam Trade").click()
    expect(one.page.locator("#card h2")).to_have_text("Ann Açaí")
    expect(one.page.locator("#story")).to_be_visible()
    one.page.locator("#card .close").click()
    assert "ann" in one.page.evaluate("[...parley.active()]")
    one.page.locator(".story-rest button").click()
    expect(one.page.locator("#card h2")).to_have_text("It is kept")


def test_who_waits_is_brought_in_and_goes_when_the_story_is_left(visit: Opener) -> None:
    graph = crowd(120)
    step = Step(title="One", text="Those at the back.", focus=("n100", "n101", "n102", "n118"))
    waiting = "['n100', 'n101', 'n102', 'n118'].filter((id) => !parley.state.present.has(id))"
    story = Story(id="back", title="At the back", steps=(step, step.model_copy(update={"focus": ("n0",)})))
    one = visit(told(graph, story))
    before = one.page.evaluate(waiting)
    assert before
    one.page.evaluate("parley.tellStory('back', 1)")
    assert one.page.evaluate(waiting) == []
    assert one.page.evaluate("[...parley.storyFocus()].filter((id) => !parley.isVisible(id))") == []
    one.page.keyboard.press("Escape")
    assert one.page.evaluate(waiting) == before


def test_filters_and_hidden_come_back_after_the_story(visit: Opener) -> None:
    one = visit(told(), fragment="#off=kind:Person&hide=deal&at=2025-06-30")
    one.page.evaluate("parley.tellStory('how-they-met', 1)")
    assert one.page.evaluate("[...parley.storyFocus()].filter((id) => !parley.isVisible(id))") == []
    one.page.evaluate("parley.tellStory('how-they-met', 3)")
    assert one.page.evaluate("[parley.isVisible('deal'), parley.state.date]") == [True, "2025-06-30"]
    one.page.evaluate("parley.leaveStory()")
    assert one.page.evaluate("[parley.isVisible('ann'), parley.isVisible('deal'), parley.state.date]") == [False, False, "2025-06-30"]


def test_the_camera_keeps_what_is_in_focus_clear_of_the_bar(visit: Opener) -> None:
    one = visit(told(crowd(80), Story(id="s", title="S", steps=(Step(title="a", text="b", focus=("n1", "n2", "n7")),))), story="s")
    below = """() => {
        const top = (id) => document.getElementById(id).getBoundingClientRect().top;
        const free = top("story") - top("stage");
        return [...parley.storyFocus()].map((id) => parley.onStage(parley.nodes.get(id).at)).filter((at) => at.y > free || at.y < 0).length;
    }"""
    assert one.page.evaluate(below) == 0


def test_a_step_may_look_at_a_point(visit: Opener) -> None:
    one = visit(told(), story="another")
    assert abs(one.page.evaluate("parley.scale()") - 1.5) < 0.01


def test_a_link_opens_the_step_and_one_that_is_wrong_says_so(visit: Opener) -> None:
    one = visit(told(), fragment="#story=how-they-met.3")
    expect(one.page.locator("#story h2")).to_have_text("What is left")
    for wrong in ("how-they-met.4", "how-they-met.0", "nobody.1"):
        lost = visit(told(), fragment=f"#story={wrong}")
        expect(lost.page.locator("#story")).to_be_hidden()
        expect(lost.page.locator("#notes")).to_contain_text(f"story “{wrong}”")


def test_a_link_wins_over_the_story_with_which_the_page_opens(visit: Opener) -> None:
    expect(visit(told(), story="another", fragment="#story=how-they-met.2").page.locator("#story")).to_contain_text("2 of 3")
    expect(visit(told(), story="another").page.locator("#story")).to_contain_text("1 of 1")


def test_a_path_and_escape_in_the_picture_go_one_by_one(visit: Opener) -> None:
    one = visit(told(), fragment="#story=how-they-met.2")
    one.page.evaluate("parley.openPath('ann', 'deal')")
    expect(one.page.locator("#card")).to_be_visible()
    expect(one.page.locator("#story")).to_be_visible()
    one.page.locator("#network").focus()
    one.page.keyboard.press("Escape")
    expect(one.page.locator("#card")).to_be_hidden()
    assert one.page.evaluate("[...parley.active()].sort()") == ["ann", "bo", "call"]
    one.page.keyboard.press("Escape")
    expect(one.page.locator("#story")).to_be_hidden()


def test_another_fragment_ends_the_story(visit: Opener) -> None:
    one = visit(told(), fragment="#story=how-they-met.2")
    one.page.evaluate("location.hash = '#node=deal&at=2025-06-30'")
    expect(one.page.locator("#card h2")).to_have_text("The deal")
    expect(one.page.locator("#story")).to_be_hidden()
    assert one.page.evaluate("parley.state.date") == "2025-06-30"


@pytest.mark.parametrize("size", [PHONE, (320, 568)], ids=["phone", "small"])
def test_on_a_phone_it_is_a_sheet_that_leaves_room_for_the_picture(visit: Opener, size: tuple[int, int]) -> None:
    one = visit(told(), size=size, story="how-they-met")
    box = one.page.locator("#story").bounding_box()
    assert box is not None
    assert (box["x"], box["width"], round(box["y"] + box["height"])) == (0, size[0], size[1])
    stage = one.page.locator("#stage").bounding_box()
    assert stage is not None
    assert box["y"] - stage["y"] >= stage["height"] * 0.4
    one.page.get_by_role("button", name="Next ›").click()
    expect(one.page.locator("#story")).to_contain_text("2 of 3")
    assert one.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_text_of_a_story_is_text(visit: Opener) -> None:
    bad = "<img src=x onerror='window.__xss=1'>\u202eturned"
    step = Step(title=bad, text=f"{bad} Bo {bad}", focus=("bo", "bad"))
    one = visit(told(negotiation(node("Issue", "bad", bad)), Story(id="bad", title=bad, text=bad, steps=(step,))), story="bad")
    assert "<img src=x" in one.page.locator("#story").inner_text()
    assert one.page.locator("#story img").count() == 0
    assert "⟦U+202E⟧" in one.page.locator("#story h2").inner_text()
