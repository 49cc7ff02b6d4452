"""One file, the same bytes for the same graph, guarded by hashes of what really stands in it."""

import base64
import hashlib
import json
import re
import subprocess
import sys
import time
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from graphapi.errors import UsageError
from graphapi.ingest import read_dataset
from graphapi.model import Graph
from tests.browser.negotiation import ONTOLOGY, crowd, negotiation, planted
from visualizer import Page, View, assets, draw
from visualizer.network import in_ascii

HOSTILE = {
    "closes the script": "</script><script>window.__xss=1</script>",
    "comment and script": "<!--<script>",
    "CDATA": "]]></script>",
    "svg": "<svg/onload=window.__xss=1>",
    "image": '"><img src=x onerror=window.__xss=1>',
    "entities": "&lt;script&gt;window.__xss=1&lt;/script&gt;",
    "quotes": "'};window.__xss=1;//",
    "backslash": '\\"};window.__xss=1;//',
    "lone backslash": "\\",
    "template literal": "${window.__xss=1}`",
    "jinja": "{{7*7}}{% raw %}",
    "line separators": "\u2028window.__xss=1\u2029",
    "bidi": "\u202eevil\u202c txt.exe",
    "byte order mark": "\ufeffBOM",
    "address": "javascript:window.__xss=1",
    "prototype": "__proto__",
}


def drawn(graph: Graph | None = None, **view: Any) -> Page:
    return draw(graph if graph is not None else negotiation(), View(title="A tiny negotiation", **view), ONTOLOGY)


@pytest.fixture(scope="module")
def calm() -> Page:
    return drawn()


def blocks(page: Page, tag: str) -> list[str]:
    found = re.findall(rf'<{tag}(?: type="text/plain")?>(.*?)</{tag}>', page.html.decode(), re.DOTALL)
    assert found
    return found


def data(page: Page, name: str = "page") -> Any:
    found = re.search(rf'<script type="application/json" id="data-{name}">(.*?)</script>', page.html.decode(), re.DOTALL)
    assert found is not None
    return json.loads(found.group(1))


def hashed(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def test_policy_holds_the_hashes_of_the_scripts_and_styles_that_stand_in_the_page() -> None:
    page = drawn()
    directives = dict(part.strip().split(" ", 1) for part in page.policy.split(";"))
    assert directives["script-src"].split() == [hashed(script) for script in blocks(page, "script")]
    assert directives["style-src"].split() == [hashed(sheet) for sheet in blocks(page, "style")]
    assert directives["default-src"] == "'none'"
    assert "unsafe" not in page.policy


def test_script_of_the_first_picture_runs_at_once_and_the_others_wait_as_text() -> None:
    found = re.findall(r'<script( type="text/plain")?>', drawn().html.decode())
    assert found == ["", ' type="text/plain"', ' type="text/plain"']
    assert "vis.Network" not in assets.scripts()[0]


def test_policy_of_the_meta_tag_is_that_of_the_header_without_frame_ancestors() -> None:
    page = drawn()
    found = re.search(r'http-equiv="Content-Security-Policy" content="(.*?)"', page.html.decode())
    assert found is not None
    assert f"{unescape(found.group(1))}; frame-ancestors 'none'" == page.policy


@pytest.mark.parametrize(("live", "allowed"), [(None, "'none'"), ("/api/v1", "'self'")])
def test_page_may_connect_only_where_it_is_served(live: str | None, allowed: str) -> None:
    assert f"connect-src {allowed};" in drawn(live=live).policy


def test_same_graph_gives_the_same_bytes_in_another_process() -> None:
    code = (
        "import hashlib; from tests.browser.negotiation import *; from visualizer import View, draw;"
        "print(hashlib.sha256(draw(negotiation(), View(title='A tiny negotiation'), ONTOLOGY).html).hexdigest())"
    )
    other = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env={"PYTHONHASHSEED": "77"})
    assert hashlib.sha256(drawn().html).hexdigest() == other.stdout.strip()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_stays_data(text: str, calm: Page) -> None:
    page = drawn(planted(text))
    assert page.html.count(b"<script") == calm.html.count(b"<script")
    assert [hashed(one) for one in blocks(page, "script")] == [hashed(one) for one in blocks(calm, "script")]
    between = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', page.html.decode(), re.DOTALL)
    assert len(between) == 4
    assert not re.search(r"[<>&\u2028\u2029\u202e\ufeff]", "".join(between))
    assert data(page)["entities"]["ann"]["name"].startswith("ann ")


@pytest.mark.parametrize("identifier", ["__proto__", "constructor", "</script>", "1; drop"])
def test_hostile_id_stays_data(identifier: str) -> None:
    graph = negotiation()
    nodes = tuple(node.model_copy(update={"id": identifier}) if node.id == "cy" else node for node in graph.nodes)
    page = drawn(graph.model_copy(update={"nodes": nodes}))
    assert identifier in data(page)["entities"]
    assert b'</script>"' not in page.html


def test_title_is_escaped() -> None:
    page = draw(negotiation(), View(title="<img src=x> & {{7*7}}"), ONTOLOGY)
    assert b"<title>&lt;img src=x&gt; &amp; {{7*7}}</title>" in page.html


def test_vis_network_is_told_only_keys_of_a_fixed_list() -> None:
    page = drawn(planted("physics"))
    keys = {key for node in data(page, "nodes") for key in node}
    assert keys == {
        "id",
        "label",
        "shape",
        "x",
        "y",
        "size",
        "room",
        "bold",
        "narrow",
        "dated",
        "kind",
        "colour",
        "weight",
        "waits",
        "days",
    }
    keys = {key for line in data(page, "lines") for key in line}
    assert keys == {"id", "from", "to", "family", "caption", "dashes", "bend", "narrow", "parts", "days", "held", "certainty"}


def test_page_names_no_address_but_those_of_the_data() -> None:
    text = drawn().html.decode()
    for script in blocks(drawn(), "script"):
        text = text.replace(script, "")
    assert set(re.findall(r"https?://[\w./-]+", text)) <= {"https://example.org/report", "http://www.w3.org/2000/svg"}
    assert "sourceMappingURL" not in drawn().html.decode()


def test_page_of_a_crowd_stays_small() -> None:
    assert len(drawn(crowd(171)).html) < 1_000_000


def test_page_of_45_stays_under_900_kb() -> None:
    assert len(drawn(crowd(45)).html) < 900_000


def test_overview_says_how_its_groups_open() -> None:
    page = drawn(crowd(300), overview=True)
    assert b"a double click opens a group" in page.html
    assert sum(len(group["members"]) for group in data(page)["groups"]) == 300


def test_json_is_ascii_also_for_a_lone_half_of_a_surrogate_pair() -> None:
    assert in_ascii({"a": "\u202eé\U0001f600"}) == '{"a":"\\u202e\\u00e9\\ud83d\\ude00"}'
    assert in_ascii("\ud800") == '"\\ud800"'


def test_london_page_is_small_and_drawn_within_a_second() -> None:
    graph = read_dataset(Path(__file__).parents[2] / "data" / "us-china-london-2025").graph
    seconds = []
    for _ in range(2):
        started = time.process_time()
        page = drawn(graph)
        seconds.append(time.process_time() - started)
    assert min(seconds) < 1
    assert len(page.html) < 1_000_000


def test_first_picture_holds_no_more_than_the_limit() -> None:
    assert sum(node["x"] is not None for node in data(drawn(crowd(171)), "nodes")) == 60


def test_empty_graph_is_a_page() -> None:
    page = drawn(Graph())
    assert data(page, "nodes") == []
    assert b"There is nothing to draw" in page.html


def test_neighbourhood_without_sources_is_a_page() -> None:
    graph = negotiation()
    kept = tuple(node for node in graph.nodes if node.id in ("ann", "first-round"))
    ties = tuple(tie for tie in graph.relationships if {tie.start, tie.end} <= {"ann", "first-round"})
    page = drawn(Graph(nodes=kept, relationships=ties))
    assert len(data(page, "nodes")) == 2
    assert data(page)["evidence"]["report:p4"]["source"] == "report"


def test_asset_that_would_end_its_element_is_refused() -> None:
    with pytest.raises(UsageError, match="end its element"):
        assets.inline("x</ScRiPt>")


def test_unknown_form_of_vis_network_is_refused() -> None:
    with pytest.raises(UsageError, match="unknown way"):
        assets.without_styles("var x=1;")


@pytest.mark.parametrize("live", ["javascript:1", "api", "data:x"])
def test_live_base_must_be_a_path_or_an_http_address(live: str) -> None:
    with pytest.raises(ValueError, match="live"):
        View(title="x", live=live)
