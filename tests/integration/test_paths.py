"""Chains between two entities: over what the sources say is so, and over nothing else."""

from pathlib import Path

import httpx
import pytest

from graphapi.catalogue import read_catalogue
from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.ontology import read_ontology
from graphapi.questions import Paths, Question, find_paths
from graphapi.store import Store
from tests.datasets import HEAD, write_dataset
from tests.integration.problem import problem

REPORT = "reuters-london-preview"
WEB = """\
sources:
  - {id: report, name: A report, kind: news-report, grade: B, date: 2025-06-08, paragraphs: {p1: {summary: Says it all.}}}
entities:
  Country:
    - {id: a-land, name: A-Land, evidence: [report:p1]}
    - {id: b-land, name: B-Land, evidence: [report:p1]}
  Person:
    - {id: ann, name: Ann, side: a-land, evidence: [report:p1]}
    - {id: bo, name: Bo, side: b-land, evidence: [report:p1]}
    - {id: cy, name: Cy, evidence: [report:p1]}
  Delegation:
    - {id: team, name: Team, side: a-land, list_complete: true, evidence: [report:p1]}
  Round:
    - {id: held, name: Held, kind: round, date: 2025-05, evidence: [report:p1]}
    - {id: ahead, name: Ahead, kind: round, date: 2025-07, status: announced, evidence: [report:p1]}
  Organization:
ORGANISATIONS
relationships:
  MEMBER_OF:
    - {start: ann, end: team, evidence: [report:p1]}
    - {start: ann, end: club-0, evidence: [report:p1]}
MEMBERSHIPS
  SENT_TO:
    - {start: team, end: ahead, evidence: [report:p1]}
    - {start: team, end: held, evidence: [report:p1]}
  TOOK_PART_IN:
    - {start: bo, end: held, evidence: [report:p1]}
    - {start: cy, end: ahead, evidence: [report:p1]}
  ABSENT_FROM:
    - {start: cy, end: held, evidence: [report:p1]}
  PART_OF:
    - {start: club-0, end: a-land, evidence: [report:p1]}
    - {start: club-1, end: a-land, evidence: [report:p1]}
"""


def web(folder: Path, clubs: int) -> Path:
    """Write a data set in which Bo and Cy share `clubs` clubs, all but the first two."""
    organisations = "\n".join(f"    - {{id: club-{number}, name: Club {number}, evidence: [report:p1]}}" for number in range(clubs + 2))
    shared = "\n".join(
        f"    - {{start: {person}, end: club-{number}, evidence: [report:p1]}}" for number in range(2, clubs + 2) for person in ("bo", "cy")
    )
    return write_dataset(folder, WEB.replace("ORGANISATIONS", organisations).replace("MEMBERSHIPS", shared), HEAD)


def paths(store: Store, start: str, end: str, max_hops: int = 6) -> Paths:
    given = {"from": start, "to": end, "max_hops": str(max_hops)}
    return find_paths(store, read_ontology(), read_catalogue(), Question(name="path", given=given))


def walks(found: Paths) -> list[list[str]]:
    """The ids along each chain."""
    return [
        [chain.steps[0]["relationship"]["from"]["id"], *(row["relationship"]["to"]["id"] for row in chain.steps)] for chain in found.chains
    ]


def test_lutnick_comes_to_export_controls_by_his_department(london: Store) -> None:
    # p4: Commerce Secretary; p12: "whose agency oversees export controls for the U.S."; that the regime is about the issue is implied.
    found = paths(london, "howard-lutnick", "export-controls")
    assert walks(found) == [["howard-lutnick", "post-us-commerce-secretary", "us-commerce", "us-export-controls", "export-controls"]]
    assert [row["source"] for row in found.chains[0].steps] == [
        [f"{REPORT}:p4"],
        [f"{REPORT}:p4", f"{REPORT}:p12"],
        [f"{REPORT}:p12"],
        [f"{REPORT}:p12"],
    ]
    assert len(found.graph.nodes) == 5
    assert {one.type for one in found.graph.relationships} == {"HOLDS", "PART_OF", "OVERSEES", "ABOUT"}


@pytest.mark.parametrize("start", ["howard-lutnick", "geneva-deal", "talks-geneva-2025-05", "us-commerce", "donald-trump", "reuters"])
def test_no_path_leads_to_fentanyl(london: Store, start: str) -> None:
    # p12 "did not attend" and p15 "did not address" are the plain shortest path.
    found = paths(london, start, "illicit-fentanyl", 8)
    assert found.chains == ()
    assert found.graph.nodes == ()
    assert "show no connection" in found.answer.not_in_sources[0]


def test_no_chain_of_the_whole_graph_takes_a_forbidden_step(london: Store) -> None:
    ontology = read_ontology()
    people = [
        row["properties"]["id"]
        for row in london.rows("read/graph/entities", label="Person", side="united-states", after="", limit=50, as_of=None)
    ]
    issues = ["export-controls", "tariffs-mutual", "taiwan-status", "rare-earth-exports"]
    steps = 0
    for person in people:
        for issue in issues:
            found = paths(london, person, issue, 8)
            labels = {node.id: node.label for node in found.graph.nodes}
            for chain in found.chains:
                steps += len(chain.steps)
                inner = [row["relationship"]["to"]["id"] for row in chain.steps[:-1]]
                assert all(ontology.labels[labels[one]].in_paths == "through" for one in inner)
                assert all(ontology.relationships[row["relationship"]["type"]].polarity == "positive" for row in chain.steps)
                assert "talks-london-2025-06-09" not in [row["relationship"]["to"]["id"] for row in chain.steps if "SENT_TO" in str(row)]
    assert steps > 20


def test_path_begins_and_ends_at_a_country_and_never_passes_one(store: Store, tmp_path: Path) -> None:
    load(store, read_dataset(web(tmp_path / "web", 1)))
    assert walks(paths(store, "ann", "a-land")) == [["ann", "club-0", "a-land"]]
    assert walks(paths(store, "a-land", "ann")) == [["a-land", "club-0", "ann"]]
    assert walks(paths(store, "ann", "club-1")) == []


def test_delegation_leads_to_the_round_that_was_held_and_not_to_the_one_ahead(store: Store, tmp_path: Path) -> None:
    load(store, read_dataset(web(tmp_path / "web", 0)))
    assert walks(paths(store, "ann", "bo")) == [["ann", "team", "held", "bo"]]
    assert walks(paths(store, "ann", "ahead")) == []
    assert walks(paths(store, "cy", "bo")) == []


def test_all_shortest_chains_are_found_and_cut_at_25(store: Store, tmp_path: Path) -> None:
    load(store, read_dataset(web(tmp_path / "web", 25)))
    whole = paths(store, "bo", "cy")
    assert (len(whole.chains), whole.answer.truncated) == (25, False)
    load(store, read_dataset(web(tmp_path / "more", 26)))
    cut = paths(store, "bo", "cy")
    assert (len(cut.chains), cut.answer.truncated, cut.graph.truncated) == (25, True, True)
    assert walks(cut) == sorted(walks(cut))


def test_max_hops_ends_the_search(london: Store) -> None:
    assert paths(london, "howard-lutnick", "export-controls", 3).chains == ()
    assert len(paths(london, "howard-lutnick", "export-controls", 4).chains) == 1


def test_rest_gives_the_steps_with_words_and_evidence(service: httpx.Client) -> None:
    body = service.get("/api/v1/paths", params={"from": "howard-lutnick", "to": "export-controls", "as_of": "2025-06"}).json()
    assert set(body) == {"paths", "graph", "truncated", "as_of", "not_in_sources"}
    first, *_, last = body["paths"][0]["steps"]
    assert (first["from"]["id"], first["words"], first["to"]["name"]) == ("howard-lutnick", "holds the post", "US Commerce Secretary")
    assert first["evidence"] == [f"{REPORT}:p4"]
    assert last["relationship"] == {
        "id": "us-export-controls--ABOUT--export-controls",
        "type": "ABOUT",
        "outgoing": True,
        "certainty": "implied",
    }
    assert (body["as_of"], body["truncated"], len(body["graph"]["nodes"])) == ("2025-06", False, 5)


def test_rest_reads_a_chain_from_its_other_end(service: httpx.Client) -> None:
    body = service.get("/api/v1/paths", params={"from": "export-controls", "to": "howard-lutnick"}).json()
    steps = body["paths"][0]["steps"]
    assert [step["words"] for step in steps] == ["is the subject of", "is overseen by", "has as a part", "is held by"]
    assert not any(step["relationship"]["outgoing"] for step in steps)


@pytest.mark.parametrize(
    ("given", "status", "parameter", "says"),
    [
        ({"from": "howard-lutnick"}, 400, "to", "missing"),
        ({"from": "howard-lutnik", "to": "export-controls"}, 404, "from", "howard-lutnik"),
        ({"from": "howard-lutnick", "to": "export-controls", "max_hops": "9"}, 400, "max_hops", "9"),
        ({"from": "howard-lutnick", "to": "export-controls", "max_hops": "0"}, 400, "max_hops", "0"),
        ({"from": "howard-lutnick", "to": "export-controls", "max_hops": "many"}, 400, "max_hops", "many"),
        ({"from": "howard-lutnick", "to": "howard-lutnick"}, 400, "to", "the same"),
        ({"from": "claim-us-slow-walking", "to": "export-controls"}, 400, "from", "Claim"),
        ({"from": "howard-lutnick", "to": REPORT}, 400, "to", "Source"),
        ({"from": "howard-lutnick", "to": "export-controls", "hops": "3"}, 400, "hops", "hops"),
        ({"from": "howard-lutnick", "to": "export-controls", "as_of": "soon"}, 400, "as_of", "soon"),
    ],
)
def test_wrong_path_parameter_is_refused_by_name(
    service: httpx.Client, given: dict[str, str], status: int, parameter: str, says: str
) -> None:
    body = problem(service.get("/api/v1/paths", params=given), status)
    assert body["parameter"] == parameter
    assert says in body["detail"]
