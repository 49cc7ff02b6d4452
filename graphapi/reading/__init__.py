"""Reading the graph: rows for the service, graphs for the pages."""

from graphapi.reading.graphs import Extent, read_graph

__all__ = ["Extent", "read_graph"]
