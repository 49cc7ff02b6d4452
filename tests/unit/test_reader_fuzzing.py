"""Whatever stands in the files of a data set, reading gives a data set or a refusal that names the place; never another error."""

import random
import tempfile
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as any_of

from graphapi.errors import DatasetRefused, Fault
from graphapi.ingest import read_dataset
from graphapi.ontology import read_ontology
from graphapi.resources import folder
from tests.datasets import FACTS, HEAD, OVERLAP, write_dataset

ONTOLOGY = read_ontology()
LONDON = folder("data") / "us-china-london-2025"
REAL = [file.read_bytes() for file in (*sorted(LONDON.glob("*.yaml")), *sorted(OVERLAP.glob("*/facts.yaml")))]
HOSTILE = [
    b"\x00",
    b"\xff",
    b"\xe2\x80\xae",
    b"&a ",
    b"*a",
    b"!!python/name:os.system ",
    b"<<: ",
    b"---\n",
    b"\t",
    b"'",
    b'"',
    b"{",
    b"[",
    b"- ",
]

WORDS = any_of.sampled_from(
    [
        *("dataset", "sources", "entities", "mentions", "relationships", "left_out", "paragraphs", "excerpts"),
        *("id", "name", "start", "end", "evidence", "from", "value", "date", "kind", "sides", "aliases", "names", "grade"),
        *("Person", "Event", "Source", "TOOK_PART_IN", "FROM", "DISTINCT_FROM", "ann", "first-round", "report", "report:p1", "p1", "e1"),
        *("2025-06-09", "[..2025-06-08]", "2025-06-09/2025-06-10", "9999-12-31", "-0001", "y170000002", "2025-06-XX", "null", "~", ""),
    ]
)
SCALARS = any_of.one_of(
    WORDS, any_of.text(max_size=20), any_of.integers(), any_of.floats(), any_of.booleans(), any_of.none(), any_of.dates()
)
TREES = any_of.recursive(
    SCALARS, lambda inner: any_of.one_of(any_of.lists(inner, max_size=4), any_of.dictionaries(WORDS, inner, max_size=5)), max_leaves=30
)
RECORDS = any_of.lists(any_of.dictionaries(WORDS, TREES, max_size=6), max_size=3)
GROUPS = any_of.dictionaries(any_of.sampled_from([*ONTOLOGY.entity_labels, *ONTOLOGY.relationships]), RECORDS, max_size=3)
DOCUMENTS = any_of.fixed_dictionaries(
    {},
    optional={
        "sources": any_of.one_of(RECORDS, TREES),
        "entities": any_of.one_of(GROUPS, TREES),
        "mentions": any_of.one_of(GROUPS, TREES),
        "relationships": any_of.one_of(GROUPS, TREES),
        "left_out": any_of.one_of(RECORDS, TREES),
        "dataset": TREES,
    },
)


def read(facts: bytes, head: bytes = HEAD.encode()) -> None:
    """Read a data set of these files; every refusal names a file of it and a line."""
    with tempfile.TemporaryDirectory() as temporary:
        path = write_dataset(Path(temporary))
        (path / "dataset.yaml").write_bytes(head)
        (path / "facts.yaml").write_bytes(facts)
        faults: tuple[Fault, ...] | None = None
        try:
            assert read_dataset(path, ONTOLOGY).graph.nodes
        except DatasetRefused as refused:
            faults = refused.faults
        assert faults is None or faults
        assert all((path / fault.file).is_file() and fault.line >= 1 and fault.message for fault in faults or ())


@settings(max_examples=250, deadline=None)
@given(any_of.one_of(DOCUMENTS, TREES))
def test_any_tree_is_read_or_refused(tree: object) -> None:
    read(yaml.safe_dump(tree, allow_unicode=True).encode("utf-8", "surrogatepass"))


@settings(max_examples=100, deadline=None)
@given(any_of.one_of(any_of.fixed_dictionaries({"dataset": any_of.dictionaries(WORDS, TREES)}), DOCUMENTS))
def test_any_head_is_read_or_refused(tree: object) -> None:
    read(FACTS.encode(), yaml.safe_dump(tree, allow_unicode=True).encode("utf-8", "surrogatepass"))


@settings(max_examples=200, deadline=None)
@given(any_of.binary(max_size=200))
@example(b"")
@example(b"? {a: b}\n: c\n")
@example(b"%YAML 9.9\n---\na: b\n")
@example(b"%TAG ! tag:a,2000:\n--- !x\n")
@example(b"--- |\n  a\n...\n")
@example(b"entities: {Person: [{id: [a], name: {value: [b]}}]}")
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    read(content)


@pytest.mark.parametrize("seed", range(40))
def test_a_real_file_with_some_bytes_changed_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(chance.choice(REAL))
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(content))
        match chance.randrange(4):
            case 0:
                content[at] = chance.randrange(256)
            case 1:
                del content[at : at + chance.randint(1, 40)]
            case 2:
                content[at:at] = chance.choice(HOSTILE)
            case _:
                other = chance.randrange(len(content))
                content[at:at] = content[other : other + chance.randint(1, 200)]
    read(bytes(content))
