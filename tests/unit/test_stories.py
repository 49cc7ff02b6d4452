"""Stories of a data set: what is right comes out typed, what is wrong is refused by line, and the text of the graph holds them whole."""

from collections.abc import Iterator
from pathlib import Path

import jsonschema_rs
import pytest
import yaml

from graphapi.editing import data_file_schema
from graphapi.errors import DatasetRefused, Fault
from graphapi.ingest import read_dataset
from graphapi.ingest.changes import compare_heads
from graphapi.ingest.dataset import bundled_datasets
from graphapi.model import Camera, Graph, Story
from graphapi.ontology import read_ontology
from graphapi.stories import read_stories, write_stories
from tests.datasets import FACTS, HEAD, write_dataset
from visualizer.stories import stories_of

STORY = """\
stories:
  - id: how-they-met
    title: How they met
    text: Two steps.
    steps:
      - {title: Ann is sent, text: Ann is announced for the first round., focus: [ann, first-round], date: 2025-05}
      - title: Bo stays away
        text: Bo does not come.
        focus: [bo]
        camera: {fit: all}
"""
FIRST_LINE = len(FACTS.splitlines()) + 1


def story_of(folder: Path, text: str = STORY) -> Story:
    return read_dataset(write_dataset(folder, FACTS + text)).head.stories[0]


def faults(folder: Path, text: str) -> tuple[Fault, ...]:
    with pytest.raises(DatasetRefused) as refused:
        read_dataset(write_dataset(folder, FACTS + text))
    return refused.value.faults


def test_a_story_is_read_with_the_day_that_each_date_ends_with(tmp_path: Path) -> None:
    story = story_of(tmp_path)
    assert (story.id, story.title, story.text) == ("how-they-met", "How they met", "Two steps.")
    assert [(step.title, step.focus, step.date, step.day) for step in story.steps] == [
        ("Ann is sent", ("ann", "first-round"), "2025-05", "2025-05-31"),
        ("Bo stays away", ("bo",), "", ""),
    ]
    assert [step.camera for step in story.steps] == [None, Camera(fit="all")]


@pytest.mark.parametrize(
    ("date", "day"),
    [("2025-06-09", "2025-06-09"), ("2025", "2025-12-31"),
     ('"[2025-05-01..2025-06-08]"', "2025-06-08"), ("2025-06-09/2025-06-10", "2025-06-10")],
)  # fmt: skip
def test_the_day_is_the_last_that_a_date_may_mean(tmp_path: Path, date: str, day: str) -> None:
    assert story_of(tmp_path, STORY.replace("date: 2025-05", f"date: {date}")).steps[0].day == day


def test_a_point_and_a_zoom_are_a_camera_too(tmp_path: Path) -> None:
    told = story_of(tmp_path, STORY.replace("{fit: all}", "{at: [-120, 40.5], zoom: 1.2}"))
    assert told.steps[1].camera == Camera(at=(-120.0, 40.5), zoom=1.2)


REFUSED = {
    "an id that is none": ("id: how-they-met", "id: How They Met", 2, "is no id"),
    "no id": ("  - id: how-they-met\n    title", "  - title", 2, "lacks id"),
    "no title": ("    title: How they met\n", "", 2, "lacks title"),
    "an empty title": ("title: Bo stays away", "title:", 7, "lacks title"),
    "no text of a step": ("        text: Bo does not come.\n", "", 7, "lacks text"),
    "a text that is a list": ("text: Bo does not come.", "text: [Bo]", 8, "lacks text"),
    "a long text": ("Bo does not come.", "x" * 601, 8, "601 characters; at most 600"),
    "a long title": ("Bo stays away", "x" * 121, 7, "121 characters; at most 120"),
    "no focus": ("        focus: [bo]\n", "", 7, "lacks focus"),
    "an empty focus": ("[bo]", "[]", 9, "lacks focus"),
    "focus without a list": ("focus: [bo]", "focus: bo", 9, "lacks focus"),
    "an id in focus twice": ("[bo]", "[bo, bo]", 9, "'bo' twice"),
    "an unknown id in focus": ("[bo]", "[bo, first-rund]", 9, "'first-rund', which is no entity"),
    "a source in focus": ("[bo]", "[report]", 9, "'report', which is no entity"),
    "a place in focus": ("[bo]", "['report:p1']", 9, "'report:p1', which is no entity"),
    "a mapping in focus": ("[bo]", "[{id: bo}]", 9, "list of ids"),
    "a wrong date": ("date: 2025-05", "date: 2025-13", 6, "is not a date"),
    "an unknown key of a story": ("    text: Two steps.", "    txt: Two steps.", 4, "'txt'"),
    "an unknown key of a step": ("        focus: [bo]", "        focus: [bo]\n        colour: red", 10, "'colour'"),
    "an unknown key of a camera": ("{fit: all}", "{fit: all, zoom: 1}", 10, "'zoom'"),
    "a camera that looks nowhere": ("{fit: all}", "{zoom: 1}", 10, "fit or at"),
    "a camera that is a word": ("{fit: all}", "all", 10, "fit or at"),
    "an unknown fit": ("{fit: all}", "{fit: some}", 10, "neither focus nor all"),
    "a point of one number": ("{fit: all}", "{at: [1]}", 10, "no point"),
    "a point of words": ("{fit: all}", "{at: [1, b]}", 10, "is no number"),
    "a point beyond the picture": ("{fit: all}", "{at: [1000000, 1]}", 10, "too large"),
    "a zoom to nothing": ("{fit: all}", "{at: [1, 1], zoom: 0.01}", 10, "between 0.1 and 4"),
    "no steps": (STORY[STORY.index("    steps:") :], "", 2, "no steps"),
    "steps that are no list": (STORY[STORY.index("    steps:") :], "    steps: none\n", 5, "must be a list"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_is_refused_with_file_and_line(case: str, tmp_path: Path) -> None:
    old, new, line, message = REFUSED[case]
    assert old in STORY
    found = faults(tmp_path, STORY.replace(old, new, 1))
    assert [(fault.file, fault.line) for fault in found if message in fault.message] == [("facts.yaml", FIRST_LINE + line - 1)], found


def test_an_unknown_id_lists_close_ones(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, STORY.replace("[bo]", "[first-rund]"))
    assert (fault.subject, fault.hint) == ("how-they-met", "Close to it: first-round.")


def test_a_story_twice_is_refused_also_across_files(tmp_path: Path) -> None:
    write_dataset(tmp_path, FACTS + STORY)
    (tmp_path / "more.yaml").write_text(STORY, encoding="utf-8")
    with pytest.raises(DatasetRefused) as refused:
        read_dataset(tmp_path)
    assert [(fault.file, fault.message) for fault in refused.value.faults] == [("more.yaml", "The story 'how-they-met' stands twice.")]


@pytest.mark.parametrize(
    ("stories", "steps", "message"), [(21, 1, "at most 20 stories"), (1, 41, "at most 40 are read")], ids=["stories", "steps"]
)
def test_there_is_an_end_to_stories(tmp_path: Path, stories: int, steps: int, message: str) -> None:
    body = "".join("      - {title: a, text: b, focus: [bo]}\n" for _ in range(steps))
    text = "stories:\n" + "".join(f"  - id: s{n}\n    title: t\n    steps:\n{body}" for n in range(stories))
    (fault,) = faults(tmp_path, text)
    assert message in fault.message


def test_what_is_withheld_may_not_be_told(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, STORY + "withhold:\n  - {id: bo, date: 2026-01-03, why: Asked for it.}\n")
    assert (fault.line, fault.message) == (FIRST_LINE + 8, "focus names 'bo', which is withheld.")


def test_a_mention_may_be_in_focus(tmp_path: Path) -> None:
    text = STORY.replace("[bo]", "[bo, harbour]") + "mentions:\n  Place:\n    - {id: harbour, name: Harbour City}\n"
    assert story_of(tmp_path, text).steps[1].focus == ("bo", "harbour")


def test_the_text_of_the_graph_holds_stories_whole(tmp_path: Path) -> None:
    stories = (story_of(tmp_path), story_of(tmp_path, STORY.replace("{fit: all}", "{at: [1, 2]}").replace("how-they-met", "again")))
    text = write_stories(stories)
    assert text is not None
    assert read_stories(text) == stories
    assert write_stories(read_stories(text)) == text
    assert write_stories(()) is None


def test_a_comparison_names_the_story_that_changed(tmp_path: Path) -> None:
    old, new = (
        read_dataset(write_dataset(tmp_path / name, FACTS + STORY.replace("[bo]", ids))) for name, ids in (("a", "[bo]"), ("b", "[ann]"))
    )
    (change,) = compare_heads(old.head, new.head)
    assert (change.change, change.field) == ("changed", "stories.how-they-met")
    assert '"focus":["bo"]' in (change.old or "")
    assert '"focus":["ann"]' in (change.new or "")


class PlainLoader(yaml.SafeLoader):
    """Reads dates as the texts that they are, as editors do."""


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if not tag.endswith(":timestamp")]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize(
    ("old", "new", "is_right"),
    [
        ("", "", True),
        ("{fit: all}", "{at: [1, 2.5], zoom: 2}", True),
        ("{fit: all}", "{fit: all, zoom: 2}", False),
        ("[bo]", "[]", False),
        ("Bo does not come.", "x" * 601, False),
        ("    title: How they met\n", "", False),
        ("focus: [bo]", "focus: [bo]\n        colour: red", False),
    ],
    ids=["whole", "point", "two cameras", "empty focus", "long text", "no title", "unknown key"],
)
def test_the_schema_for_editors_says_the_same(old: str, new: str, is_right: bool) -> None:
    validator = jsonschema_rs.Draft202012Validator(data_file_schema(read_ontology()))
    assert validator.is_valid(yaml.load(FACTS + STORY.replace(old, new, 1), Loader=PlainLoader)) is is_right


def told(*heads: tuple[str, str], folder: Path) -> Iterator[str]:
    graphs = [read_dataset(write_dataset(folder / name, FACTS + STORY, text)).graph for name, text in heads]
    datasets = tuple(dataset for graph in graphs for dataset in graph.datasets)
    return (story["id"] for story in stories_of(graphs[0].model_copy(update={"datasets": datasets})))


def test_stories_of_one_id_are_told_apart_by_their_data_set(tmp_path: Path) -> None:
    assert list(told(("a", HEAD), folder=tmp_path)) == ["how-they-met"]
    assert list(told(("b", HEAD), ("c", HEAD.replace("id: tiny", "id: other")), folder=tmp_path)) == [
        "tiny--how-they-met",
        "other--how-they-met",
    ]


def test_a_page_tells_a_story_only_where_each_step_has_somebody(tmp_path: Path) -> None:
    graph = read_dataset(write_dataset(tmp_path, FACTS + STORY)).graph

    def without(*ids: str) -> Graph:
        return graph.model_copy(update={"nodes": tuple(node for node in graph.nodes if node.id not in ids)})

    assert stories_of(without("bo")) == []
    assert [step["focus"] for step in stories_of(without("ann"))[0]["steps"]] == [["first-round"], ["bo"]]
    first = stories_of(graph)[0]["steps"][0]
    assert (first["date"], first["day"]) == ("May 2025 (month)", "2025-05-31")


@pytest.mark.parametrize("name", bundled_datasets())
def test_every_story_that_ships_fits_its_data_set(name: str) -> None:
    dataset = read_dataset(name)
    assert dataset.head.stories
    assert len(stories_of(dataset.graph)) == len(dataset.head.stories)
    assert all(step.text.endswith(".") for story in dataset.head.stories for step in story.steps)
