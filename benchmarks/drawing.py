"""How fast a graph becomes a page, by size, and how that compares with pyvis as it comes; how long the layouts take."""

import time
from collections.abc import Callable
from pathlib import Path

from markupsafe import Markup
from pyvis.network import Network

from benchmarks.measuring import Figure
from graphapi.model import Graph
from graphapi.ontology import Ontology, read_ontology
from tests.browser.negotiation import crowd
from visualizer import View, assets, draw
from visualizer.folding import fold
from visualizer.layout import Arrangement, arrange
from visualizer.network import TableNetwork
from visualizer.page import paint
from visualizer.picture import TABLE, Picture, guest
from visualizer.selection import everything
from visualizer.spring import spring
from visualizer.style import sides_of

SIZES = (100, 1000, 5000, 10000)
COMPARED = 5000
FASTER = 50.0
RUNS = 3
WHOLE = View(title="Crowd", whole=True)
TABLE_SECONDS, SPRING_SECONDS = 0.5, 1.5


def measure_drawing(_: Path) -> list[Figure]:
    """Time pages and bare networks whose positions are known, by size and against pyvis, then the layouts.

    Processor time, since what else runs would count for a slow rival more than for a fast one.
    """
    ontology = read_ontology()
    draw(crowd(10), View(title="warm"), ontology)
    graphs = {size: crowd(size) for size in SIZES}
    figures = [figure for size, graph in graphs.items() for figure in _growth(size, graph, ontology)]
    return [*figures, *_comparison(graphs[COMPARED], ontology), *_layouts(graphs, ontology)]


def _growth(size: int, graph: Graph, ontology: Ontology) -> list[Figure]:
    """Return how long one size takes as a whole page and as a bare network."""
    picture = _seated(graph, ontology)
    pages = [_seconds(lambda: paint(graph, WHOLE, picture, ontology)) for _ in range(RUNS)]
    bare = [_seconds(lambda: _bare_page(picture)) for _ in range(RUNS)]
    each = f"{min(pages) / size * 1e6:,.0f} µs a node"
    return [
        Figure(f"{size:,} nodes with positions to the explorer's page", "s", pages, note=f"cards, dates, evidence; {each}"),
        Figure(f"{size:,} nodes with positions to a bare network", "s", bare, note=f"{min(bare) / size * 1e6:,.1f} µs a node", digits=4),
    ]


def _comparison(graph: Graph, ontology: Ontology) -> list[Figure]:
    """Return how much longer pyvis takes than our page, and than our network of no more than pyvis is given; runs take turns."""
    picture = _seated(graph, ontology)
    plain, whole, bare = [], [], []
    for _ in range(RUNS):
        plain.append(_seconds(lambda: _page_of_pyvis(picture)))
        whole.append(_seconds(lambda: paint(graph, WHOLE, picture, ontology)))
        bare.append(_seconds(lambda: _bare_page(picture)))
    what = f"pyvis / ours, {COMPARED:,} nodes"
    return [
        Figure(f"{COMPARED:,} nodes by pyvis", "s", plain, note="`Network()`, add_node, add_edge, generate_html"),
        _ratio(f"{what}, the same names and positions", plain, bare, "names, positions, captions of lines; no cards on either side"),
        _ratio(f"{what}, the explorer's whole page", plain, whole, "ours also writes cards, dates and evidence, pyvis does not"),
    ]


def _ratio(name: str, slow: list[float], fast: list[float], note: str) -> Figure:
    ratios = [one / other for one, other in zip(slow, fast, strict=True)]
    figure = Figure(name, "ratio", ratios, f"at least {FASTER:.0f}", note=note, digits=1)
    return Figure(**{**figure.__dict__, "met": figure.median >= FASTER})


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _seated(graph: Graph, ontology: Ontology) -> Picture:
    """Return a picture of everything on a grid: where a node is does not change how long it takes to write it down."""
    folded = fold(graph, ontology)
    wide = Arrangement({node.id: (60.0 * (at % 100), 60.0 * (at // 100)) for at, node in enumerate(folded.nodes)}, ())
    return Picture(folded, everything(graph, folded, ontology), wide, wide, {}, {})


def _bare_page(picture: Picture) -> bytes:
    network = TableNetwork("Nodes")
    for node in picture.folded.nodes:
        x, y = picture.wide.positions[node.id]
        network.add_node(node.id, label=node.name, x=x, y=y)
    for line in picture.folded.lines:
        network.add_edge(line.start, line.end, title=line.caption)
    scripts = [Markup(script) for script in assets.scripts()]
    sheet = Markup(assets.sheet())
    blocks = {
        "policy": "",
        "icon": "",
        "sheet": sheet,
        "scripts": scripts,
        "data": {},
        "count": 0,
        "sentence": "",
        "timed": False,
        "embed": False,
    }
    return network.render(blocks).encode()


def _page_of_pyvis(picture: Picture) -> bytes:
    network = Network()
    for node in picture.folded.nodes:
        x, y = picture.wide.positions[node.id]
        network.add_node(node.id, label=node.name, x=x, y=y)
    for line in picture.folded.lines:
        network.add_edge(line.start, line.end, title=line.caption)
    page: str = network.generate_html()
    return page.encode()


def _layouts(graphs: dict[int, Graph], ontology: Ontology) -> list[Figure]:
    """The table at its largest in both shapes of window, and springs."""
    figures = []
    for narrow in (False, True):
        runs = _layout_runs(crowd(TABLE), ontology, narrow=narrow)
        name = f"layout of {TABLE} at the table, {'narrow' if narrow else 'wide'}"
        figures.append(Figure(name, "s", runs, f"at most {TABLE_SECONDS}", max(runs) <= TABLE_SECONDS))
    for size, graph in graphs.items():
        if size > TABLE:
            runs = _layout_runs(graph, ontology, narrow=False)
            met = None if size > 1000 else max(runs) <= SPRING_SECONDS
            figures.append(Figure(f"layout of {size:,} by springs", "s", runs, "" if met is None else f"at most {SPRING_SECONDS}", met))
    return figures


def _layout_runs(graph: Graph, ontology: Ontology, *, narrow: bool) -> list[float]:
    folded = fold(graph, ontology)
    guests = [guest(node, ontology, sides_of(graph)) for node in folded.nodes]
    links = [(line.start, line.end) for line in folded.lines]
    place = arrange if len(guests) <= TABLE else spring
    return [_seconds(lambda: place(guests, links, narrow=narrow)) for _ in range(RUNS)]
