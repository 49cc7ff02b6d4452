"""The bundled London data set: what one report says, each fact with its place, and nothing that the report leaves open."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from graphapi.ingest import Dataset, read_dataset
from graphapi.model import Node, Relationship

REPORT = "reuters-london-preview"
GENEVA, LONDON, CALL, DEAL = "talks-geneva-2025-05", "talks-london-2025-06-09", "call-trump-xi-2025-06", "geneva-deal"
# 348 records of the raw file, and four that stand inside its agreements: three terms of the Geneva deal, one promise.
RAW = Path(__file__).with_name("london_raw_ids.txt").read_text(encoding="utf-8").split()


@pytest.fixture(scope="module")
def london() -> Dataset:
    return read_dataset("us-china-london-2025")


@pytest.fixture(scope="module")
def nodes(london: Dataset) -> dict[str, Node]:
    return {node.id: node for node in london.graph.nodes}


@pytest.fixture(scope="module")
def relationships(london: Dataset) -> tuple[Relationship, ...]:
    return london.graph.relationships


def pairs(relationships: tuple[Relationship, ...], kind: str) -> set[tuple[str, str]]:
    return {(found.start, found.end) for found in relationships if found.type == kind}


def ends(relationships: tuple[Relationship, ...], start: str, kind: str) -> set[str]:
    return {end for first, end in pairs(relationships, kind) if first == start}


def starts(relationships: tuple[Relationship, ...], kind: str, end: str) -> set[str]:
    return {start for start, last in pairs(relationships, kind) if last == end}


def certainty(relationships: tuple[Relationship, ...], identifier: str) -> object:
    return next(found for found in relationships if found.id == identifier).properties.get("certainty")


def test_every_raw_record_became_one_fact_or_is_left_out_with_a_reason(london: Dataset) -> None:
    used = Counter(raw for statement in london.statements for raw in statement.raw) + Counter(london.left_out.keys())
    assert len(RAW) == len(set(RAW)) == 352
    assert set(used) == set(RAW)
    assert max(used.values()) == 1
    assert london.left_out == {"us-indexes-recouped": "says the same as claim-reuters-rally"}


def test_every_relationship_names_a_paragraph_of_the_report(nodes: dict[str, Node], relationships: tuple[Relationship, ...]) -> None:
    for found in relationships:
        if found.type != "FROM":
            assert found.evidence, found.id
            assert all(place.startswith(f"{REPORT}:p") and place in nodes for place in found.evidence), found.id


def test_every_entity_but_the_report_has_evidence(nodes: dict[str, Node]) -> None:
    assert {node.id for node in nodes.values() if node.label != "Evidence" and not node.evidence} == {REPORT}


def test_all_paragraphs_carry_a_summary_and_a_hash(nodes: dict[str, Node]) -> None:
    paragraphs = {node.id: node.properties for node in nodes.values() if node.label == "Evidence"}
    assert set(paragraphs) == {f"{REPORT}:p{number}" for number in range(18)}
    assert all(body["summary"] and re.fullmatch(r"[0-9a-f]{64}", str(body["sha256"])) for body in paragraphs.values())
    assert len({body["sha256"] for body in paragraphs.values()}) == 18


def test_only_persons_with_a_name_are_quoted_and_briefly(nodes: dict[str, Node], relationships: tuple[Relationship, ...]) -> None:
    quoted = {node.id: str(node.properties["quote"]) for node in nodes.values() if "quote" in node.properties}
    assert set(quoted) == {"claim-trump-call-positive", "claim-leavitt-forward", "claim-leavitt-monitoring", "claim-leavitt-comprehensive"}
    assert max(len(quote.split()) for quote in quoted.values()) <= 15
    speakers = {start for start, claim in pairs(relationships, "SAID") if claim in quoted}
    assert speakers == {"donald-trump", "karoline-leavitt"}
    assert all("kind" not in nodes[speaker].properties for speaker in speakers)


def test_names_fit_the_picture_and_are_told_apart(nodes: dict[str, Node]) -> None:
    names = [node.name for node in nodes.values() if node.label not in {"Evidence", "Source"}]
    assert max(len(name) for name in names) <= 40
    assert len(names) == len(set(names))


def test_nobody_took_part_in_a_round_that_names_nobody(relationships: tuple[Relationship, ...]) -> None:
    leaders = {"scott-bessent", "howard-lutnick", "jamieson-greer", "he-lifeng"}
    assert pairs(relationships, "ANNOUNCED_FOR") == {(person, LONDON) for person in leaders}
    assert pairs(relationships, "ABSENT_FROM") == {("howard-lutnick", GENEVA)}
    assert pairs(relationships, "TOOK_PART_IN") == {
        ("donald-trump", CALL),
        ("xi-jinping", CALL),
        ("donald-trump", "trump-return-to-office"),
        ("donald-trump", "tariff-orders-cascade"),
        ("donald-trump", "liberation-day-announcement"),
        ("donald-trump", "trump-post-on-call"),
        ("donald-trump", "trump-statement-rare-earths"),
        ("us-officials-unnamed", "us-slow-walking-accusations"),
        ("uk-government-spokesperson", "uk-announcement-of-round"),
        ("karoline-leavitt", "leavitt-interview"),
    }
    assert not pairs(relationships, "UNCONFIRMED_AT")


def test_three_lead_the_us_delegation_together_and_no_list_is_closed(
    nodes: dict[str, Node], relationships: tuple[Relationship, ...]
) -> None:
    jointly = {found.start for found in relationships if found.type == "LEADS" and found.properties.get("jointly") is True}
    assert jointly == {"scott-bessent", "howard-lutnick", "jamieson-greer"}
    assert starts(relationships, "LEADS", "china-delegation-london") == {"he-lifeng"}
    assert not starts(relationships, "LEADS", "china-delegation-uk-talks")
    delegations = [node for node in nodes.values() if node.label == "Delegation"]
    assert len(delegations) == 6
    assert all(node.properties["list_complete"] is False for node in delegations)


def test_the_host_is_no_party(relationships: tuple[Relationship, ...]) -> None:
    assert starts(relationships, "PARTY_TO", LONDON) == starts(relationships, "PARTY_TO", GENEVA) == {"united-states", "china"}
    assert starts(relationships, "HOSTED", LONDON) == {"uk-government"}
    assert starts(relationships, "NOT_PARTY_TO", LONDON) == {"uk-government", "united-kingdom"}


def test_taiwan_stands_in_the_chinese_account_of_the_call_alone(nodes: dict[str, Node], relationships: tuple[Relationship, ...]) -> None:
    issues: dict[str, set[str]] = {"china": set(), "united-states": set()}
    for claim in starts(relationships, "ABOUT", CALL):
        if nodes[claim].label == "Claim" and (side := nodes[claim].properties.get("side")):
            issues[str(side)] |= {end for end in ends(relationships, claim, "ABOUT") if nodes[end].label == "Issue"}
    assert issues == {"china": {"tariffs-mutual", "taiwan-status"}, "united-states": {"trade-dispute"}}
    assert ends(relationships, "tariffs-mutual", "PART_OF") == {"trade-dispute"}


def test_the_call_brings_rare_earths_only_through_what_trump_reports(relationships: tuple[Relationship, ...]) -> None:
    understanding = "xi-trump-rare-earth-understanding"
    assert ends(relationships, CALL, "PRODUCED") == {understanding}
    assert certainty(relationships, f"{CALL}--PRODUCED--{understanding}") == "implied"
    assert certainty(relationships, f"{understanding}--ADDRESSES--rare-earth-exports") == "alleged"
    assert starts(relationships, "SAID", "claim-trump-xi-agreed-rare-earths") == {"donald-trump"}
    assert CALL not in ends(relationships, "claim-trump-xi-agreed-rare-earths", "ABOUT")


def test_words_quoted_for_xi_are_said_by_his_government(relationships: tuple[Relationship, ...]) -> None:
    attributed = {claim for claim, person in pairs(relationships, "ATTRIBUTED_TO") if person == "xi-jinping"}
    assert attributed == {"claim-china-xi-back-down", "claim-china-xi-taiwan"}
    assert {start for start, claim in pairs(relationships, "SAID") if claim in attributed} == {"government-of-china"}
    assert not ends(relationships, "xi-jinping", "SAID")


def test_the_deal_leaves_three_issues_out_and_has_no_last_day(nodes: dict[str, Node], relationships: tuple[Relationship, ...]) -> None:
    assert ends(relationships, DEAL, "LEAVES_OUT") == {"illicit-fentanyl", "taiwan-status", "china-economic-model"}
    assert ends(relationships, DEAL, "ADDRESSES") == {"tariffs-mutual"}
    assert "expires" not in nodes[DEAL].properties
    deadline = nodes["geneva-deal-90-days"].properties
    assert deadline["days"] == 90
    assert "date" not in deadline
    assert "anchor" not in deadline


def test_lutnick_reaches_export_controls_through_his_agency(relationships: tuple[Relationship, ...]) -> None:
    assert ends(relationships, "howard-lutnick", "HOLDS") == {"post-us-commerce-secretary"}
    assert ends(relationships, "post-us-commerce-secretary", "PART_OF") == {"us-commerce"}
    assert ends(relationships, "us-commerce", "OVERSEES") == {"us-export-controls"}
    assert ends(relationships, "us-export-controls", "ABOUT") == {"export-controls"}


def test_the_report_does_not_say_whose_export_controls_it_means(relationships: tuple[Relationship, ...]) -> None:
    assert not starts(relationships, "IMPOSED", "export-controls-unspecified")
    assert not ends(relationships, "china-critical-minerals-suspension", "TARGETS")


def test_the_rollback_lowers_both_tariffs_in_part(relationships: tuple[Relationship, ...]) -> None:
    acts = [found for found in relationships if found.type == "SETS" and found.start == "geneva-tariff-rollback"]
    assert {found.end for found in acts} == {"us-tariffs-on-china-2025", "china-tariffs-on-us-2025"}
    assert all(found.properties["status"] == "lowered" and found.properties["extent"] == "partly" for found in acts)
    assert all(found.properties["certainty"] == "implied" for found in acts)


@pytest.mark.parametrize(
    ("event", "earliest", "latest", "precision"),
    [
        (GENEVA, date(2025, 5, 1), date(2025, 5, 31), "month"),
        (LONDON, date(2025, 6, 9), date(2025, 6, 9), "day"),
        (CALL, date(2025, 6, 5), date(2025, 6, 5), "day"),
        ("uk-china-talks-2025-06", date(2025, 6, 9), date(2025, 6, 15), "between"),
        ("market-low-april", date(2025, 4, 1), date(2025, 4, 30), "month"),
        ("trump-post-on-call", date(2025, 6, 5), date(2025, 6, 6), "between"),
        ("dispute-widening", None, date(2025, 6, 8), "between"),
    ],
)
def test_dates_are_as_precise_as_the_report(
    nodes: dict[str, Node], event: str, earliest: date | None, latest: date, precision: str
) -> None:
    properties = nodes[event].properties
    assert (properties.get("earliest"), properties["latest"], properties["precision"]) == (earliest, latest, precision)


def test_the_round_in_geneva_has_one_known_day(nodes: dict[str, Node]) -> None:
    assert nodes[GENEVA].properties["known_days"] == ["2025-05-10"]


def test_capitals_are_names_of_governments(nodes: dict[str, Node]) -> None:
    assert "Washington" in nodes["united-states"].properties["aliases"]
    assert nodes["china"].properties["aliases"] == ["Beijing"]
    assert nodes["washington"].evidence == (f"{REPORT}:p17",)
    assert "beijing" not in nodes


def test_taiwan_is_a_territory_and_fentanyl_is_not_its_trade(nodes: dict[str, Node]) -> None:
    assert (nodes["taiwan"].label, nodes["taiwan"].properties["kind"]) == ("Place", "territory")
    assert (nodes["fentanyl"].label, nodes["illicit-fentanyl"].label) == ("Commodity", "Issue")


def test_relayed_documents_are_not_graded_as_official(nodes: dict[str, Node], relationships: tuple[Relationship, ...]) -> None:
    relayed = {node.id for node in nodes.values() if node.properties.get("directness") == "relayed"}
    assert len(relayed) == 7
    assert ends(relationships, REPORT, "RELAYS") == relayed
    assert {nodes[source].properties["grade"] for source in relayed} == {"B"}


def test_one_side_is_silent_where_the_report_has_no_word_of_it(nodes: dict[str, Node]) -> None:
    disputes = {node.id: node.properties for node in nodes.values() if node.label == "Dispute"}
    assert {name: body["kind"] for name, body in disputes.items()} == {
        "contra-call-tenor": "conflict",
        "contra-rare-earth-commitment": "silence",
        "contra-geneva-performance": "one-sided",
        "contra-us-tone": "wording",
    }
    silent = {name for name, body in disputes.items() if body.get("silent") == ["china"]}
    assert silent == {"contra-rare-earth-commitment", "contra-geneva-performance"}
