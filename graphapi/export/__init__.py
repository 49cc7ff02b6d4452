"""From a graph or a table to a file's bytes: one module a format, pure functions of the model."""

from graphapi.export.csv_text import write_csv
from graphapi.export.graphml import write_graphml
from graphapi.export.json_text import graph_document, write_json
from graphapi.export.tables import graph_table, items_table

__all__ = ["graph_document", "graph_table", "items_table", "write_csv", "write_graphml", "write_json"]
