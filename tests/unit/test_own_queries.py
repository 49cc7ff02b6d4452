"""Query files of whoever runs Parley: what joins the catalogue, and what is refused by file, line and reason."""

import os
from pathlib import Path

import pytest

from graphapi.catalogue import Catalogue, read_catalogue
from graphapi.ontology import read_ontology
from graphapi.reading import own_queries
from graphapi.reading.own_queries import join_own, read_all
from graphapi.settings import load_settings

HEADER = """// title: Everybody
// description: All people.
// parameters: {}
// timeless: true
// returns:
//   name: {type: text, description: The name}
"""
TEXT = "MATCH (person:Person)\nRETURN person.name AS name\n"
BUNDLED, ONTOLOGY = read_catalogue(), read_ontology()


def joined(folder: Path) -> Catalogue:
    return join_own(BUNDLED, folder, load_settings(), ONTOLOGY)


def written(folder: Path, name: str, content: str | bytes) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def test_without_a_folder_the_catalogue_is_the_bundled_one() -> None:
    assert read_all(load_settings(), ONTOLOGY) == BUNDLED


def test_file_joins_the_catalogue_in_the_group_of_its_folder_as_a_table(tmp_path: Path) -> None:
    written(tmp_path, "ours/every-body.cypher", HEADER + TEXT)
    found = joined(tmp_path)
    assert (found["every-body"].group, found["every-body"].shape) == ("ours", "table")
    assert found.own == {"every-body"}
    assert found.refused == ()
    assert found.queries.keys() - BUNDLED.queries.keys() == {"every-body"}


@pytest.mark.parametrize(
    ("name", "content", "line", "reason"),
    [
        ("attendees.cypher", HEADER + TEXT, 1, "the name of a query of Parley itself"),
        ("entity.cypher", HEADER + TEXT, 1, "the name of a query of Parley itself"),
        ("No Name.cypher", HEADER + TEXT, 1, "small letters"),
        ("latin.cypher", HEADER.encode() + b"// caf\xe9\n", 7, "not UTF-8"),
        ("large.cypher", HEADER + TEXT + "//" + "x" * 70_000, 1, "more than 65,536 bytes"),
        ("deep.cypher", "// " + "[" * 30_000 + "\nRETURN 1", 1, "nested too deeply"),
        ("yaml.cypher", "// title: A\n// returns: [\nRETURN 1", 2, "not YAML"),
        ("day.cypher", HEADER.replace("Everybody", "2025-13-45") + TEXT, 1, "month must be"),
        ("bare.cypher", TEXT, 1, "title"),
        ("empty.cypher", "", 1, "title"),
        ("undeclared.cypher", HEADER + TEXT.replace("RETURN", "WHERE person.id = $id\nRETURN"), 1, "uses $id"),
        ("writing.cypher", HEADER + "MATCH (n)\nSET n.x = 1\nRETURN n.name AS name", 8, "SET changes the graph"),
        ("two.cypher", HEADER + TEXT + ";\nMATCH (n) RETURN n", 9, "one"),
        ("calling.cypher", HEADER + "CALL dbms.components() YIELD name\nRETURN name", 7, "dbms.components"),
        ("hidden.cypher", HEADER.replace("All", "A\u202ell") + TEXT, 2, "cannot see"),
        ("steps.cypher", HEADER.replace("type: text", "type: step") + TEXT, 1, "step"),
        ("odd-column.cypher", HEADER.replace("name:", '"a b":') + TEXT, 1, "no name"),
        (
            "nested.cypher",
            HEADER.replace("parameters: {}", "parameters: {x: {type: text, description: X, default: {a: 1}}}") + TEXT + "// $x\nLIMIT $x",
            1,
            "texts, numbers",
        ),
        (
            "label.cypher",
            HEADER.replace("parameters: {}", "parameters: {x: {type: entity, label: Nobody, description: X}}") + TEXT + "LIMIT $x",
            1,
            "the ontology does not know",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and value.endswith(".cypher") else "",
)
def test_wrong_file_is_refused_by_line_and_reason_and_the_others_stay(
    tmp_path: Path, name: str, content: str | bytes, line: int, reason: str
) -> None:
    written(tmp_path, f"ours/{name}", content)
    written(tmp_path, "ours/right.cypher", HEADER + TEXT)
    found = joined(tmp_path)
    assert found.own == {"right"}
    assert [(one.file, one.line) for one in found.refused] == [(f"ours/{name}", line)]
    assert reason in found.refused[0].reason


def test_name_that_stands_in_two_folders_is_refused_the_second_time(tmp_path: Path) -> None:
    written(tmp_path, "a/same.cypher", HEADER + TEXT)
    written(tmp_path, "b/same.cypher", HEADER + TEXT)
    found = joined(tmp_path)
    assert found["same"].group == "a"
    assert [one.file for one in found.refused] == ["b/same.cypher"]


def test_links_pipes_and_folders_that_look_like_files_are_refused(tmp_path: Path) -> None:
    outside = written(tmp_path, "outside/secret.cypher", HEADER + TEXT)
    folder = tmp_path / "queries"
    (folder / "folder.cypher").mkdir(parents=True)
    (folder / "link.cypher").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.cypher")
    found = joined(folder)
    assert found.own == frozenset()
    assert sorted(one.file for one in found.refused) == ["folder.cypher", "link.cypher", "pipe.cypher"]


def test_of_too_many_files_the_first_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_queries, "MOST_FILES", 10)
    for number in range(200):
        written(tmp_path, f"q-{number:05}.cypher", HEADER + TEXT)
    found = joined(tmp_path)
    assert len(found.own) == 10
    assert ["more than 10 query files" in one.reason for one in found.refused] == [True]


def test_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    found = joined(tmp_path / "nowhere")
    assert found.queries == BUNDLED.queries
    assert "no folder" in found.refused[0].reason
