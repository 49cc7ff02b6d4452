"""Files made of graphs and tables: what stands in them, and that a spreadsheet runs none of it."""

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphapi.export import graph_document, graph_table, items_table, write_csv, write_json
from graphapi.export.csv_text import cell, defuse
from graphapi.model import Graph, Node, Relationship, Table

GRAPH = Graph(
    nodes=(
        Node(
            id="ann",
            labels=("Entity", "Person"),
            name="Ann, “the Elder”",
            properties={"aliases": ["A", "An"], "earliest": date(2025, 6, 1), "evidence": ["report:p1"], "type": "odd"},
        ),
        Node(id="round", labels=("Entity", "Event"), name="=1+1", properties={"values": ['{"property":"date","value":"2025"}'], "min": -3}),
    ),
    relationships=(
        Relationship(
            id="ann--ABSENT_FROM--round", type="ABSENT_FROM", start="ann", end="round", properties={"note": "n"}, evidence=("r:p1",)
        ),
    ),
)


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("\tx", "'\tx"), ("\rx", "'\rx"), ("＝x", "'＝x"), ("a=1", "a=1"),
        (-1, -1), (-1.5, -1.5), (True, "true"), (None, ""), (["=a", "b"], "'=a; b"), (date(2025, 6, 9), "2025-06-09"),
        ({"a": 1}, '{"a":1}'),
        ([{"a": 1}], '[{"a":1}]'), ("", ""),
    ],
)  # fmt: skip
def test_texts_that_look_like_formulas_are_defused_and_numbers_stay_numbers(value: Any, shown: Any) -> None:
    assert cell(value) == shown


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2), max_size=5))
def test_csv_reads_back_as_it_was_and_holds_no_formula(cells: list[list[str]]) -> None:
    content = write_csv(Table(columns=("one", "two"), rows=tuple(map(tuple, cells))))
    head, *read = rows(content)
    assert head == ["one", "two"]
    assert read == [[defuse(text) for text in row] for row in cells]
    assert not [text for row in read for text in row if text[:1] in "=+-@\t\r" and text]


def test_csv_has_a_byte_order_mark_and_lines_as_rfc_4180_ends_them() -> None:
    assert write_csv(Table(columns=("a", "b"), rows=((1, "x,y"),))) == b'\xef\xbb\xbfa,b\r\n1,"x,y"\r\n'


def test_a_lone_surrogate_does_not_stop_an_export() -> None:
    assert rows(write_csv(Table(columns=("a",), rows=(("\ud800",),)))) == [["a"], ["?"]]


def test_graph_is_one_table_of_nodes_then_relationships() -> None:
    table = graph_table(GRAPH)
    found = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    assert table.columns[:8] == ("part", "id", "labels", "type", "name", "from", "to", "evidence")
    assert [(row["part"], row["id"]) for row in found] == [("node", "ann"), ("node", "round"), ("relationship", "ann--ABSENT_FROM--round")]
    assert (found[2]["from"], found[2]["to"], found[2]["type"], found[2]["evidence"]) == ("ann", "round", "ABSENT_FROM", ["r:p1"])
    assert found[0]["evidence"] == ["report:p1"]
    assert (found[0]["type"], found[0]["properties.type"]) == (None, "odd")


def test_table_of_items_has_its_first_columns_even_when_it_is_empty() -> None:
    assert items_table([], ("id", "name")) == Table(columns=("id", "name"))


def test_parts_of_an_item_put_their_name_before_their_columns() -> None:
    table = items_table([{"score": 1, "node": {"id": "ann", "properties": {"side": "a-land"}}}], ("score", "node.id"))
    assert table == Table(columns=("score", "node.id", "node.side"), rows=((1, "ann", "a-land"),))


def test_json_of_a_graph_has_dates_as_texts_and_values_as_objects() -> None:
    body = json.loads(write_json(graph_document(GRAPH)))
    assert list(body) == ["nodes", "relationships", "truncated", "as_of"]
    assert body["nodes"][0]["properties"]["earliest"] == "2025-06-01"
    assert body["nodes"][1]["properties"]["values"] == [{"property": "date", "value": "2025"}]
    assert body["relationships"][0]["from"] == "ann"
