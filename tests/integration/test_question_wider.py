"""Questions on people, positions and sources where both bundled data sets are loaded; what is expected was read from the excerpts."""

from typing import Any

import pytest

from graphapi.catalogue import read_catalogue
from graphapi.ontology import read_ontology
from graphapi.questions import Answer, Question, ask
from graphapi.store import Store
from tests.conftest import LONDON, WIDER

LINE = "us-china-trade-talks-2025"
LONDON_TALKS = "talks-london-2025-06-09"
KINDS = {
    # Two read-outs, two accusations, two outcomes, two scopes, two rates, two contents, three degrees of firmness.
    "wcontra-call-june": "conflict",
    "wcontra-geneva-compliance": "conflict",
    "wcontra-stockholm-extension": "conflict",
    "wcontra-rare-earth-scope": "conflict",
    "wcontra-s122-rate": "conflict",
    "wcontra-h200-fee": "conflict",
    "wcontra-beijing-results": "conflict",
    # Days that exclude each other.
    "wcontra-busan-date": "conflict",
    "wcontra-phase-one-date": "conflict",
    "wcontra-rare-earth-date": "conflict",
    "wcontra-eo14298-date": "conflict",
    "wcontra-hearing-year": "conflict",
    "wcontra-seoul-day": "conflict",
    # One side speaks of it, the other neither confirms nor denies.
    "wcontra-london-signed": "one-sided",
    "wcontra-tiktok-approval": "one-sided",
    "wcontra-soybeans": "one-sided",
    # The same fact in other words: 20 less 10 is 10; through the 9th is back on the 10th.
    "wcontra-fentanyl-wording": "wording",
    "wcontra-affiliates-end": "wording",
    # Slips: against the quoted post; one metal named twice; a double negative.
    "wcontra-100-tariff": "reporting-error",
    "wcontra-feb4-minerals": "reporting-error",
    "wcontra-busan-taiwan": "reporting-error",
    # A single minor site has it.
    "wcontra-geneva-walkout": "rumour",
}


def answer(store: Store, name: str, as_of: str | None = None, **given: str) -> Answer:
    return ask(store, read_ontology(), read_catalogue(), Question(name=name, given=given, as_of=as_of))


def ids(value: Any) -> Any:
    if isinstance(value, dict):
        return value["id"]
    return [ids(one) for one in value] if isinstance(value, list) else value


def test_heads_in_london_differ_between_the_two_data_sets(both: Store) -> None:
    # geopol-london:e1, the Chinese read-out: Bessent at the head; reuters-london-preview:p4: three, none ranked. On He Lifeng all agree.
    found = answer(both, "delegation-heads", event=LONDON_TALKS)
    assert [(row["side"], ids(row["head"]), ids(row["jointly_with"]), row["agree"], row["sources"]) for row in found.rows] == [
        ("china", "he-lifeng", [], True, ["geopol-london:e3", "lemonde-london:e1", "reuters-london-preview:p4"]),
        ("united-states", "scott-bessent", [], False, ["geopol-london:e1"]),
        ("united-states", "howard-lutnick", ["jamieson-greer", "scott-bessent"], False, ["reuters-london-preview:p4"]),
        ("united-states", "jamieson-greer", ["howard-lutnick", "scott-bessent"], False, ["reuters-london-preview:p4"]),
        ("united-states", "scott-bessent", ["howard-lutnick", "jamieson-greer"], False, ["reuters-london-preview:p4"]),
    ]


def test_three_were_at_every_held_round(both: Store) -> None:
    # Six rounds from Geneva to Paris; Seoul is only announced (scout-seoul:e1). Li Chenggang is not named for Paris.
    found = answer(both, "regulars", process=LINE)
    assert [(ids(row["person"]), row["side"], row["rounds"], ids(row["first"]), ids(row["last"])) for row in found.rows] == [
        ("he-lifeng", "china", 6, "talks-geneva-2025-05", "talks-paris-2026-03"),
        ("jamieson-greer", "united-states", 6, "talks-geneva-2025-05", "talks-paris-2026-03"),
        ("scott-bessent", "united-states", 6, "talks-geneva-2025-05", "talks-paris-2026-03"),
    ]
    assert "Not held as far as our sources tell, and not counted: Seoul talks." in found.not_in_sources


def test_li_chenggang_was_at_every_round_until_kuala_lumpur(both: Store) -> None:
    # lemonde-london:e1, asiae-li:e2 (three rounds until August), cnbc-madrid:e3, star-kl:e1.
    people = {ids(row["person"]) for row in answer(both, "regulars", "2025-12", process=LINE).rows}
    assert people == {"he-lifeng", "li-chenggang", "jamieson-greer", "scott-bessent"}


def test_rounds_were_held_in_seven_cities(both: Store) -> None:
    found = answer(both, "hosts", process=LINE)
    assert [(ids(row["event"]), row["status"], ids(row["host"]), row["is_party"]) for row in found.rows] == [
        ("talks-geneva-2025-05", "held", "switzerland", None),
        (LONDON_TALKS, "held", "uk-government", False),
        ("talks-stockholm-2025-07", "held", "sweden", None),
        ("talks-madrid-2025-09", "held", None, None),
        ("talks-kuala-lumpur-2025-10", "held", None, None),
        ("talks-paris-2026-03", "held", None, None),
        ("talks-seoul-2026-05", "announced", None, None),
    ]
    cities = ["geneva", "london", "stockholm", "madrid", "kuala-lumpur", "paris", "seoul"]
    assert all(city in ids(row["place"]) for city, row in zip(cities, found.rows, strict=True))


@pytest.mark.parametrize(
    ("post", "as_of", "expected"),
    [
        # voa-ba:e1 of 1 December 2018 has Mnuchin; bastille-geneva of 12 May 2025 to reuters-soy of 7 January 2026 have Bessent.
        ("post-us-treasury-secretary", "2018-12-01", {"steven-mnuchin": "then", "scott-bessent": "seen after"}),
        ("post-us-treasury-secretary", "2022", {"steven-mnuchin": "seen before", "scott-bessent": "seen after"}),
        ("post-us-treasury-secretary", "2025-07-29", {"steven-mnuchin": "seen before", "scott-bessent": "then"}),
        ("post-us-treasury-secretary", "2026-06", {"steven-mnuchin": "seen before", "scott-bessent": "seen before"}),
        # bis-2023:e1 of 17 October 2023 has Raimondo; the London report to plataforma-busan of 30 October 2025 have Lutnick.
        ("post-us-commerce-secretary", "2023-10-16", {"gina-raimondo": "seen after", "howard-lutnick": "seen after"}),
        ("post-us-commerce-secretary", "2023-10", {"gina-raimondo": "then", "howard-lutnick": "seen after"}),
        ("post-us-commerce-secretary", "2025-10-30", {"gina-raimondo": "seen before", "howard-lutnick": "then"}),
        # bm-p1:e1 of 17 January 2020 has Liu He; voz-geneva of 10 May 2025 and later ones have He Lifeng.
        ("post-china-vice-premier", "2020-01", {"liu-he": "then", "he-lifeng": "seen after"}),
        ("post-china-vice-premier", "2025-05-10", {"liu-he": "seen before", "he-lifeng": "then"}),
        ("post-china-vice-premier", "2025-10", {"liu-he": "seen before", "he-lifeng": "then"}),
        # reuters-london-preview:p2, p5: since 20 January 2025.
        ("post-us-president", "2025-01-19", {"donald-trump": "after"}),
        ("post-us-president", "2025-01-20", {"donald-trump": "then"}),
        ("post-us-president", "2026-02", {"donald-trump": "then"}),
    ],
)
def test_who_held_a_post_on_a_date(both: Store, post: str, as_of: str, expected: dict[str, str]) -> None:
    assert {ids(row["person"]): row["status"] for row in answer(both, "post-holders", as_of, post=post).rows} == expected


@pytest.mark.parametrize(
    ("side", "issue", "as_of", "expected"),
    [
        # The London report, p6; geopol-feb4:e2 of 4 February 2026.
        ("china", "taiwan-status", "2025-06-04", {}),
        ("china", "taiwan-status", "2025-06-08", {"pos-china-taiwan": "surely"}),
        ("china", "taiwan-status", "2026-02-03", {"pos-china-taiwan": "surely"}),
        ("china", "taiwan-status", "2026-02-04", {"wpos-china-taiwan": "surely"}),
        # bs-feb17:e2: Trump on 16 February 2026; nothing of the US before.
        ("united-states", "taiwan-status", "2026-02-15", {}),
        ("united-states", "taiwan-status", "2026-02-16", {"wpos-trump-taiwan": "surely"}),
        # people-20250512:e1; the London report, p6; geopol-london:e6 of 11 June 2025.
        ("china", "tariffs-mutual", "2025-05-11", {}),
        ("china", "tariffs-mutual", "2025-05-12", {"wpos-china-unilateral": "surely"}),
        ("china", "tariffs-mutual", "2025-06-08", {"pos-china-trade-measures": "surely"}),
        ("china", "tariffs-mutual", "2025-06-11", {"wpos-china-tradewar": "surely"}),
        # The London report, p8, p9; cnbc-oct10:e2 of 10 October 2025.
        ("united-states", "rare-earth-exports", "2025-06-08", {"pos-trump-rare-earths": "possibly", "pos-us-rare-earths": "possibly"}),
        ("united-states", "rare-earth-exports", "2025-10-09", {"pos-trump-rare-earths": "possibly", "pos-us-rare-earths": "possibly"}),
        ("united-states", "rare-earth-exports", "2025-10-10", {"wpos-trump-oct10": "surely"}),
    ],
)
def test_latest_position_on_a_date(both: Store, side: str, issue: str, as_of: str, expected: dict[str, str]) -> None:
    found = answer(both, "positions", as_of)
    shown = {ids(row["position"]): row["latest"] for row in found.rows if (row["side"], ids(row["issue"])) == (side, issue)}
    assert shown == expected


def test_who_takes_no_side_has_no_cell(both: Store) -> None:
    # cnn-h20:e5: the head of a company.
    assert "Positions of those who take no side's part are not shown: Jensen Huang." in answer(both, "positions").not_in_sources


def test_chinese_position_on_tariffs_over_time(both: Store) -> None:
    # fr-eo14298:e1: the order that lowers the tariffs, of 12 May; the call was on 5 June; London was over on 10 June.
    found = answer(both, "position-history", side="china", issue="tariffs-mutual")
    assert [(row["date"], ids(row["position"]), ids(row["event_before"])) for row in found.rows] == [
        ("2025-05-12", "wpos-china-unilateral", "eo14298"),
        ("[2025-06-05..2025-06-08]", "pos-china-trade-measures", "call-trump-xi-2025-06"),
        ("2025-06-11", "wpos-china-tradewar", LONDON_TALKS),
    ]


def test_every_question_on_which_accounts_differ_has_its_kind(both: Store) -> None:
    found = answer(both, "conflicts")
    asked = {row["dispute"]["id"]: row["kind"] for row in found.rows if row["dispute"]}
    assert {name: kind for name, kind in asked.items() if name.startswith("wcontra-")} == KINDS
    assert len(asked) == len(KINDS) + 4
    assert all(row["values"] and row["sources"] for row in found.rows)


def test_heads_and_days_of_london_are_among_the_merged_conflicts(both: Store) -> None:
    # geopol-london:e4 has 9 and 10 June, the report of the eve only the 9th; geopol-london:e1 has one head.
    found = {(ids(row["subject"])[0], row["attribute"]): row for row in answer(both, "conflicts").rows}
    days = found[LONDON_TALKS, "date"]
    assert (sorted(days["values"]), days["kind"]) == (
        [f"{WIDER}: 2025-06-09/2025-06-10", f"{LONDON}: 2025-06-09"],
        "narrower",
    )
    heads = found["scott-bessent--LEADS--us-delegation-london", "jointly"]
    assert (sorted(heads["values"]), heads["kind"]) == ([f"{WIDER}: no", f"{LONDON}: yes"], "conflict")


@pytest.mark.parametrize(
    ("fact", "counts"),
    [
        # The Chinese release in a translation, and a report of the eve.
        ("scott-bessent--LEADS--us-delegation-london", (2, 2)),
        # The report tells what the summary says.
        ("claim-china-xi-taiwan", (2, 1)),
    ],
)
def test_independent_sources(both: Store, fact: str, counts: tuple[int, int]) -> None:
    assert answer(both, "evidence-for", id=fact).scalar == {"sources": counts[0], "independent": counts[1]}


def test_gaps_count_over_both_data_sets(both: Store) -> None:
    found = {row["check"]: row for row in answer(both, "coverage-gaps").rows}
    assert found["events without a date"]["count"] == 0
    # No list of people is closed; only the two delegations of the UK talks have no head.
    assert found["delegations with an open list"]["count"] == 17
    assert ids(found["delegations without a head"]["examples"]) == ["china-delegation-uk-talks", "uk-side-uk-china-talks"]
    # voz-geneva:e1 names his presence as unconfirmed and no office.
    assert ids(found["people of a side without a post"]["examples"]) == ["wang-xiaohong"]
