"""How long a browser takes to the first complete picture, and how smoothly it moves, beside pyvis, cytoscape.js and sigma."""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.measuring import Figure
from benchmarks.rivals import fetch_packages, page_of_cytoscape, page_of_pyvis, page_of_sigma
from benchmarks.watching import LONGEST, WATCH, drag, seconds_to
from graphapi.ontology import Ontology, read_ontology
from tests.browser.conftest import DESK, SWITCHES, chromium
from tests.browser.negotiation import crowd
from visualizer import View
from visualizer.page import paint
from visualizer.picture import Picture, picture_of

SMALL, LARGE = 100, 5000
RUNS = 3
FASTER = 10.0
REST_SECONDS = 2.0
# No page reaches a network, where pyvis would wait for a style sheet, and sigma gets the WebGL that software computes.
ALONE = (*SWITCHES, "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-unsafe-swiftshader")


@dataclass
class Course:
    """One page and what its runs showed: seconds to the picture, to stillness, frames and drawings a second."""

    address: str
    moved: bool = False
    still: bool = False
    pictures: list[float] = field(default_factory=list)
    stills: list[float] = field(default_factory=list)
    frames: list[float] = field(default_factory=list)
    drawings: list[float] = field(default_factory=list)


def measure_browsing(scratch: Path) -> list[Figure]:
    """Open every page in turn, round by round, in a fresh context each, and move those of the large graph."""
    ontology = read_ontology()
    courses, notes = prepare_courses(scratch, ontology)
    with browsing() as browser:
        for _ in range(RUNS):
            for course in courses.values():
                _visit(browser, course)
    return [*_small(courses, notes), *_large(courses, notes)]


def prepare_courses(scratch: Path, ontology: Ontology) -> tuple[dict[str, Course], dict[str, str]]:
    """Write the pages; the notes say how long ours took to find places, which the seconds in the browser do not hold."""
    packages = fetch_packages(scratch)
    took, pictures = {}, {}
    for name, size in (("small", SMALL), ("large", LARGE)):
        began = time.process_time()
        pictures[name] = picture_of(crowd(size), View(title="Crowd", whole=True), ontology)
        took[name] = f"layout before, in Python: {time.process_time() - began:.1f} s"
    small, large = pictures["small"], pictures["large"]
    overview = View(title="Crowd", overview=True)
    pages = {
        "ours-small": _ours(SMALL, small, ontology),
        "pyvis": page_of_pyvis(small),
        "overview": paint(crowd(LARGE), overview, picture_of(crowd(LARGE), overview, ontology), ontology).html,
        "ours": _ours(LARGE, large, ontology),
        "cytoscape": page_of_cytoscape(large, packages, lighter=False),
        "cytoscape-lighter": page_of_cytoscape(large, packages, lighter=True),
        "sigma": page_of_sigma(large, packages),
    }
    moved = {"ours", "cytoscape", "cytoscape-lighter", "sigma"}
    return {name: Course(_written(scratch / f"{name}.html", page), name in moved, name == "pyvis") for name, page in pages.items()}, took


def _ours(size: int, picture: Picture, ontology: Ontology) -> bytes:
    return paint(crowd(size), View(title="Crowd", whole=True), picture, ontology).html


def _written(file: Path, page: bytes) -> str:
    file.write_bytes(page)
    return file.as_uri()


@contextmanager
def browsing() -> Iterator[Browser]:
    """Run the Chromium of the machine, warm after one page."""
    path = chromium()
    if path is None:
        raise FileNotFoundError("there is no Chromium; install one or name it in PARLEY_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ALONE))
        browser.new_page().close()
        yield browser
        browser.close()


def _visit(browser: Browser, course: Course) -> None:
    """Let the page before be gone, open this one, wait for its picture, and move it if it is to be moved."""
    context = browser.new_context(viewport={"width": DESK[0], "height": DESK[1]})
    try:
        page = context.new_page()
        page.add_init_script(WATCH)
        page.wait_for_timeout(REST_SECONDS * 1000)
        page.goto(course.address, wait_until="commit")
        course.pictures.append(seconds_to(page, "picture"))
        if course.still:
            course.stills.append(seconds_to(page, "still"))
        if course.moved:
            page.wait_for_timeout(REST_SECONDS * 1000)
            frames, drawings = drag(page)
            course.frames.append(frames)
            course.drawings.append(drawings)
    finally:
        context.close()


def _small(courses: dict[str, Course], notes: dict[str, str]) -> list[Figure]:
    ours, pyvis = courses["ours-small"], courses["pyvis"]
    return [
        Figure(f"first picture of {SMALL} nodes, explorer", "s", ours.pictures, note=notes["small"]),
        Figure(f"first picture of {SMALL} nodes, pyvis", "s", pyvis.pictures, note="`Network()`, physics until its iterations are done"),
        Figure(f"{SMALL} nodes until nothing moves, pyvis", "s", pyvis.stills, note=f"not longer than {LONGEST:.0f} s waited for"),
        _ratio(f"first picture of {SMALL} nodes, pyvis / explorer", pyvis.pictures, ours.pictures, FASTER),
    ]


def _large(courses: dict[str, Course], notes: dict[str, str]) -> list[Figure]:
    ours, cytoscape, lighter, sigma = (courses[name] for name in ("ours", "cytoscape", "cytoscape-lighter", "sigma"))
    what, move = f"first picture of {LARGE:,} nodes", f"frames while {LARGE:,} nodes are dragged"
    preset = "the same positions, labels and lines; dots in one colour"
    return [
        Figure(f"{what}, explorer's overview", "s", courses["overview"].pictures, note="groups; the page holds all"),
        Figure(f"{what}, explorer, all drawn", "s", ours.pictures, note=notes["large"]),
        Figure(f"{what}, cytoscape.js", "s", cytoscape.pictures, note=preset),
        Figure(f"{what}, sigma", "s", sigma.pictures, note=f"{preset}; WebGL in software"),
        _ratio(f"{what}, cytoscape.js / explorer", cytoscape.pictures, ours.pictures, 1.0),
        _frames(f"{move}, explorer", ours, "moved as it was drawn, drawn anew when it rests"),
        _frames(f"{move}, cytoscape.js", cytoscape, "as it comes"),
        _frames(f"{move}, cytoscape.js, lighter", lighter, "hideEdgesOnViewport, textureOnViewport"),
        _frames(f"{move}, sigma", sigma, "as it comes, WebGL in software"),
        _ratio(f"{move}, explorer / cytoscape.js", ours.frames, cytoscape.frames, 1.0),
        _ratio(f"{move}, explorer / cytoscape.js, lighter", ours.frames, lighter.frames, None),
    ]


def _frames(name: str, course: Course, note: str) -> Figure:
    drawn = f"drawn {statistics.median(course.drawings):.1f} times a second"
    return Figure(name, "frames/s", course.frames, note=f"{note}; {drawn}", digits=1)


def _ratio(name: str, over: list[float], under: list[float], least: float | None) -> Figure:
    """Return a ratio round by round, met when its median is at least the target, above it where the target is only to be better."""
    ratios = [one / other for one, other in zip(over, under, strict=True)]
    figure = Figure(name, "ratio", ratios, note="round by round")
    if least is None:
        return figure
    target, met = ("more than 1", figure.median > 1) if least == 1 else (f"at least {least:.0f}", figure.median >= least)
    return Figure(name, "ratio", ratios, target, met, "round by round")
