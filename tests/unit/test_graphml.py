"""Graphs as GraphML: valid XML whatever the texts hold, and networkx reads back what was written."""

import io
import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphapi.export import write_graphml
from graphapi.export.graphml import NAMESPACE, UNFIT, name_token, xml_text
from graphapi.ingest import read_dataset
from graphapi.model import DatasetVersion, Graph, Node, Relationship
from tests.conftest import LONDON

IN = f"{{{NAMESPACE}}}"


def graph(*nodes: Node, ties: tuple[Relationship, ...] = (), **more: Any) -> Graph:
    return Graph(nodes=nodes, relationships=ties, **more)


def person(identifier: str = "ann", name: str = "Ann", **properties: Any) -> Node:
    return Node(id=identifier, labels=("Entity", "Person"), name=name, properties=properties)


def tie(start: str, kind: str, end: str, **more: Any) -> Relationship:
    return Relationship(id=f"{start}--{kind}--{end}", type=kind, start=start, end=end, **more)


def read(content: bytes) -> Any:
    return networkx.read_graphml(io.BytesIO(content))


def test_networkx_reads_back_every_node_and_relationship_of_london() -> None:
    london = read_dataset(LONDON).graph
    found = read(write_graphml(london))
    assert found.is_directed()
    assert set(found.nodes) == {node.id for node in london.nodes}
    assert {(start, end, key) for start, end, key in found.edges(keys=True)} == {
        (one.start, one.end, one.id) for one in london.relationships
    }
    assert {node.id: node.name for node in london.nodes} == dict(found.nodes(data="name"))
    assert all(data["type"] == key.split("--")[1] for _, _, key, data in found.edges(keys=True, data=True))


def test_values_keep_their_type_and_dates_are_iso_texts() -> None:
    node = person(earliest=date(2025, 6, 9), days=3, rate=2.5, head=True, aliases=["A", "B"], evidence=["report:p1", "report:p2"])
    data = read(write_graphml(graph(node))).nodes["ann"]
    assert (data["earliest"], data["days"], data["rate"], data["head"]) == ("2025-06-09", 3, 2.5, True)
    assert (data["aliases"], data["evidence"], data["labels"], data["label"]) == ("A; B", "report:p1; report:p2", "Entity; Person", "Ann")


@pytest.mark.parametrize(("other", "kind"), [(2.5, "double"), ("many", "string"), (True, "string"), (7, "long")])
def test_key_has_the_type_that_takes_all_of_its_values(other: Any, kind: str) -> None:
    content = write_graphml(graph(person(days=1), person("bo", "Bo", days=other)))
    key = next(key for key in ElementTree.fromstring(content).iter(f"{IN}key") if key.get("attr.name") == "days")
    assert key.get("attr.type") == kind
    assert len(read(content)) == 2


def test_parallel_relationships_stay_two() -> None:
    content = write_graphml(graph(person(), person("bo"), ties=(tie("ann", "SAID", "bo"), tie("ann", "LEADS", "bo"))))
    assert read(content).number_of_edges("ann", "bo") == 2


def test_property_by_the_name_of_a_column_keeps_its_own() -> None:
    data = read(write_graphml(graph(person(name="Ann", labels="odd", label="odder")))).nodes["ann"]
    assert (data["labels"], data["properties.labels"], data["label"], data["properties.label"]) == ("Entity; Person", "odd", "Ann", "odder")


def test_description_says_what_the_graph_rests_on() -> None:
    whole = graph(
        person(evidence=["report:p1", "report:p2", "letter"]),
        as_of="2025-06",
        truncated=True,
        datasets=(DatasetVersion(id="tiny", version="1.0.0", title="A <tiny> negotiation"),),
    )
    said = ElementTree.fromstring(write_graphml(whole)).findtext(f"{IN}desc")
    assert said == "A <tiny> negotiation · as of 2025-06 · tiny 1.0.0 · 2 sources · cut at a limit: the graph holds more · Parley"


def test_ids_are_name_tokens_as_the_schema_wants_them() -> None:
    assert name_token("reuters:p4-howard_lutnick") == "reuters:p4-howard_lutnick"
    assert name_token("a b</x>") == "a_x0020_b_x003C__x002F_x_x003E_"
    content = write_graphml(graph(person("a b"), person("<c>"), ties=(tie("a b", "SAID", "<c>"),)))
    elements = ElementTree.fromstring(content).iter()
    ids = [value for element in elements for name, value in element.items() if name in ("id", "source", "target", "key")]
    assert ids
    assert not [value for value in ids if re.search(r"[^\w.:-]", value)]
    assert read(content).has_edge("a_x0020_b", "_x003C_c_x003E_")


@given(st.text())
def test_any_text_comes_back_without_what_xml_cannot_hold(text: str) -> None:
    content = write_graphml(graph(person(name="x" + text, note="x" + text)))
    data = read(content).nodes["ann"]
    assert data["name"] == data["note"] == UNFIT.sub("", "x" + text)
    assert ElementTree.fromstring(f'<a b="{xml_text(text)}"/>').get("b") == UNFIT.sub("", text)


def test_order_of_elements_is_that_of_the_schema() -> None:
    root = ElementTree.fromstring(write_graphml(graph(person(), person("bo"), ties=(tie("ann", "SAID", "bo"),))))
    names = [element.tag.removeprefix(IN) for element in root]
    assert names == ["desc", *["key"] * (len(names) - 2), "graph"]
    assert [element.tag.removeprefix(IN) for element in root[-1]] == ["node", "node", "edge"]
    assert {key.get("for") for key in root.iter(f"{IN}key")} == {"node", "edge"}


def test_empty_graph_is_a_graph() -> None:
    assert len(read(write_graphml(Graph()))) == 0
