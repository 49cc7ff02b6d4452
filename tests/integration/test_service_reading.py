"""Graphs read from the database are the data set's own."""

from graphapi.ingest import read_dataset
from graphapi.model import Node, Properties, Relationship
from graphapi.ontology import read_ontology
from graphapi.reading import Extent, read_graph
from graphapi.stats import graph_stats, read_stats
from graphapi.store import Store
from tests.conftest import LONDON


def comparable(properties: Properties) -> Properties:
    """Return properties with their values in an order of their own."""
    values = properties.get("values")
    return properties | {"values": sorted(values)} if isinstance(values, list) else properties


def facts(nodes: tuple[Node, ...]) -> dict[str, tuple[object, ...]]:
    return {node.id: (node.labels, node.name, comparable(node.properties)) for node in nodes}


def relations(relationships: tuple[Relationship, ...]) -> dict[str, tuple[object, ...]]:
    return {one.id: (one.type, one.start, one.end, one.evidence, comparable(one.properties)) for one in relationships}


def test_whole_graph_is_the_data_sets_graph(london: Store) -> None:
    graph, expected = read_graph(london, read_ontology()), read_dataset(LONDON).graph
    assert not graph.truncated
    assert facts(graph.nodes) == facts(expected.nodes)
    assert relations(graph.relationships) == relations(expected.relationships)
    assert graph.datasets == expected.datasets


def test_stats_count_what_the_data_set_counts(london: Store) -> None:
    found, expected = read_stats(london), graph_stats(read_dataset(LONDON).graph)
    assert found.version > 0
    assert found.model_copy(update={"version": 0}) == expected


def test_graph_around_an_entity_grows_with_depth_and_stops_at_its_limit(london: Store) -> None:
    sizes = [len(read_graph(london, read_ontology(), Extent(around="howard-lutnick", depth=depth)).nodes) for depth in (1, 2, 3)]
    assert sizes[0] < sizes[1] < sizes[2]
    cut = read_graph(london, read_ontology(), Extent(around="howard-lutnick", depth=2, limit=4))
    assert (len(cut.nodes), cut.truncated) == (4, True)
    assert "howard-lutnick" in {node.id for node in cut.nodes}


def test_graph_with_places_has_every_place_that_it_names(london: Store) -> None:
    graph = read_graph(london, read_ontology(), Extent(around="howard-lutnick"), with_places=True)
    named = {place for one in graph.relationships for place in one.evidence} | {place for node in graph.nodes for place in node.evidence}
    assert named <= {node.id for node in graph.nodes}


def test_graph_of_one_label_has_nothing_else(london: Store) -> None:
    graph = read_graph(london, read_ontology(), Extent(label="Event"))
    assert {node.labels[1] for node in graph.nodes} == {"Event"}
    assert len(graph.nodes) == read_stats(london).entities["Event"]
