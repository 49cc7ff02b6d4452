"""Issues that are tied, people who bridge, people who share a history: on both data sets by hand, and on a small one at the edges."""

import pytest

from graphapi.ingest import read_dataset
from graphapi.ingest.load import load
from graphapi.store import Store
from tests.conftest import Database
from tests.datasets import HEAD, write_dataset
from tests.integration.questions import answer, ids, rows

LINE, LONDON_TALKS = "us-china-trade-talks-2025", "talks-london-2025-06-09"
FACTS = """\
sources:
  - {id: report, name: A report, kind: news-report, grade: B, date: 2025-08-08, paragraphs: {p1: {summary: One.}, p2: {summary: Two.}}}
  - {id: early, name: An early report, kind: news-report, grade: B, date: 2025-01-08, paragraphs: {p1: {summary: One.}}}
entities:
  Country:
    - {id: a-land, name: A-Land, evidence: [report:p1]}
    - {id: b-land, name: B-Land, evidence: [report:p1]}
    - {id: c-land, name: C-Land, evidence: [report:p1]}
  Agency:
    - {id: ministry, name: Ministry, side: a-land, evidence: [report:p1]}
    - {id: treasury, name: Treasury, side: a-land, evidence: [report:p1]}
  Post:
    - {id: post-minister, name: Minister, evidence: [report:p1]}
    - {id: post-deputy, name: Deputy, evidence: [report:p1]}
    - {id: post-spokesman, name: Spokesman, evidence: [report:p1]}
    - {id: post-treasurer, name: Treasurer, evidence: [report:p1]}
    - {id: post-president, name: President, evidence: [report:p1]}
  Person:
    - {id: ann, name: Ann, side: a-land, evidence: [report:p1]}
    - {id: abe, name: Abe, side: a-land, evidence: [report:p1]}
    - {id: amy, name: Amy, side: a-land, evidence: [report:p1]}
    - {id: bo, name: Bo, side: b-land, evidence: [report:p1]}
    - {id: bea, name: Bea, side: b-land, evidence: [report:p1]}
    - {id: cy, name: Cy, side: c-land, evidence: [report:p1]}
    - {id: dee, name: Dee, evidence: [report:p1]}
    - {id: crowd, name: Officials, side: a-land, kind: collective, evidence: [report:p1]}
  Process:
    - {id: talks, name: Talks, evidence: [report:p1]}
    - {id: track, name: Second track, evidence: [report:p1]}
  Round:
    - {id: round-one, name: Round one, kind: round, date: 2025-03-01, evidence: [report:p1]}
    - {id: round-two, name: Round two, kind: round, date: 2025-06-01, evidence: [report:p1]}
    - {id: round-three, name: Round three, kind: round, status: announced, date: 2025-09-01, evidence: [report:p1]}
  Event:
    - {id: call, name: Call, kind: call, date: 2025-07-01, evidence: [report:p1]}
    - {id: order, name: Order, kind: act, date: 2025-07-02, evidence: [report:p1]}
    - {id: elsewhere, name: Elsewhere, kind: meeting, date: 2025-07-03, evidence: [report:p1]}
  Delegation:
    - {id: a-team, name: A team, side: a-land, list_complete: true, evidence: [report:p1]}
  Agreement:
    - {id: deal, name: Deal, kind: deal, date: 2025-06-01, evidence: [report:p1]}
  Measure:
    - {id: duty, name: Duty, kind: tariff, date: 2025-02, evidence: [report:p1]}
  Issue:
    - {id: fish, name: Fish, evidence: [report:p1]}
    - {id: law, name: Law, evidence: [report:p1]}
    - {id: quotas, name: Quotas, evidence: [report:p1]}
    - {id: ships, name: Ships, evidence: [report:p1]}
  Claim:
    - {id: both-in-one, name: Both in one, summary: Fish for quotas., side: a-land, date: 2025-05-01, evidence: [report:p2]}
    - {id: a-report, name: A report, summary: Fish and ships., date: 2025-05-01, evidence: [report:p2]}
  Position:
    - {id: package, name: Package, stance: Law only with quotas., date: 2025-05-02, evidence: [report:p1]}
relationships:
  HOLDS:
    - {start: ann, end: post-minister, valid_from: 2024-01-01, evidence: [report:p1]}
    - {start: abe, end: post-treasurer, evidence: [report:p1]}
    - {start: amy, end: post-deputy, valid_from: 2025-02-01, valid_to: 2025-07-31, evidence: [report:p1]}
    - {start: bo, end: post-president, evidence: [report:p1]}
    - {start: bea, end: post-president, evidence: [report:p1]}
    - {start: cy, end: post-spokesman, valid_to: 2023, evidence: [report:p1]}
    - {start: dee, end: post-spokesman, evidence: [early:p1]}
  PART_OF:
    - {start: post-minister, end: ministry, evidence: [report:p1]}
    - {start: post-deputy, end: ministry, evidence: [report:p1]}
    - {start: post-spokesman, end: ministry, evidence: [report:p1]}
    - {start: post-treasurer, end: treasury, evidence: [report:p1]}
    - {start: post-president, end: b-land, evidence: [report:p1]}
    - {start: ministry, end: a-land, evidence: [report:p1]}
    - {start: treasury, end: a-land, evidence: [report:p1]}
    - {start: round-one, end: talks, evidence: [report:p1]}
    - {start: round-two, end: talks, evidence: [report:p1]}
    - {start: round-three, end: talks, evidence: [report:p1]}
    - {start: track, end: talks, evidence: [report:p1]}
    - {start: call, end: track, evidence: [report:p1]}
    - {start: order, end: talks, evidence: [report:p1]}
    - {start: fish, end: quotas, certainty: implied, evidence: [report:p1]}
  TOOK_PART_IN:
    - {start: ann, end: round-one, evidence: [report:p1]}
    - {start: abe, end: round-one, evidence: [report:p1]}
    - {start: bo, end: round-one, evidence: [report:p1]}
    - {start: ann, end: round-two, evidence: [report:p1]}
    - {start: bea, end: round-two, certainty: implied, evidence: [report:p2]}
    - {start: ann, end: call, evidence: [report:p1]}
    - {start: cy, end: call, evidence: [report:p1]}
    - {start: dee, end: call, evidence: [report:p1]}
    - {start: abe, end: order, evidence: [report:p1]}
    - {start: bea, end: order, evidence: [report:p1]}
    - {start: bo, end: elsewhere, evidence: [report:p1]}
    - {start: cy, end: elsewhere, evidence: [report:p1]}
    - {start: crowd, end: round-two, evidence: [report:p1]}
  ABSENT_FROM:
    - {start: abe, end: round-two, evidence: [report:p1]}
  ANNOUNCED_FOR:
    - {start: abe, end: round-three, evidence: [report:p1]}
    - {start: bea, end: round-three, evidence: [report:p1]}
  LEADS:
    - {start: amy, end: a-team, evidence: [report:p1]}
  MEMBER_OF:
    - {start: abe, end: a-team, evidence: [report:p1]}
  SENT_TO:
    - {start: a-team, end: round-two, evidence: [report:p1]}
  PARTY_TO:
    - {start: a-land, end: round-two, evidence: [report:p1]}
    - {start: b-land, end: deal, evidence: [report:p2]}
  IMPOSED:
    - {start: a-land, end: duty, evidence: [report:p1]}
  ADDRESSES:
    - {start: deal, end: law, evidence: [report:p1]}
    - {start: deal, end: ships, certainty: alleged, evidence: [report:p1]}
  LEAVES_OUT:
    - {start: deal, end: fish, evidence: [report:p1]}
    - {start: deal, end: quotas, evidence: [report:p1]}
  SAID:
    - {start: ann, end: both-in-one, evidence: [report:p1]}
  TAKES:
    - {start: bo, end: package, evidence: [report:p1]}
  ABOUT:
    - {start: both-in-one, end: fish, evidence: [report:p1]}
    - {start: both-in-one, end: quotas, evidence: [report:p1]}
    - {start: a-report, end: fish, evidence: [report:p1]}
    - {start: a-report, end: ships, evidence: [report:p1]}
    - {start: package, end: law, evidence: [report:p1]}
    - {start: package, end: quotas, evidence: [report:p1]}
    - {start: duty, end: fish, evidence: [report:p1]}
    - {start: duty, end: ships, evidence: [report:p1]}
    - {start: round-two, end: law, evidence: [report:p1]}
    - {start: round-two, end: fish, evidence: [report:p1]}
    - {start: order, end: law, evidence: [report:p1]}
    - {start: order, end: ships, evidence: [report:p1]}
"""


@pytest.fixture
def small(database: Database, opened_store: Store, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Give a store with these facts and nothing else; tests only read it."""
    if database.holds != "connections":
        load(request.getfixturevalue("store"), read_dataset(write_dataset(tmp_path_factory.mktemp("connections"), FACTS, HEAD)))
        database.holds = "connections"
    return opened_store


def test_london_ties_issues_by_parts_by_an_agenda_and_by_one_accusation(london: Store) -> None:
    # p1: a quarrel over tariffs that has spread to export controls, on which the talks are to be; p8: the halt of rare earths; p10:
    # officials accuse China over its promises, and rare earths above all. p15 is the report's own sentence and ties nothing.
    found = answer(london, "issue-linkage")
    assert rows(found, "issue", "tied_to", "how", "through", "by", "certainty") == [
        ("geneva-compliance", "rare-earth-exports", "named in one claim", "claim-us-slow-walking", ["us-officials-unnamed"], "stated"),
        ("export-controls", "tariffs-mutual", "planned on one agenda", LONDON_TALKS, ["china", "united-states"], "implied"),
        ("export-controls", "trade-dispute", "planned on one agenda", LONDON_TALKS, ["china", "united-states"], "implied"),
        ("export-controls", "trade-dispute", "is part of", None, [], "stated"),
        ("tariffs-mutual", "trade-dispute", "planned on one agenda", LONDON_TALKS, ["china", "united-states"], "implied"),
        ("tariffs-mutual", "trade-dispute", "is part of", None, [], "stated"),
        ("rare-earth-exports", "export-controls", "is part of", None, [], "implied"),
    ]
    assert found.rows[0]["source"] == ["reuters-london-preview:p10"]


def test_graph_of_ties_holds_issues_and_what_ties_them_and_no_country(london: Store) -> None:
    graph = answer(london, "issue-linkage").graph
    assert graph is not None
    labels = {node.labels[-1] for node in graph.nodes}
    assert labels == {"Issue", "Round", "Claim"}


def test_soybeans_are_tied_to_tariffs_by_an_arrangement_and_by_a_measure(both: Store) -> None:
    # gt-nov5:e3: tariffs on soybeans; reuters-soy:e2 and gt-nov5:e1: what the arrangement of Kuala Lumpur settles.
    found = [
        row
        for row in answer(both, "issue-linkage").rows
        if ids(row["issue"]) == "soybean-sales" and ids(row["tied_to"]) == "tariffs-mutual"
    ]
    assert [(row["how"], ids(row["through"]), row["date"]) for row in found] == [
        ("reached by one measure", "china-march-farm-tariffs", "2025-03-10"),
        ("addressed together", "kuala-lumpur-arrangement", "2025-10-30"),
    ]
    assert "reuters-soy:e2" in found[1]["source"]


def test_ties_are_those_of_sides_and_never_of_what_is_left_out(small: Store) -> None:
    # Neither the report's claim on fish and ships, nor the act on law and ships, nor what the deal leaves out, ties anything.
    assert rows(answer(small, "issue-linkage"), "issue", "tied_to", "how", "by", "certainty") == [
        ("fish", "law", "on one agenda", ["a-land"], "stated"),
        ("fish", "quotas", "named in one claim", ["ann"], "stated"),
        ("fish", "quotas", "is part of", [], "implied"),
        ("fish", "ships", "reached by one measure", ["a-land"], "stated"),
        ("law", "quotas", "held in one position", ["bo"], "stated"),
        ("law", "ships", "addressed together", ["b-land"], "alleged"),
    ]


def test_tie_of_a_later_day_is_left_out(small: Store) -> None:
    found = rows(answer(small, "issue-linkage", "2025-03"), "how")
    assert found == [("is part of",), ("reached by one measure",)]


def test_nobody_in_london_bridges_because_nobody_is_shown_to_have_come(london: Store) -> None:
    # p12 has who was not in Geneva, p4 who is to come to London.
    found = answer(london, "brokers", process=LINE)
    assert found.rows == ()
    assert found.not_in_sources == (
        "Our sources show nobody at US–China trade talks 2025 who was with two others that were never together.",
        "Our sources do not name everybody who came, so that people shown apart may have met: Geneva talks.",
    )


def test_four_bridge_to_the_man_of_finance_who_came_once(both: Store) -> None:
    # star-kl:e1: Liao Min in Kuala Lumpur; geopol-london:e2, lemonde-london:e1: Lutnick and Wang Wentao in London. Neither was elsewhere.
    found = answer(both, "brokers", process=LINE)
    sides = [row for row in found.rows if row["level"] == "side"]
    within, across = "Liao Min – Wang Wentao", "Howard Lutnick – Liao Min"
    assert {(ids(row["person"]), row["role"], row["score"], row["share"], *row["pairs"]) for row in sides} == {
        ("he-lifeng", "coordinator", 1, 0.25, within),
        ("li-chenggang", "coordinator", 1, 0.25, within),
        ("scott-bessent", "consultant", 1, 0.25, within),
        ("jamieson-greer", "consultant", 1, 0.25, within),
        *(
            (one, "gatekeeper or representative", 1, 0.25, across)
            for one in ("he-lifeng", "li-chenggang", "scott-bessent", "jamieson-greer")
        ),
    }
    li = [(row["role"], row["pairs"]) for row in found.rows if ids(row["person"]) == "li-chenggang" and row["level"] == "agency"]
    assert li == [("gatekeeper or representative", [within]), ("liaison", [across])]
    assert {"star-kl:e1", "lemonde-london:e1"} <= set(sides[0]["sources"])


def test_roles_follow_the_groups_of_the_three(small: Store) -> None:
    # Ann met Abe and Bo, then Bea and Amy, then Cy and Dee. Absence, announcements, acts, what is no part of the process, and crowds
    # connect nobody; Amy and Abe were in one team, but Abe stayed away. Dee takes no side; Cy's post in the ministry had ended.
    found = answer(small, "brokers", process="talks")
    assert rows(found, "person", "level", "role", "score", "share", "certainty", "pairs") == [
        ("ann", "side", "gatekeeper or representative", 4, 4.0, "implied", ["Abe – Bea", "Abe – Cy", "Amy – Bo", "Amy – Cy"]),
        ("ann", "side", "liaison", 2, 2.0, "implied", ["Bea – Cy", "Bo – Cy"]),
        ("ann", "side", "consultant", 1, 1.0, "implied", ["Bea – Bo"]),
        ("ann", "side", "coordinator", 1, 1.0, "stated", ["Abe – Amy"]),
        ("ann", "agency", "gatekeeper or representative", 2, 2.0, "stated", ["Abe – Amy", "Abe – Dee"]),
        ("ann", "agency", "coordinator", 1, 1.0, "stated", ["Amy – Dee"]),
    ]
    assert "Our sources name no agency of: Bea, Bo, Officials." in found.not_in_sources


def test_who_bridges_depends_on_the_date(small: Store) -> None:
    assert answer(small, "brokers", "2025-03-31", process="talks").rows == ()


def test_leaders_share_a_call_and_three_a_team_that_is_only_planned(london: Store) -> None:
    # p5: the call of 5 June; p4: three lead the US delegation, to talks that lie ahead (p1).
    found = answer(london, "shared-history")
    assert rows(found, "a", "b", "shared", "overlap", "kind", "held") == [
        ("donald-trump", "xi-jinping", "call-trump-xi-2025-06", "2025-06-05", "event", "yes"),
        ("howard-lutnick", "jamieson-greer", "us-delegation-london", "2025-06-09", "delegation", "planned"),
        ("howard-lutnick", "scott-bessent", "us-delegation-london", "2025-06-09", "delegation", "planned"),
        ("jamieson-greer", "scott-bessent", "us-delegation-london", "2025-06-09", "delegation", "planned"),
    ]
    assert found.rows[0]["source"] == ["reuters-london-preview:p5"]
    assert found.not_in_sources == ("Only planned, as far as our sources tell: US delegation in London.",)


def test_bessent_and_he_lifeng_met_at_six_rounds_and_a_summit(both: Store) -> None:
    # bastille-geneva:e1, geopol-london:e4, geopol-stockholm:e1, cnbc-madrid:e1, gn-kl:e1, plataforma-busan, ap-paris.
    found = [row for row in answer(both, "shared-history").rows if {ids(row["a"]), ids(row["b"])} == {"he-lifeng", "scott-bessent"}]
    assert [ids(row["shared"]) for row in found] == [
        "talks-geneva-2025-05", LONDON_TALKS, "talks-stockholm-2025-07", "talks-madrid-2025-09",
        "talks-kuala-lumpur-2025-10", "summit-busan-2025-10-30", "talks-paris-2026-03",
    ]  # fmt: skip


def test_history_is_shared_where_times_may_overlap(small: Store) -> None:
    # Ann and Amy overlap from February until July; Cy left before both came, and before the early report shows Dee; two held one post.
    found = answer(small, "shared-history")
    agencies = [row for row in found.rows if row["kind"] == "agency"]
    assert [(ids(row["a"]), ids(row["b"]), row["held"], row["overlap"]) for row in agencies] == [
        ("amy", "ann", "yes", "2025-02-01/2025-07-31"),
        ("amy", "dee", "possibly", None),
        ("ann", "dee", "yes", "2025-01-08"),
    ]
    events = {(ids(row["a"]), ids(row["b"]), ids(row["shared"])) for row in found.rows if row["kind"] == "event"}
    assert ("amy", "ann", "round-two") in events
    assert not any("abe" in pair and pair[2] == "round-two" for pair in events)
    assert ("abe", "amy", "a-team") in {
        (ids(row["a"]), ids(row["b"]), ids(row["shared"])) for row in found.rows if row["kind"] == "delegation"
    }


def test_history_as_of_a_date_is_that_up_to_then(small: Store) -> None:
    found = answer(small, "shared-history", "2025-03-01")
    assert {ids(row["shared"]) for row in found.rows if row["kind"] != "agency"} == {"round-one"}
