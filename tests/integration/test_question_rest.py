"""The questions over HTTP: JSON, CSV, pages, and what is refused."""

import csv
import io
import re

import httpx
import pytest

from graphapi.catalogue import Query, read_catalogue
from tests.integration.problem import problem
from tests.integration.questions import UNANSWERED, examples

QUESTIONS = list(read_catalogue().questions.values())
LONDON = {"event": "talks-london-2025-06-09"}
BROWSER = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}


def test_list_has_every_question_and_no_text_of_the_products_own(service: httpx.Client) -> None:
    body = service.get("/api/v1/queries").json()
    names = [one["name"] for one in body["items"]]
    assert {"attendees", "path", "positions", "position-history", "conflicts", "evidence-for", "coverage-gaps"} <= set(names)
    assert {"graph-nodes", "delegation-lists", "process-rounds", "entity"}.isdisjoint(names)
    assert [one["name"] for one in body["items"] if one["axes"]] == [query.name for query in QUESTIONS if query.shape == "matrix"]
    assert all(one["title"] and one["description"] and one["columns"] for one in body["items"])


@pytest.mark.parametrize("query", QUESTIONS, ids=lambda query: query.name)
def test_answer_has_the_promised_shape(service: httpx.Client, query: Query) -> None:
    body = service.get(f"/api/v1/queries/{query.name}", params=examples(query)).json()
    said = ["graph", "matrix", "scalar", "truncated", "not_in_sources"]
    assert list(body) == ["query", "parameters", "as_of", "datasets", "columns", "rows", "names", *said]
    assert body["columns"] == list(query.returns)
    assert all(list(row) == body["columns"] for row in body["rows"])
    assert list(body["parameters"]) == list(query.parameters)
    assert body["datasets"] == [{"id": "us-china-london-2025", "version": "1.1.0"}]
    assert (body["graph"] is None) == (query.shape != "graph")
    assert (body["matrix"] is None) == (query.shape != "matrix")


def test_ids_of_sides_keep_their_names_beside_the_rows(service: httpx.Client) -> None:
    attendees = service.get("/api/v1/queries/attendees", params={"event": "uk-announcement-of-round"}).json()
    assert {row["side"] for row in attendees["rows"]} == {"united-kingdom"}
    assert attendees["names"] == {"china": "China", "united-kingdom": "United Kingdom", "united-states": "United States"}
    # A cell that says something behind the id, and a question without ids of sides.
    owed = service.get("/api/v1/queries/commitments", params={"agreement": "geneva-deal"}).json()
    assert ["united-states: delayed by china"] in [row["according"] for row in owed["rows"]]
    assert owed["names"]["united-states"] == "United States"
    assert service.get("/api/v1/queries/post-holders", params={"post": "post-us-president"}).json()["names"] == {}


@pytest.mark.parametrize("query", QUESTIONS, ids=lambda query: query.name)
@pytest.mark.parametrize(("suffix", "headers"), [(".csv", {}), ("", {"Accept": "text/csv"})], ids=["suffix", "accept"])
def test_csv_has_a_line_a_row(service: httpx.Client, query: Query, suffix: str, headers: dict[str, str]) -> None:
    answer = service.get(f"/api/v1/queries/{query.name}{suffix}", params=examples(query), headers=headers)
    assert answer.headers["content-type"].startswith("text/csv")
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(lines) == len(service.get(f"/api/v1/queries/{query.name}.json", params=examples(query)).json()["rows"])


@pytest.mark.parametrize(
    ("path", "given", "status", "parameter", "says"),
    [
        ("attendees", {}, 400, "event", "talks-london-2025-06-09"),
        ("attendees", {"event": ""}, 400, "event", "talks-london-2025-06-09"),
        ("attendees", {"event": "howard-lutnick"}, 400, "event", "a Person, not an Event"),
        ("attendees", {"event": "reuters-london-preview"}, 400, "event", "a Source, not an Event"),
        ("attendees", {"event": "talks-londn"}, 404, "event", "talks-london-2025-06-09"),
        ("attendees", {"event": "x" * 1000}, 400, "event", "the id of an Event"),
        ("attendees", {"event": "*:*"}, 404, "event", "no entity"),
        ("attendees", {**LONDON, "evnt": "1"}, 400, "evnt", "event, as_of"),
        ("attendees", {**LONDON, "as_of": "2025-13"}, 400, "as_of", "a day, a month or a year"),
        ("attendance-difference", {"first": LONDON["event"], "second": LONDON["event"]}, 400, "second", "the same"),
        ("claims-on-issue", {"issue": "taiwan-status", "from": "yesterday"}, 400, "from", "a day, a month or a year"),
        ("claims-on-issue", {"issue": "taiwan-status", "from": "2025-07", "to": "2025-06"}, 400, "to", "before from"),
        ("claims-on-issue", {"issue": "taiwan-status", "side": "howard-lutnick"}, 400, "side", "not a Country"),
        ("path", {"from": "howard-lutnick", "to": "export-controls", "max_hops": "9223372036854775808"}, 400, "max_hops", "from 1 to 8"),
        ("path", {"from": "howard-lutnick", "to": "export-controls", "max_hops": "NaN"}, 400, "max_hops", "from 1 to 8"),
        ("path", {"from": "howard-lutnick", "to": "export-controls", "max_hops": "-1"}, 400, "max_hops", "from 1 to 8"),
    ],
)
def test_wrong_parameter_is_refused_by_name_with_what_is_expected(
    service: httpx.Client, path: str, given: dict[str, str], status: int, parameter: str, says: str
) -> None:
    body = problem(service.get(f"/api/v1/queries/{path}", params=given), status)
    assert body["parameter"] == parameter
    assert says in f"{body['detail']} {body.get('hint', '')}"


@pytest.mark.parametrize("name", ["attendes", "attendees.html", "attendees.xml", "graph-nodes", "%00", "%ED%A0%80", "x" * 3000])
def test_unknown_question_is_a_problem(service: httpx.Client, name: str) -> None:
    body = problem(service.get(f"/api/v1/queries/{name}", params=LONDON), 404)
    assert isinstance(body["close"], list)


def test_unknown_question_lists_close_names(service: httpx.Client) -> None:
    assert problem(service.get("/api/v1/queries/attendes", params=LONDON), 404)["close"][0] == "attendees"


def test_list_of_questions_links_to_each_page(service: httpx.Client) -> None:
    page = service.get("/queries").text
    assert all(f'href="/queries/{query.name}"' in page for query in QUESTIONS)


@pytest.mark.parametrize("query", QUESTIONS, ids=lambda query: query.name)
def test_page_has_form_answer_and_cypher_without_its_script(service: httpx.Client, query: Query) -> None:
    answer = service.get(f"/queries/{query.name}", params=examples(query))
    page, policy = answer.text, answer.headers["content-security-policy"]
    assert page.count("<script") == 1
    assert "default-src 'none'; style-src 'sha256-" in policy
    assert "script-src 'sha256-" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert all(f'name="{name}"' in page for name in (*query.parameters, "as_of"))
    assert f'href="/api/v1/queries/{query.name}.json{"?" if query.parameters else ""}' in page
    assert "MATCH" in page
    if query.name in UNANSWERED:
        return
    assert re.search(r'href="#reuters-london-preview%3Ap\d+"', page)
    assert re.search(r'id="reuters-london-preview%3Ap\d+"', page)


def test_list_is_searched_on_the_server_too(service: httpx.Client) -> None:
    page = service.get("/queries", params={"q": "TARIFF rate"}).text
    assert 'href="/queries/stacked-rate"' in page
    assert 'href="/queries/attendees"' not in page
    assert "No question has these words" in service.get("/queries", params={"q": "<script>alert(1)"}).text


def test_page_names_sides_and_sources_and_json_keeps_their_ids(service: httpx.Client) -> None:
    page = service.get("/queries/attendees", params=LONDON).text
    assert '<bdi title="united-states">United States</bdi>' in page
    assert "Reuters report on the eve…</bdi>" in page
    assert service.get("/api/v1/queries/attendees", params=LONDON).json()["rows"][0]["side"] == "china"


@pytest.mark.parametrize(
    ("name", "given", "says"),
    [
        ("attendance-difference", {"first": "talks-geneva-2025-05", "second": LONDON["event"]}, "<bdi>Geneva talks</bdi></th>"),
        ("commitments", {"agreement": "geneva-deal"}, "<bdi>According to United States</bdi></th>"),
        ("commitments", {"agreement": "geneva-deal"}, "<bdi>delayed by China</bdi>"),
        ("broken-promises", {}, '<th scope="col"><bdi>Reply</bdi></th>'),
    ],
)
def test_two_sides_stand_beside_each_other(service: httpx.Client, name: str, given: dict[str, str], says: str) -> None:
    assert says in service.get(f"/queries/{name}", params=given).text


def test_series_is_drawn_by_its_dates(service: httpx.Client) -> None:
    page = service.get("/queries/measure-history", params={"measure": "us-tariffs-on-china-2025"}).text
    rows = service.get("/api/v1/queries/measure-history", params={"measure": "us-tariffs-on-china-2025"}).json()["rows"]
    assert len(re.findall(r'<a href="#entry-\d+" class="mark (day|lasting|unsure)">', page)) == sum(bool(row["date"]) for row in rows)
    assert page.count('<li id="entry-') == len(rows)


def test_page_names_every_way_to_the_answer(service: httpx.Client) -> None:
    page = service.get("/queries/path", params={"from": "howard-lutnick", "to": "export-controls"}).text
    asked = "?from=howard-lutnick&amp;to=export-controls"
    api = "/api/v1/queries/path"
    for address in (f"/queries/path{asked}", f"{api}.json{asked}", f"{api}.csv{asked}", f"{api}.snapshot.json{asked}"):
        assert f'href="{address}"' in page
    assert f'href="/queries/path.html{asked}"' in page
    assert f'data-embed="/embed/queries/path{asked}"' in page
    assert 'href="/cypher?query=path&amp;from=howard-lutnick&amp;to=export-controls"' in page
    assert f"curl --fail --globoff &#39;http://127.0.0.1:8000{api}{asked}&#39;" in page


def test_page_shows_what_is_not_in_the_sources(service: httpx.Client) -> None:
    page = service.get("/queries/attendees", params=LONDON).text
    assert "Not in our sources" in page
    assert "do not name everybody" in page


def test_page_without_parameters_is_the_form_with_an_example(service: httpx.Client) -> None:
    page = service.get("/queries/attendees").text
    assert 'href="/queries/attendees?event=talks-london-2025-06-09"' in page
    assert '<option value="talks-geneva-2025-05" data-kind="Round">Geneva talks</option>' in page
    assert "<table" not in page


def test_page_says_to_a_person_what_was_wrong_and_escapes_it(service: httpx.Client) -> None:
    answer = service.get("/queries/attendees", params={"event": "<script>alert(1)</script>"}, headers=BROWSER)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "<script>alert" not in answer.text
    assert "There is no entity with the id" in answer.text
    assert 'aria-invalid="true" autofocus' in answer.text


def test_page_asked_for_by_a_program_is_a_problem_when_refused(service: httpx.Client) -> None:
    problem(service.get("/queries/attendees", params={"event": "nobody"}), 404)
    problem(service.get("/queries/nothing"), 404)


def test_form_with_fields_left_empty_is_answered(service: httpx.Client) -> None:
    sent = {"issue": "taiwan-status", "side": "", "from": "", "to": "", "as_of": ""}
    page = service.get("/queries/claims-on-issue", params=sent)
    assert page.status_code == 200
    assert "threatening steps over Taiwan" in page.text
    assert 'href="/queries/claims-on-issue?issue=taiwan-status"' in page.text


def test_page_is_known_again_by_its_tag(service: httpx.Client) -> None:
    first = service.get("/queries/attendees", params=LONDON)
    again = service.get("/queries/attendees", params=LONDON, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_graph_of_a_path_is_a_drawn_page(service: httpx.Client) -> None:
    given = {"from": "howard-lutnick", "to": "export-controls"}
    page = service.get("/queries/path.html", params=given).text
    assert "US Department of Commerce" in page
    assert "Jamieson Greer" not in page
    problem(service.get("/queries/attendees.html", params=LONDON), 404)
