"""Questions on presence, sayings and chains where both bundled data sets are loaded; what is expected was read from the excerpts."""

from graphapi.store import Store
from tests.integration.questions import answer, ids, rows

GENEVA, LONDON_TALKS, CALL = "talks-geneva-2025-05", "talks-london-2025-06-09", "call-trump-xi-2025-06"


def test_six_came_to_london(both: Store) -> None:
    # lemonde-london:e1: Wang Wentao and Li under He Lifeng; geopol-london:e1, e2: Bessent at the head, with Lutnick and Greer.
    found = answer(both, "attendees", event=LONDON_TALKS)
    assert {(ids(row["person"]), row["presence"]) for row in found.rows} == {
        (person, "attended") for person in ("he-lifeng", "wang-wentao", "li-chenggang", "scott-bessent", "howard-lutnick", "jamieson-greer")
    }
    assert found.names == {"china": "China", "united-states": "United States"}


def test_wang_xiaohong_may_have_been_in_geneva_alone(both: Store) -> None:
    # voz-geneva:e1: not established whether he took part; the London report, p12: Lutnick was not there; lemonde-london:e1 has Wang Wentao.
    found = answer(both, "attendance-difference", first=GENEVA, second=LONDON_TALKS)
    assert rows(found, "person", "in_first", "in_second") == [
        ("wang-wentao", "not_in_sources", "attended"),
        ("wang-xiaohong", "unconfirmed", "not_in_sources"),
        ("howard-lutnick", "absent", "attended"),
    ]


def test_fentanyl_was_raised_in_november_after_the_geneva_deal_left_it_out(both: Store) -> None:
    # wion-nov24:e1, e2: Trump names it on 24 November 2025; in the London report, p15, no side does.
    found = {row["issue"]["id"]: row for row in answer(both, "issues-left-out", agreement="geneva-deal").rows}
    assert found["illicit-fentanyl"]["last_mentioned"] == "2025-11-24"
    assert ids(found["illicit-fentanyl"]["raised_by"]) == ["donald-trump", "mofcom"]


def test_both_sides_spoke_of_tiktok_in_madrid_and_on_the_call(both: Store) -> None:
    # cnbc-madrid:e4, e5 of 15 September; zee-20250919:e1, e2 of the 19th.
    found = answer(both, "claims-on-issue", issue="tiktok")
    assert rows(found, "date", "speaker", "side") == [
        ("2025-09-15", "scott-bessent", "united-states"),
        ("2025-09-15", "jamieson-greer", "united-states"),
        ("2025-09-19", "china", "china"),
        ("2025-09-19", "donald-trump", "united-states"),
    ]


def test_taiwan_stands_in_the_chinese_account_of_the_call_alone(both: Store) -> None:
    # tvb-call:e2, e3 and dawn-call:e1, as in the London report, p6; dawn-call:e3 has rare earths in Trump's words.
    found = {row["issue"]["id"]: row for row in answer(both, "readout-difference", event=CALL).rows}
    assert (found["taiwan-status"]["sides_naming"], found["taiwan-status"]["sides_silent"]) == (["china"], ["united-states"])
    assert (found["rare-earth-exports"]["sides_naming"], found["rare-earth-exports"]["sides_silent"]) == (["united-states"], ["china"])


def test_li_chenggang_leads_to_the_rare_earth_controls_by_his_ministry(both: Store) -> None:
    # deepnewz-li:e1: Vice Minister of Commerce; mofcom-18:e1: the ministry's announcement.
    found = answer(both, "path", from_="li-chenggang", to="china-announcement-18-controls")
    assert rows(found, "relationship") == [
        ("li-chenggang--HOLDS--post-china-vice-commerce-minister",),
        ("post-china-vice-commerce-minister--PART_OF--mofcom",),
        ("mofcom--OVERSEES--china-announcement-18-controls",),
    ]
