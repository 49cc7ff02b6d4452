"""Stories in a real graph: loaded with their data set, told again when they change, the same on the page from the database."""

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from graphapi.ingest import Dataset, read_dataset
from graphapi.ingest.load import load
from graphapi.ingest.unload import unload
from graphapi.stats import read_datasets, read_stats
from graphapi.store import Store
from tests.conftest import Database
from tests.datasets import FACTS, write_dataset
from tests.integration.command_line import run
from tests.unit.test_stories import STORY


def tiny(folder: Path, stories: str = STORY) -> Dataset:
    return read_dataset(write_dataset(folder, FACTS + stories))


def told_by(page: str) -> list[dict[str, Any]]:
    """Return the stories in the data block of a page."""
    found = re.search(r'<script type="application/json" id="data-page">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    stories: list[dict[str, Any]] = json.loads(found[1])["stories"]
    return stories


def test_stories_are_in_the_graph_as_they_are_in_the_files(store: Store, tmp_path: Path) -> None:
    dataset = tiny(tmp_path)
    load(store, dataset)
    assert read_datasets(store) == (dataset.head,)
    assert read_datasets(store)[0].stories[0].steps[0].day == "2025-05-31"


def test_loading_the_same_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    first, again = load(store, tiny(tmp_path)), load(store, tiny(tmp_path))
    assert (first.is_change, again.is_change, again.version) == (True, False, first.version)


@pytest.mark.parametrize(
    "new", [STORY.replace("Two steps.", "Just two."), STORY.replace("[bo]", "[bo, ann]"), ""], ids=["text", "focus", "gone"]
)
def test_a_changed_story_changes_the_head_and_nothing_else(store: Store, tmp_path: Path, new: str) -> None:
    first, changed = load(store, tiny(tmp_path / "a")), tiny(tmp_path / "b", new)
    report = load(store, changed)
    assert (report.head_changed, report.added, report.changed, report.removed) == (True, (), (), ())
    assert report.version == first.version + 1
    assert read_datasets(store) == (changed.head,)


def test_a_graph_from_before_stories_gets_them(store: Store, tmp_path: Path) -> None:
    load(store, tiny(tmp_path / "a", ""))
    assert read_datasets(store)[0].stories == ()
    assert load(store, tiny(tmp_path / "b")).head_changed
    assert load(store, tiny(tmp_path / "c", "")).head_changed
    assert not load(store, tiny(tmp_path / "d", "")).is_change


def test_stories_go_with_their_data_set(store: Store, tmp_path: Path) -> None:
    load(store, tiny(tmp_path))
    unload(store, "tiny")
    assert read_datasets(store) == ()


def test_the_api_gives_stories_with_data_sets_and_not_with_counts(service: httpx.Client, london: Store) -> None:
    (item,) = service.get("/api/v1/datasets").json()["items"]
    (story,) = item["stories"]
    assert (story["id"], len(story["steps"])) == ("how-london-came-about", 7)
    assert set(story["steps"][0]) == {"title", "text", "focus", "date", "day", "camera"}
    assert "stories" not in service.get("/api/v1/stats").json()["datasets"][0]
    assert "stories" not in read_stats(london).model_dump()["datasets"][0]


def test_the_page_from_the_database_is_the_page_from_the_files(
    london: Store, database: Database, database_environment: dict[str, str], tmp_path: Path
) -> None:
    arguments = ("--story", "how-london-came-about", "-o")
    for name, source in (("files.html", ["us-china-london-2025"]), ("database.html", [])):
        done = run("view", *source, *arguments, name, folder=tmp_path, variables=database_environment)
        assert done.returncode == 0, done.stderr
    pages = [(tmp_path / name).read_bytes() for name in ("files.html", "database.html")]
    assert pages[0] == pages[1]
    assert [len(story["steps"]) for story in told_by(pages[0].decode())] == [7]


def test_an_unknown_story_lists_those_that_there_are(tmp_path: Path) -> None:
    done = run("view", "us-china-london-2025", "--story", "nothing", "-o", "x.html", folder=tmp_path)
    assert (done.returncode, (tmp_path / "x.html").exists()) == (1, False)
    assert "There is no story on this page with the id 'nothing'." in done.stderr
    assert "It can tell: how-london-came-about." in done.stderr


def test_the_served_page_tells_them(service: httpx.Client) -> None:
    assert [story["id"] for story in told_by(service.get("/").text)] == ["how-london-came-about"]


def test_diff_with_the_graph_names_the_story(store: Store, database_environment: dict[str, str], tmp_path: Path) -> None:
    load(store, tiny(tmp_path / "a"))
    write_dataset(tmp_path / "b", FACTS + STORY.replace("How they met", "How it went"))
    done = run("diff", "--graph", "b", "--format", "json", folder=tmp_path, variables=database_environment)
    (change,) = json.loads(done.stdout)["changes"]
    assert (change["id"], change["field"]) == ("dataset.yaml", "stories.how-they-met")
