"""The console in a real browser: written, run, ended, shown, linked, saved; by keyboard, on a phone, in the dark, with hostile data."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from graphapi.catalogue import read_query
from graphapi.store import Store
from tests.browser.conftest import DESK, PHONE, Scheme
from tests.browser.test_access import WIDER, grave
from tests.conftest import wait_until

HOSTILE = "<img src=x onerror=\"window.__xss='node'\">'\"</script><script>window.__xss='script'</script>"
ENDLESS = "MATCH (a), (b), (c), (d) RETURN count(*) AS unending, max(a.id + b.id + c.id + d.id) AS m"
RUNNING = """
SHOW TRANSACTIONS YIELD currentQuery
WHERE currentQuery CONTAINS 'AS unending' AND NOT currentQuery STARTS WITH 'SHOW'
RETURN count(*) AS all
""".strip()
Opener = Callable[..., Page]
# CodeMirror takes no choice in the first 75 ms of a list, which a person could not have read.
AFTER_OPENING = 150


@pytest.fixture
def opened(browser: Browser, served: str, london: Store) -> Iterator[Opener]:
    """Opens the console; at the end no script of the data ran, and the page complained of nothing but answers that were refused."""
    contexts: list[BrowserContext] = []
    pages: list[Page] = []
    spoken: list[str] = []

    def open_page(path: str = "/cypher", size: tuple[int, int] = DESK, scheme: Scheme = "light", setup: str = "", **more: object) -> Page:
        phone = size == PHONE
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            reduced_motion="reduce",
            has_touch=phone,
            is_mobile=phone,
            **more,
        )
        contexts.append(context)
        page = context.new_page()
        if setup:
            page.add_init_script(setup)

        def heard(message: ConsoleMessage) -> None:
            if "status of" not in message.text and "ERR_FAILED" not in message.text:
                spoken.append(f"{message.type}: {message.text}")

        page.on("console", heard)
        page.on("pageerror", lambda error: spoken.append(str(error)))
        page.goto(served + path)
        page.wait_for_selector("body[data-words]")
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        assert page.evaluate("window.__xss") is None
    for context in contexts:
        context.close()
    assert spoken == []


def write(page: Page, query: str, **parameters: object) -> None:
    page.evaluate("([query, texts]) => parley.fill(query, texts)", [query, {name: json.dumps(value) for name, value in parameters.items()}])


def ask(page: Page, query: str, **parameters: object) -> None:
    """Run a query and wait until its answer stands there."""
    write(page, query, **parameters)
    page.click("#run")
    expect(page.locator("#run")).to_be_enabled(timeout=15_000)
    expect(page.locator("#fault")).to_be_empty()


def options(page: Page, text: str) -> list[str]:
    """What is offered where | stands in a text."""
    before, after = text.split("|")
    found: list[str] = page.evaluate(
        "([before, after]) => (parley.suggest(before, after, true) || {options: []}).options.map((one) => one.label)", [before, after]
    )
    return found


def test_rows_come_as_a_table_with_links(opened: Opener) -> None:
    page = opened()
    ask(page, "MATCH (n:Person {id: $id}) RETURN n, n.name AS name, 1 AS one, null AS nothing", id="howard-lutnick")
    expect(page.locator("#said")).to_have_text(re.compile(r"^1 row in \d+\.\d s$"))
    link = page.locator("#as-table td a")
    expect(link).to_have_attribute("href", "/entities/howard-lutnick")
    assert page.locator("#as-table td").all_inner_texts()[1:] == ["Howard Lutnick", "1", "null"]
    link.click()
    page.wait_for_url("**/entities/howard-lutnick")


def test_ctrl_enter_runs_what_was_typed_and_completed(opened: Opener) -> None:
    page = opened()
    editor = page.get_by_role("textbox", name="Cypher query")
    editor.click()
    page.keyboard.type("MATCH (p:Pers")
    expect(page.locator(".cm-tooltip-autocomplete li[aria-selected]")).to_contain_text("Person")
    page.wait_for_timeout(AFTER_OPENING)
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    page.keyboard.type(" RETURN count(p) AS people", delay=0)
    page.keyboard.press("Escape")
    assert "(p:Person) RETURN count(p) AS people" in page.evaluate("parley.editorText()")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#said")).to_contain_text("1 row in")
    page.locator("#parameters button").focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#said")).to_contain_text("1 row in")


@pytest.mark.parametrize(
    ("text", "offered", "withheld"),
    [
        ("MATCH (n:|)", "Agency", "LEADS"),
        ("MATCH (n:Person|Ag|)", "Agency", "LEADS"),
        ("MATCH (a)-[:|]->(b)", "LEADS", "Agency"),
        ("MATCH (a)-[r:LEADS|MEM|]->(b)", "MEMBER_OF", "Agency"),
        ("MATCH (d:Delegation) RETURN d.|", "list_complete", "jointly"),
        ("MATCH ()-[r:LEADS]->() RETURN r.|", "jointly", "list_complete"),
        ("MATCH (d:Delegation {|", "list_complete", "jointly"),
        ("RETURN d.| // MATCH (d:Delegation)", "list_complete", "nothing"),
        ("WITH $one AS x MATCH (n {id: $|", "one", "Person"),
        ("CALL |", "db.labels", "MATCH"),
        ("CALL db.|", "db.propertyKeys", "date.truncate"),
        ("RETURN date.|", "date.truncate", "db.labels"),
        ("MATCH (person:Person) RETURN |", "person", "db.labels"),
        ("RETURN |", "coalesce", "apoc.util.sleep"),
    ],
)
def test_completion_knows_where_it_stands(opened: Opener, text: str, offered: str, withheld: str) -> None:
    page = opened()
    before, _, after = text.rpartition("|")
    found: list[str] = page.evaluate(
        "([a, b]) => (parley.suggest(a, b, true) || {options: []}).options.map((one) => one.label)", [before, after]
    )
    assert offered in found
    assert withheld not in found


@pytest.mark.parametrize("text", ["RETURN 'a:|", "MATCH (n) // :|", "MATCH /* (n:|"])
def test_nothing_is_offered_inside_strings_and_comments(opened: Opener, text: str) -> None:
    assert options(opened(), text) == []


def test_refusal_is_underlined_where_it_stands_and_announced(opened: Opener) -> None:
    page = opened()
    write(page, "MATCH (n)\nDETACH DELETE n")
    page.click("#run")
    expect(page.locator("#fault")).to_contain_text("Line 2, column 1: ")
    expect(page.locator("#fault")).to_contain_text("rule: read-only")
    assert page.locator("#fault").get_attribute("role") == "alert"
    expect(page.locator(".cm-lintRange-error")).to_have_text("DETACH")
    page.click("#fault button")
    assert page.evaluate("parley.view.state.selection.main.head") == 10
    ask(page, "RETURN 1 AS one")
    expect(page.locator(".cm-lintRange-error")).to_have_count(0)
    expect(page.locator("#fault")).to_be_empty()


def test_place_counts_characters_not_halves_of_them(opened: Opener) -> None:
    page = opened()
    write(page, "RETURN '👍👍' AS a, nonsense.of('x') AS b")
    page.click("#run")
    expect(page.locator(".cm-lintRange-error")).to_have_text("nonsense")


def test_parameters_are_asked_for_and_faults_stand_at_the_field(opened: Opener) -> None:
    page = opened()
    write(page, "MATCH (n {id: $id}) WHERE n.side = $side RETURN n.name AS name // $comment '$text'")
    assert page.locator("#fields label").all_inner_texts() == ["$id", "$side"]
    page.fill("#fields textarea >> nth=0", "howard-lutnick")
    page.click("#run")
    expect(page.locator("#parameter-0-fault")).to_contain_text("id: expected JSON")
    expect(page.locator("#parameter-1-fault")).to_contain_text("side: expected JSON")
    assert page.evaluate("document.activeElement.id") == "parameter-0"
    page.fill("#fields textarea >> nth=0", '"howard-lutnick"')
    page.fill("#fields textarea >> nth=1", '"united-states"')
    page.click("#run")
    expect(page.locator("#as-table td")).to_have_text("Howard Lutnick")
    page.click("#as-object")
    assert json.loads(page.input_value("#object")) == {"id": "howard-lutnick", "side": "united-states"}
    page.fill("#object", "[")
    page.click("#run")
    expect(page.locator("#object-fault")).to_contain_text("Expected one JSON object")
    page.fill("#object", '{"id": "howard-lutnick", "side": "china"}')
    page.click("#run")
    expect(page.locator("#said")).to_contain_text("0 rows")
    page.click("#as-object")
    assert page.input_value("#parameter-1") == '"china"'


def test_whole_numbers_are_not_rounded(opened: Opener) -> None:
    page = opened()
    page.evaluate("parley.fill('RETURN $n AS n', {n: '9223372036854775807'})")
    page.click("#run")
    expect(page.locator("#as-table td")).to_have_text("9223372036854775807")
    page.click("#tab-json")
    expect(page.locator("#as-json")).to_contain_text("9223372036854775807")


def test_cancel_ends_the_query_on_the_server_too(opened: Opener, london: Store) -> None:
    def runs() -> bool:
        return bool(london.execute_read(RUNNING)[0]["all"])

    page = opened()
    write(page, ENDLESS)
    page.click("#run")
    expect(page.locator("#clock")).to_have_text(re.compile(r"Running, \d\.[1-9] s"))
    assert wait_until(runs, 8)
    page.click("#cancel")
    expect(page.locator("#fault")).to_contain_text("Cancelled after")
    expect(page.locator("#clock")).to_be_empty()
    assert wait_until(lambda: not runs(), 8)
    ask(page, "RETURN 1 AS one")


def test_cut_answer_says_so(opened: Opener) -> None:
    page = opened()
    ask(page, "UNWIND range(1, 1500) AS x RETURN x")
    expect(page.locator("#cut")).to_contain_text("there is more than these rows")
    expect(page.locator("#said")).to_contain_text("1,000 rows")


def test_graph_shows_nodes_of_paths_and_lists_and_plain_strangers(opened: Opener) -> None:
    page = opened()
    ask(
        page,
        "MATCH p = (:Person {id: 'howard-lutnick'})-[:ABSENT_FROM]->() MATCH (r:Record) WITH p, r LIMIT 1 RETURN p, [r] AS records",
    )
    page.click("#tab-graph")
    assert set(page.locator("#as-graph svg a").evaluate_all("all => all.map((one) => one.getAttribute('href'))")) == {
        "/entities/howard-lutnick",
        "/entities/talks-geneva-2025-05",
    }
    expect(page.locator("#as-graph svg g[role=img][aria-label*=Record]")).to_have_count(1)
    assert page.locator("#as-graph .line").count() == 1
    ask(page, "MATCH (:Person {id: 'howard-lutnick'})-[r:ABSENT_FROM]->() RETURN r LIMIT 1")
    expect(page.locator("#as-graph")).to_contain_text("2 ends not in the answer")
    ask(page, "RETURN {labels: ['x']} AS a")
    expect(page.locator("#as-graph")).to_contain_text("There is nothing to draw")


def test_plan_is_a_list_and_nothing_runs(opened: Opener) -> None:
    page = opened()
    write(page, "UNWIND range(1, 1000000) AS x MATCH (n:Person) RETURN sum(x) AS n")
    page.click("#explain")
    expect(page.locator("#as-plan > ul > li > strong")).to_have_text("ProduceResults")
    assert page.locator("#as-plan ul ul li").count() >= 2
    assert page.get_attribute("#tab-plan", "aria-selected") == "true"
    page.keyboard.press("Tab")
    page.locator("#tab-plan").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "tab-table"


def test_link_fills_the_editor_waits_and_is_never_sent(opened: Opener, served: str) -> None:
    page = opened()
    write(page, "RETURN $a AS a // café &", a={"b": ["ü"]})
    page.click("#sharing summary")
    page.click("#link")
    address = page.input_value("#link-text")
    assert address == page.evaluate("location.href")
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.method + " " + request.url)

    other = page.context.new_page()
    other.on("request", note)
    other.goto(address)
    other.wait_for_selector("body[data-words]")
    assert other.evaluate("parley.editorText()") == "RETURN $a AS a // café &"
    assert json.loads(other.input_value("#parameter-0")) == {"b": ["ü"]}
    expect(other.locator("#answer")).to_be_hidden()
    assert sorted(asked) == [f"GET {served}/api/v1/cypher/schema", f"GET {served}/api/v1/datasets", f"GET {served}/cypher"]
    other.click("#run")
    expect(other.locator("#as-table td")).to_contain_text("ü")


def test_hostile_link_is_text(opened: Opener) -> None:
    held = urlencode({"query": f"RETURN '{HOSTILE}'", "parameters": '{"__proto__": {"x": 1}}'}, quote_via=quote)
    page = opened(f"/cypher#{held}")
    assert page.evaluate("parley.editorText()") == f"RETURN '{HOSTILE}'"
    assert page.evaluate("({}).x") is None
    expect(page.locator("#answer")).to_be_hidden()
    broken = opened("/cypher#query=RETURN%20$a&parameters=%7Bnot%20json")
    expect(broken.locator("#parameter-0")).to_have_value("")


def test_hostile_strings_are_text_everywhere(opened: Opener) -> None:
    page = opened()
    ask(
        page,
        "MATCH (n:Person {id: 'howard-lutnick'}) RETURN $h AS text, [$h, [$h]] AS list, {a: $h} AS map, "
        f"{{id: $h, labels: [$h, 'Entity'], name: $h, properties: {{side: $h, icon: '__proto__'}}}} AS node, "
        f"{{id: $h, type: $h, `from`: $h, `to`: 'javascript:1', evidence: [$h], properties: {{}}}} AS rel, n AS `{HOSTILE}`",
        h=HOSTILE,
    )
    for name in ("table", "graph", "json"):
        page.click(f"#tab-{name}")
        assert HOSTILE in page.locator(f"#as-{name}").inner_text().replace('\\"', '"') or name == "graph"
        assert page.locator(f"#as-{name} img, #as-{name} script").count() == 0
    assert page.locator("a[href^='javascript'], a[href*='onerror']").count() == 0


def test_history_is_kept_capped_and_cleared(opened: Opener) -> None:
    page = opened()
    ask(page, "RETURN $a AS a", a=5)
    ask(page, "RETURN 2 AS b")
    page.reload()
    page.wait_for_selector("body[data-words]")
    page.click("#past summary")
    assert page.locator("#past-list button").all_inner_texts() == ["RETURN 2 AS b", "RETURN $a AS a"]
    page.locator("#past-list button").nth(1).click()
    assert page.evaluate("parley.editorText()") == "RETURN $a AS a"
    assert page.input_value("#parameter-0") == "5"
    page.evaluate("for (let n = 0; n < 80; n += 1) parley.remember({ query: `RETURN ${n}`, parameters: '{}' })")
    assert page.locator("#past-list button").count() == 50
    page.click("#past-clear")
    assert page.evaluate("localStorage.length") == 0
    expect(page.locator("#past-note")).to_contain_text("Nothing has run yet")


def test_denied_storage_costs_only_the_memory(opened: Opener) -> None:
    denied = "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get() { throw new Error(); } });"
    page = opened(setup=denied)
    ask(page, "RETURN 1 AS one")
    page.click("#past summary")
    assert page.locator("#past-list button").count() == 1
    expect(page.locator("#past-note")).to_contain_text("gone when you leave")


def test_files_of_the_answer(opened: Opener, tmp_path: Path) -> None:
    page = opened()
    ask(page, 'RETURN "=1+1" AS formula, \'a "b", c\' AS quoted, 9007199254740993 AS large, 1.0 AS float, [1, null] AS list, null AS none')
    with page.expect_download() as saved:
        page.click("#save-csv")
    assert saved.value.suggested_filename == "answer.csv"
    text = saved.value.path().read_bytes().decode()
    assert text == '\ufeffformula,quoted,large,float,list,none\r\n\'=1+1,"a ""b"", c",9007199254740993,1,1; null,\r\n'
    with page.expect_download() as saved:
        page.click("#save-json")
    raw = saved.value.path().read_text(encoding="utf-8")
    assert "9007199254740993,1.0" in raw
    assert json.loads(raw)["columns"][0] == "formula"


JUNE = {"earliest": "2025-06-01", "latest": "2025-06-30"}


@pytest.mark.parametrize(
    ("query", "parameters", "types", "columns"),
    [
        ("MATCH (n:Person {id: $id}) RETURN n, n.name AS name", {"id": "howard-lutnick"}, {"id": "text"}, {"n": "node", "name": "text"}),
        (
            "// why: this is no header\nRETURN $a AS `a: {b}`, $as_of.latest AS d",
            {"a": [HOSTILE, "\u2028é\x85"], "as_of": JUNE},
            {"a": "texts"},
            {"a: {b}": "texts", "d": "date"},
        ),
        (
            "RETURN $n AS n, $when.latest AS w, 1.5 AS f, true AS b, {a: 1} AS m, [1] AS l",
            {"n": 5, "when": JUNE},
            {"n": "integer", "when": "date"},
            {"n": "integer", "w": "date", "f": "number", "b": "boolean", "m": "map", "l": "list"},
        ),
        ("RETURN 1 AS one", {}, {}, {"one": "integer"}),
    ],
    ids=["node", "hostile", "types", "bare"],
)
def test_saved_query_file_is_one_that_the_catalogue_reads(
    opened: Opener, tmp_path: Path, query: str, parameters: dict[str, object], types: dict[str, str], columns: dict[str, str]
) -> None:
    page = opened()
    page.click("#sharing summary")
    page.click("#file-save")
    expect(page.locator("#file-fault")).to_contain_text("title")
    page.fill("#file-title", "Who: “said” it? # yes")
    page.fill("#file-description", HOSTILE)
    write(page, query, **parameters)
    page.click("#file-save")
    expect(page.locator("#file-fault")).to_contain_text("Run the query first")
    ask(page, query, **parameters)
    with page.expect_download() as saved:
        page.click("#file-save")
    assert saved.value.suggested_filename == "who-said-it-yes.cypher"
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    found = read_query(file)
    assert (found.title, found.description) == ("Who: “said” it? # yes", HOSTILE)
    assert {name: one.type for name, one in found.parameters.items()} == types
    assert {name: one.type for name, one in found.returns.items()} == columns
    assert found.text.endswith(query + "\n")
    for name in types:
        given = parameters[name]
        assert found.parameters[name].example == (given["earliest"] if isinstance(given, dict) else given)


def test_question_of_the_catalogue_opens_and_waits(opened: Opener) -> None:
    page = opened("/cypher?query=claims-on-issue")
    expect(page.locator("#opened")).to_contain_text("Nothing has run yet")
    expect(page.locator("#opened a")).to_have_attribute("href", "/queries/claims-on-issue")
    assert "MATCH" in page.evaluate("parley.editorText()")
    expect(page.locator("#answer")).to_be_hidden()
    page.click("#run")
    expect(page.locator("#as-table tbody tr").first).to_be_visible(timeout=15_000)
    assert page.input_value("#file-title")


@pytest.mark.parametrize(
    ("status", "headers", "body", "said"),
    [
        (401, {}, {"detail": "The key is not known."}, "remove it"),
        (403, {}, {"detail": "A page of another site may not do this."}, "Open this page from the service itself"),
        (429, {"Retry-After": "3"}, {"detail": "4 queries run already."}, "about 3 s"),
        (503, {"Retry-After": "5"}, {"detail": "The database does not answer."}, "when its database does"),
        (504, {}, {"detail": "It took longer than 10 s."}, "add LIMIT"),
        (500, {}, ["nonsense"], "refused with the status 500"),
        (200, {}, {"no": "rows"}, "cannot be read"),
    ],
)
def test_refusals_are_sentences_that_say_what_to_do(opened: Opener, status: int, headers: dict[str, str], body: object, said: str) -> None:
    page = opened()
    page.route("**/api/v1/cypher", lambda route: route.fulfill(status=status, headers=headers, json=body))
    write(page, "RETURN 1 AS one")
    page.click("#run")
    expect(page.locator("#fault")).to_contain_text(said)
    expect(page.locator("#run")).to_be_enabled()


def test_service_that_is_gone_is_said(opened: Opener) -> None:
    page = opened()
    page.route("**/api/v1/cypher", lambda route: route.abort())
    write(page, "RETURN 1 AS one")
    page.click("#run")
    expect(page.locator("#fault")).to_contain_text("The service does not answer.")


def test_without_its_words_the_page_still_works(browser: Browser, served: str, london: Store) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/api/v1/cypher/schema", lambda route: route.abort())
    page.goto(f"{served}/cypher")
    page.wait_for_selector("body[data-words=none]")
    assert page.evaluate("parley.suggest('MAT', '', true).options.map((one) => one.label)")[0] == "MATCH"
    ask(page, "MATCH (n:Person) RETURN n LIMIT 1")
    page.click("#tab-graph")
    assert page.locator("#as-graph svg a").count() == 1
    context.close()


def test_key_is_sent_as_bearer_and_kept_in_the_tab_only(opened: Opener) -> None:
    page = opened()
    sent: list[str | None] = []

    def note(route: object) -> None:
        sent.append(route.request.headers.get("authorization"))  # type: ignore[attr-defined]
        route.fulfill(json={"columns": ["a"], "rows": [[1]], "truncated": False})  # type: ignore[attr-defined]

    page.route("**/api/v1/cypher", note)
    page.click("#keyed summary")
    page.fill("#key", "secret-key")
    ask(page, "RETURN 1 AS a")
    assert page.evaluate(
        "[sessionStorage.getItem('parley-key'), JSON.stringify(localStorage).includes('secret-key'), parley.linkOf().includes('secret')]"
    ) == ["secret-key", False, False]
    page.reload()
    page.wait_for_selector("body[data-words]")
    page.click("#keyed summary")
    page.click("#key-forget")
    ask(page, "RETURN 2 AS a")
    assert sent == ["Bearer secret-key", None]
    assert page.evaluate("sessionStorage.length") == 0


def test_editor_does_not_hold_the_keyboard(opened: Opener) -> None:
    page = opened()
    page.get_by_role("textbox", name="Cypher query").focus()
    page.keyboard.type("MATCH (n:Per")
    expect(page.locator(".cm-tooltip-autocomplete")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "run"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.id") == "editor"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.id") != "editor"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_grave_and_nothing_too_wide(opened: Opener, scheme: Scheme, size: tuple[int, int]) -> None:
    page = opened(size=size, scheme=scheme)
    assert grave(page) == []
    ask(page, "MATCH (p:Person)-[r:TOOK_PART_IN]->(e) WHERE p.id <> $id RETURN p, r, e, p.evidence AS places LIMIT 20 // 'text' 5", id="x")
    for summary in page.locator(".panel summary").all():
        summary.click()
    for name in ("table", "graph", "json", "plan"):
        page.click(f"#tab-{name}")
        assert (name, grave(page)) == (name, [])
        assert page.evaluate(WIDER) <= 0
    write(page, "RETURN nonsense.of(1) AS x, $missing AS y")
    page.fill("#parameter-0", "nope")
    page.click("#run")
    assert grave(page) == []
    page.fill("#parameter-0", "1")
    page.click("#run")
    expect(page.locator("#fault")).to_contain_text("rule: function")
    assert grave(page) == []


def test_without_scripts_the_page_says_how_else(browser: Browser, served: str, london: Store) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}/cypher")
    expect(page.locator("noscript .refused")).to_be_visible()
    assert "This page needs JavaScript" in page.locator("noscript").inner_html()
    expect(page.locator("#console")).to_be_hidden()
    context.close()
