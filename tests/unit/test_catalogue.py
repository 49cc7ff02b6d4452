"""Every query file has a header that says what it is, and the header and the text agree."""

import re
from pathlib import Path

import pytest

from graphapi.catalogue import Query, read_catalogue, read_query
from graphapi.errors import UsageError
from graphapi.ontology import read_ontology
from graphapi.resources import folder

QUERIES = list(read_catalogue().queries.values())
TEXTS = sorted(folder("cypher").rglob("*.cypher"))
HEADER = """\
// title: Neighbours
// description: What an entity is related to.
// parameters:
//   id: {type: entity, description: An entity, example: ann}
// returns:
//   node: {type: node, description: The neighbour}
"""
TEXT = """\
MATCH (entity:Entity {id: $id})--(node)
WHERE $as_of IS NULL
RETURN node
ORDER BY node.id
"""


def code(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.strip().startswith("//"))


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_columns_are_the_ones_that_the_header_promises(query: Query) -> None:
    last = code(query.text).rpartition("RETURN")[2].partition("ORDER BY")[0].partition("LIMIT")[0]
    depth, parts, current = 0, [], ""
    for letter in last.removeprefix(" DISTINCT"):
        depth += (letter in "({[") - (letter in ")}]")
        if letter == "," and depth == 0:
            parts, current = [*parts, current], ""
        else:
            current += letter
    names = [re.split(r"\sAS\s", part.strip())[-1].strip() for part in [*parts, current]]
    assert names == list(query.returns)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_every_parameter_has_an_example_or_a_default(query: Query) -> None:
    for name, parameter in query.parameters.items():
        assert parameter.example is not None or parameter.optional, name


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_labels_and_types_are_the_ontologys(query: Query) -> None:
    ontology = read_ontology()
    known = set(ontology.labels) | {"Entity", "Dataset", "Meta", "Record"} | set(ontology.relationships)
    patterns = re.findall(r"[(\[][a-z_]*:([A-Z][A-Za-z_]*(?:[|&][A-Z][A-Za-z_]*)*)", code(query.text))
    named = {name for pattern in patterns for name in re.split(r"[|&]", pattern)}
    assert named <= known


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_file_is_named_in_kebab_case_and_reads_a_clause_a_line(file: Path) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", file.stem)
    text = file.read_text(encoding="utf-8")
    assert text.startswith("// ")
    assert text.endswith("\n")
    assert "\t" not in text
    for line in code(text).splitlines():
        assert line == line.rstrip()
        assert not re.search(r"\S\s+(RETURN|ORDER BY|LIMIT|UNWIND|SKIP)\b", line), line


@pytest.mark.parametrize("file", sorted((folder("cypher") / "read").rglob("*.cypher")), ids=lambda file: file.stem)
def test_reading_text_writes_nothing(file: Path) -> None:
    assert not re.search(r"\b(CREATE|MERGE|SET|DELETE|REMOVE|DROP|LOAD CSV|FOREACH)\b", code(file.read_text(encoding="utf-8")))


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "group" / "neighbours.cypher"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_name_and_group_are_the_files_and_text_is_whole(tmp_path: Path) -> None:
    query = read_query(written(tmp_path, HEADER + TEXT))
    assert (query.name, query.group, query.text) == ("neighbours", "group", HEADER + TEXT)
    assert not query.parameters["id"].optional


def test_comment_below_the_header_is_no_part_of_it(tmp_path: Path) -> None:
    assert read_query(written(tmp_path, HEADER + TEXT.replace("RETURN", "// why: not\nRETURN"))).title == "Neighbours"


@pytest.mark.parametrize(
    ("header", "text", "fault"),
    [
        (HEADER, TEXT.replace("$id", "$name"), "uses $name, which the header does not declare"),
        (HEADER, TEXT.replace("$id", "'ann'"), "does not use $id, which the header declares"),
        (HEADER, TEXT.replace("$as_of IS NULL", "true"), "does not use $as_of"),
        (HEADER + "// timeless: true\n", TEXT, "is called timeless and uses $as_of"),
        (HEADER + "// colour: red\n", TEXT, "extra"),
        (HEADER.replace("// title: Neighbours\n", ""), TEXT, "title"),
        (HEADER.replace("  id:", "  as_of: {type: date, description: When}\n//   id:"), TEXT, "as_of is implied"),
        (HEADER.replace("{type: entity,", "{type: thing,"), TEXT, "wrong"),
        (HEADER.replace("// returns:", "// returns: ["), TEXT, "not YAML"),
        ("", TEXT, "wrong"),
    ],
    ids=[
        "undeclared",
        "unused",
        "no as_of",
        "timeless",
        "unknown key",
        "no title",
        "as_of declared",
        "unknown type",
        "no YAML",
        "no header",
    ],
)
def test_header_at_odds_with_its_text_is_refused_by_file(tmp_path: Path, header: str, text: str, fault: str) -> None:
    file = written(tmp_path, header + text)
    with pytest.raises(UsageError, match=re.escape(str(file))) as refused:
        read_query(file)
    assert fault in refused.value.message


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    written(tmp_path, HEADER + TEXT)
    other = tmp_path / "other"
    other.mkdir()
    (other / "neighbours.cypher").write_text(HEADER + TEXT, encoding="utf-8")
    with pytest.raises(UsageError, match="stands twice"):
        read_catalogue(tmp_path)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("// shape: series", "a column date of type date"),
        ("// shape: matrix", "a matrix names its axes"),
        ("// shape: table\n// axes: {down: node, across: node}", "only a matrix has axes"),
        ("// shape: matrix\n// axes: {down: node, across: side}", "the axis side is no column"),
        ("// shape: table\n// drawn: [node]", "only a graph says which columns are drawn"),
        ("// shape: graph\n// drawn: [side]", "side is to be drawn and is no column of entities"),
        ("// shape: graph\n// drawn: [node]", "node is to be drawn and is no column of entities"),
    ],
)
def test_shape_that_the_columns_do_not_bear_is_refused(tmp_path: Path, lines: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_query(written(tmp_path, f"{lines}\n{HEADER}{TEXT}"))
