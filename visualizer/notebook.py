"""A graph as a notebook shows it: the explorer in a frame that keeps it apart from the notebook, with everything inside."""

from markupsafe import escape

from graphapi.model import Graph
from graphapi.ontology import read_ontology
from visualizer.page import View, draw

HEIGHT = 560
# Scripts run without the notebook's origin, so they reach nothing of it; links to sources open in a tab of their own.
SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"


def frame(graph: Graph, height: int = HEIGHT) -> str:
    """Return HTML that draws a graph in a sandboxed frame of this height in pixels, and asks for nothing over the network.

    A graph of more entities than a picture holds is drawn as the page draws it: the first of them, the others on demand.
    """
    title = ", ".join(dataset.title for dataset in graph.datasets) or "Graph"
    page = draw(graph, View(title=title, embed=True), read_ontology()).html.decode()
    return (
        f'<iframe title="{escape(title)}" sandbox="{SANDBOX}" srcdoc="{escape(page)}" width="100%" height="{int(height)}" '
        'style="border:0;width:100%" referrerpolicy="no-referrer"></iframe>'
    )
