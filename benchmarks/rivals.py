"""The pages of other libraries with the graph that the explorer draws: pyvis as it comes, cytoscape.js and sigma at given positions."""

import json
import shutil
import subprocess
from pathlib import Path

from pyvis.network import Network

from visualizer.picture import Picture

PACKAGES = ("cytoscape@3.34.4", "sigma@3.0.3", "graphology@0.26.0")
CYTOSCAPE = ("cytoscape/dist/cytoscape.min.js",)
SIGMA = ("graphology/dist/graphology.umd.min.js", "sigma/dist/sigma.min.js")
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<style>html, body, #stage {{ margin: 0; width: 100%; height: 100%; overflow: hidden }}</style>{scripts}</head>
<body><div id="stage"></div><script>const drawn = {drawn};
const stage = document.getElementById("stage");
{draw}</script></body></html>
"""
# Labels too small to read are left out, as the explorer leaves them out; lines are the cheapest kind, cytoscape's own choice.
DRAW_CYTOSCAPE = """
const labels = { selector: "node", style: { label: "data(name)", "min-zoomed-font-size": 9 } };
const elements = {
    nodes: drawn.nodes.map(([id, name, x, y]) => ({ data: { id, name }, position: { x, y } })),
    edges: drawn.lines.map(([source, target]) => ({ data: { source, target } })),
};
const cy = cytoscape({ container: stage, elements, style: [labels], layout: { name: "preset" }, OPTIONS });
cy.one("render", () => bench.mark("picture"));
cy.on("render", () => { bench.drawn += 1; });
bench.places = () => cy.nodes().map((node) => [node.renderedPosition().x, node.renderedPosition().y]);
"""
# The constructor renders before it returns, so that nobody could hear its first `afterRender`.
DRAW_SIGMA = """
const graph = new graphology.MultiDirectedGraph();
for (const [id, label, x, y] of drawn.nodes) graph.addNode(id, { label, x, y: -y, size: 4 });
for (const [start, end] of drawn.lines) graph.addEdge(start, end);
const sigma = new Sigma(graph, stage);
bench.mark("picture");
sigma.on("afterRender", () => { bench.drawn += 1; });
bench.places = () => drawn.nodes.map(([id]) => {
    const at = sigma.graphToViewport(graph.getNodeAttributes(id));
    return [at.x, at.y];
});
"""


def fetch_packages(scratch: Path) -> Path:
    """Install the two libraries into a folder of this run and return where their files are."""
    if shutil.which("npm") is None:
        raise FileNotFoundError("npm is not on the PATH; install Node.js, cytoscape.js and sigma are fetched by it")
    quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel", "error"]
    subprocess.run(["npm", "install", "--prefix", str(scratch), *quiet, *PACKAGES], check=True, stdout=subprocess.DEVNULL, timeout=120)
    return scratch / "node_modules"


def page_of_pyvis(picture: Picture) -> bytes:
    """Return pyvis' page as it comes, its library in line: physics finds the places."""
    network = Network(cdn_resources="in_line")
    for node in picture.folded.nodes:
        network.add_node(node.id, label=node.name)
    for line in picture.folded.lines:
        network.add_edge(line.start, line.end, title=line.caption)
    page: str = network.generate_html()
    return page.encode()


def page_of_cytoscape(picture: Picture, packages: Path, *, lighter: bool) -> bytes:
    """Return cytoscape.js' page with places that are known; `lighter` hides lines while it moves and moves a texture."""
    options = "hideEdgesOnViewport: true, textureOnViewport: true" if lighter else ""
    return _page("cytoscape.js", [packages / one for one in CYTOSCAPE], picture, DRAW_CYTOSCAPE.replace("OPTIONS", options))


def page_of_sigma(picture: Picture, packages: Path) -> bytes:
    """Return sigma's page with places that are known."""
    return _page("sigma", [packages / one for one in SIGMA], picture, DRAW_SIGMA)


def _page(title: str, scripts: list[Path], picture: Picture, draw: str) -> bytes:
    drawn = {
        "nodes": [[node.id, node.name, *picture.wide.positions[node.id]] for node in picture.folded.nodes],
        "lines": [[line.start, line.end] for line in picture.folded.lines],
    }
    tags = "".join(f'<script src="{script.as_uri()}"></script>' for script in scripts)
    return PAGE.format(title=title, scripts=tags, drawn=json.dumps(drawn).replace("</", "<\\/"), draw=draw).encode()
