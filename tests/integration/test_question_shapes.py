"""Answers that are a matrix or a series: as JSON, CSV, pages and on the command line."""

import csv
import io
import json
import re
from pathlib import Path

import httpx

from graphapi.store import Store
from tests.conftest import Database
from tests.integration.command_line import run

HISTORY = {"side": "united-states", "issue": "geneva-compliance"}


def rows_of(page: str) -> list[str]:
    """The rows of the table of a page, without tags."""
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL)]


def test_matrix_points_from_its_cells_to_rows(service: httpx.Client) -> None:
    body = service.get("/api/v1/queries/positions").json()
    matrix = body["matrix"]
    assert matrix["axes"] == {"down": "issue", "across": "side"}
    for down, cells in zip(matrix["down"], matrix["cells"], strict=True):
        for across, numbers in zip(matrix["across"], cells, strict=True):
            assert all(
                (body["rows"][number]["issue"]["id"], body["rows"][number]["side"]) == (down["id"], across["id"]) for number in numbers
            )


def test_matrix_page_has_sides_across_and_issues_down(service: httpx.Client) -> None:
    page = service.get("/queries/positions").text
    rows = rows_of(page)
    assert rows[0] == "issue United States China United Kingdom"
    taiwan = next(row for row in rows if row.startswith("Status of Taiwan"))
    assert re.fullmatch(r"Status of Taiwan — .*take no steps over Taiwan.*\[2025-06-05\.\.2025-06-08\].*p6 —", taiwan)
    assert 'href="/entities/pos-china-taiwan"' in page


def test_series_without_a_row_says_so_and_draws_none(service: httpx.Client) -> None:
    page = service.get("/queries/position-history", params={"side": "united-states", "issue": "taiwan-status"}).text
    assert "Our sources hold no position of United States on Status of Taiwan." in page
    assert '<ol class="series"' not in page


def test_matrix_as_csv_is_a_line_a_position(service: httpx.Client) -> None:
    lines = list(csv.DictReader(io.StringIO(service.get("/api/v1/queries/positions.csv").content.decode("utf-8-sig"))))
    taiwan = [line for line in lines if line["issue"] == "taiwan-status"]
    assert [(line["side"], line["position"], line["date"]) for line in taiwan] == [
        ("china", "pos-china-taiwan", "[2025-06-05..2025-06-08]")
    ]


def test_series_page_is_a_dated_list(service: httpx.Client) -> None:
    page = service.get("/queries/position-history", params=HISTORY).text
    listed = re.search(r'<ol class="series">(.*?)</ol>', page, re.DOTALL)
    assert listed is not None
    dates = re.findall(r'<span class="when">\s*<bdi>(.*?)</bdi>', listed[1])
    assert dates == ["[2025-05-01..2025-06-08]", "[..2025-06-08]", "2025-06-08", "2025-06-08"]
    assert 'href="/entities/call-trump-xi-2025-06"' in listed[1]


def test_question_without_parameters_is_answered_at_once(service: httpx.Client) -> None:
    assert "10 rows" not in service.get("/queries/position-history").text
    assert "4 rows" in service.get("/queries/conflicts").text


def test_relationship_among_examples_leads_to_its_record(service: httpx.Client) -> None:
    page = service.get("/queries/coverage-gaps").text
    address = re.search(r'href="(/api/v1/relationships/howard-lutnick--HOLDS--[^"]+)"', page)
    assert address is not None
    assert service.get(address[1]).json()["type"] == "HOLDS"


def test_matrix_and_series_on_the_command_line(london: Store, database: Database, tmp_path: Path) -> None:
    filled = {"NEO4J_URI": database.uri, "NEO4J_USERNAME": database.username, "NEO4J_PASSWORD": database.password}
    matrix = run("query", "positions", folder=tmp_path, variables=filled).stdout.splitlines()
    assert matrix[0].split() == ["United", "States", "China", "United", "Kingdom"]
    taiwan = next(line for line in matrix if line.startswith("Status of Taiwan"))
    assert "The US should take no steps over Taiwan that threaten., [2025-06-05..2025-06-08], surely" in taiwan
    body = json.loads(run("query", "positions", "--format", "json", folder=tmp_path, variables=filled).stdout)
    assert len(body["matrix"]["across"]) == 3
    series = run("query", "position-history", "side=united-states", "issue=geneva-compliance", folder=tmp_path, variables=filled).stdout
    assert series.splitlines()[3].startswith("2025-06-08")


def test_number_of_independent_sources_stands_above_the_rows_and_on_the_command_line(
    service: httpx.Client, database: Database, tmp_path: Path
) -> None:
    # p6 tells what the Chinese government's summary says: two documents, one voice.
    page = service.get("/queries/evidence-for", params={"id": "claim-china-xi-taiwan"}).text
    assert "<dt>sources</dt><dd>2</dd>" in page
    assert "<dt>independent</dt><dd>1</dd>" in page
    filled = {"NEO4J_URI": database.uri, "NEO4J_USERNAME": database.username, "NEO4J_PASSWORD": database.password}
    done = run("query", "evidence-for", "id=claim-china-xi-taiwan", folder=tmp_path, variables=filled)
    assert "Independent: 1" in done.stderr
