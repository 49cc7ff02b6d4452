"""A card says what our sources say: in words, in reading direction, with evidence, both sides of a dispute."""

import pytest

from graphapi.model import Graph, Held, Properties
from tests.browser.negotiation import ONTOLOGY, PLACE, negotiation, node, tie
from visualizer.cards import Cards, Data, locator_in_words, web_address


def told() -> Data:
    graph = negotiation(
        tie("deal", "LEAVES_OUT", "tariffs"),
        node("Claim", "rumour", "A rumour", summary="Bo is said to have agreed.", channel="social media", date="2025-06-06"),
        tie("rumour", "ATTRIBUTED_TO", "bo"),
        tie("cy", "SAID", "rumour"),
    )
    return Cards(graph, ONTOLOGY, {"bo": "Minister of B-Land"}).data()


def test_date_says_its_precision_and_what_others_say() -> None:
    (fact,) = [fact for fact in told()["entities"]["first-round"]["facts"] if fact["name"] == "Date"]
    assert fact["text"] == "May 2025 (month)"
    assert fact["evidence"] == [PLACE]
    assert fact["others"] == [{"text": "10 May 2025", "evidence": ["report:p9"]}]


def test_relationships_read_from_the_entity_outwards() -> None:
    titles = {group["title"]: group for group in told()["entities"]["first-round"]["groups"]}
    assert titles["Is to be attended by"]["items"] == ["ann--ANNOUNCED_FOR--first-round"]
    assert titles["Produced"]["items"] == ["first-round--PRODUCED--deal"]


def test_denied_and_planned_relationships_are_marked_in_words() -> None:
    titles = {group["title"]: group.get("mark") for group in told()["entities"]["first-round"]["groups"]}
    assert titles["Was not attended by"] == "stated not to be so"
    assert titles["Is to be attended by"] == "only announced or pending"
    assert titles["Produced"] == ""


def test_certainty_of_a_relationship_is_said() -> None:
    assert told()["relationships"]["bo--TOOK_PART_IN--call"]["certainty"] == "implied by context"


def test_claim_says_who_in_what_words_and_by_which_channel() -> None:
    claims = told()["claims"]
    assert claims["kept"]["who"] == ["ann"]
    assert claims["kept"]["quote"] == "we keep every word"
    assert claims["rumour"]["of"] == ["bo"]
    assert (claims["rumour"]["channel"], claims["rumour"]["date"]) == ("social media", "6 June 2025")
    assert claims["broken"]["certainty"] == "alleged by one side"


def test_accounts_of_a_dispute_stand_in_the_order_of_the_table() -> None:
    dispute = told()["disputes"]["keeping"]
    assert [(account["name"], account["side"], account["claims"]) for account in dispute["accounts"]] == [
        ("A-Land", "side-0", ["kept"]),
        ("B-Land", "side-1", ["broken"]),
    ]


def test_silent_side_has_an_account_without_claims() -> None:
    graph = negotiation(node("Dispute", "why", "Why?", question="Why?", kind="silence", silent=["b-land"]))
    assert Cards(graph, ONTOLOGY, {}).data()["disputes"]["why"]["accounts"] == [{"name": "B-Land", "side": "side-1", "claims": []}]


@pytest.mark.parametrize("who", ["ann", "bo", "deal", "kept"])
def test_dispute_is_told_on_the_card_of_everybody_it_concerns(who: str) -> None:
    assert told()["entities"][who]["disputes"] == ["keeping"]


def test_evidence_names_source_paragraph_summary_and_quotes() -> None:
    place = told()["evidence"][PLACE]
    assert (place["source"], place["place"], place["summary"]) == ("report", "paragraph 4", "Names who was sent.")
    assert place["quotes"] == ["kept"]


def test_evidence_without_a_node_still_names_its_source() -> None:
    assert told()["evidence"]["report:p9"] == {"source": "report", "place": "paragraph 9", "mark": "p9"}


def test_every_place_that_is_named_is_told() -> None:
    data = told()
    named = {place for one in (*data["entities"].values(), *data["relationships"].values()) for place in one.get("evidence", [])}
    assert named <= set(data["evidence"])


def test_open_list_of_a_delegation_is_said() -> None:
    assert told()["entities"]["a-team"]["status"] == "Our sources do not name everybody in it."


@pytest.mark.parametrize(
    "address",
    [
        "javascript:1",
        "JaVaScRiPt:1",
        " data:text/html,<script>",
        "blob:https://x/1",
        "//x.org",
        "ftp://x.org",
        "https://x.org/\u202eevil",
        "https://x .org",
    ],
)
def test_only_http_addresses_become_links(address: str) -> None:
    assert web_address(address) == ""


def test_address_that_is_no_link_is_told_as_text() -> None:
    graph = negotiation(node("Issue", "odd", "Odd", url="javascript:1"), node("Issue", "even", "Even", url="https://example.org/"))
    entities = Cards(graph, ONTOLOGY, {}).data()["entities"]
    assert entities["odd"]["facts"] == [{"name": "Address", "text": "javascript:1"}]
    assert "url" not in entities["odd"]
    assert entities["even"]["url"] == "https://example.org/"
    assert "facts" not in entities["even"]


def test_http_address_is_kept() -> None:
    assert web_address("https://example.org/a?b=c") == "https://example.org/a?b=c"


def test_locator_that_is_no_paragraph_stays_as_it_is() -> None:
    assert locator_in_words("annex 2") == "annex 2"


def test_values_that_cannot_be_read_are_passed_over() -> None:
    graph = negotiation(node("Issue", "odd", "Odd", values=["{", "[]", '{"property": 1}']))
    assert Cards(graph, ONTOLOGY, {}).data()["entities"]["odd"]["name"] == "Odd"


@pytest.mark.parametrize(
    ("held", "dates", "words"),
    [
        ("yes", {}, None),
        ("possibly", {"valid_from": "2025-06"}, "possibly"),
        ("unknown", {}, "date not in our sources"),
        ("unknown", {"valid_from": "2025-01-20"}, "end not in our sources"),
        ("unknown", {"valid_to": "2025-06-30"}, "beginning not in our sources"),
        (None, {}, None),
    ],
)
def test_card_as_of_a_date_says_how_sure_a_relationship_is(held: Held | None, dates: Properties, words: str | None) -> None:
    one = tie("ann", "LEADS", "bo", **dates).model_copy(update={"held": held})
    assert Cards(Graph(), ONTOLOGY, {}).relationship(one).get("held") == words


def test_card_as_of_a_date_says_how_sure_an_event_is() -> None:
    event = node("Event", "call-two", "A call").model_copy(update={"held": "possibly"})
    assert Cards(Graph(nodes=(event,)), ONTOLOGY, {}).data()["entities"]["call-two"]["held"] == "possibly"
