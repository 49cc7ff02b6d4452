"""A small negotiation as a graph: two sides, a round, a call, a deal, claims that differ, one place in a source."""

import json

from graphapi.model import DatasetVersion, Graph, Node, Relationship, Step, Story, Value, relationship_id
from graphapi.ontology import read_ontology

ONTOLOGY = read_ontology()
PLACE = "report:p4"


def node(label: str, identifier: str, name: str, **properties: Value) -> Node:
    """A node of this label with evidence, unless it says otherwise."""
    return Node(id=identifier, labels=ONTOLOGY.labels_of(label), name=name, properties={"evidence": [PLACE], **properties})


def tie(start: str, kind: str, end: str, **properties: Value) -> Relationship:
    """A relationship with evidence."""
    found: dict[str, Value] = {"evidence": [PLACE], **properties}
    return Relationship(id=relationship_id(start, kind, end), type=kind, **{"from": start, "to": end}, properties=found, evidence=(PLACE,))


def values(*accounts: dict[str, object]) -> list[str]:
    """The `values` property as loading writes it."""
    return [json.dumps(account) for account in accounts]


def people() -> list[Node]:
    """Who sits at the table, and who does not."""
    return [
        node("Country", "a-land", "A-Land", side="a-land"),
        node("Country", "b-land", "B-Land", side="b-land"),
        node("Person", "ann", "Ann Açaí", side="a-land", aliases=["Madam Trade"]),
        node("Person", "bo", "Bo Brown", side="b-land", caption="Minister of B-Land"),
        node("Person", "cy", "Cy Clerk", caption="Reporter"),
        node("Agency", "ministry", "Ministry of Trade", side="a-land"),
        node("Post", "minister", "Minister of Trade", side="a-land", head=True),
        node("Delegation", "a-team", "A-Land delegation", side="a-land", list_complete=False),
    ]


def affairs() -> list[Node]:
    """What they met for, what came of it, what is said of it."""
    accounts = values(
        {"property": "date", "value": "2025-05", "evidence": [PLACE], "shown": True},
        {"property": "date", "value": "2025-05-10", "evidence": ["report:p9"], "shown": False},
    )
    return [
        node(
            "Round", "first-round", "First round", kind="round", date="2025-05", earliest="2025-05-01", disputed=["date"], values=accounts
        ),
        node("Event", "call", "The call", kind="call", date="[2025-06-05..2025-06-08]", earliest="2025-06-05"),
        node("Place", "harbour", "Harbour City", kind="city"),
        node("Agreement", "deal", "The deal", kind="preliminary"),
        node("Issue", "tariffs", "Tariffs"),
        node("Measure", "duty", "Duty on steel", kind="tariff"),
        node("Claim", "kept", "It is kept", summary="A-Land says that the deal is kept.", quote="we keep every word", side="a-land"),
        node("Claim", "broken", "It is broken", summary="B-Land sees it broken.", side="b-land", certainty="alleged"),
        node("Dispute", "keeping", "Is it kept?", question="Is the deal kept?", kind="conflict", silent=[]),
        Node(
            id="report",
            labels=("Source",),
            name="A report",
            properties={"kind": "news-report", "grade": "B", "url": "https://example.org/report"},
        ),
        Node(id=PLACE, labels=("Evidence",), name="p4", properties={"locator": "p4", "summary": "Names who was sent."}),
    ]


def ties() -> list[Relationship]:
    """How all that hangs together."""
    return [
        tie("ann", "HOLDS", "minister"),
        tie("minister", "PART_OF", "ministry"),
        tie("ministry", "PART_OF", "a-land"),
        tie("ann", "LEADS", "a-team", jointly=True),
        tie("a-team", "REPRESENTS", "a-land"),
        tie("a-team", "SENT_TO", "first-round"),
        tie("ann", "ANNOUNCED_FOR", "first-round"),
        tie("bo", "ABSENT_FROM", "first-round"),
        tie("bo", "TOOK_PART_IN", "call", certainty="implied"),
        tie("a-land", "PARTY_TO", "deal"),
        tie("b-land", "PARTY_TO", "deal"),
        tie("first-round", "PRODUCED", "deal"),
        tie("deal", "ADDRESSES", "tariffs"),
        tie("first-round", "HELD_IN", "harbour"),
        tie("a-land", "IMPOSED", "duty"),
        tie("duty", "TARGETS", "b-land"),
        tie("ann", "SAID", "kept"),
        tie("bo", "SAID", "broken"),
        tie("kept", "ABOUT", "deal"),
        tie("broken", "ABOUT", "deal"),
        tie("kept", "ANSWERS_IN", "keeping", account="a-land"),
        tie("broken", "ANSWERS_IN", "keeping", account="b-land"),
        tie("keeping", "ABOUT", "deal"),
        tie("cy", "CREDITED_IN", "report", role="reporter"),
        tie(PLACE, "FROM", "report"),
    ]


def negotiation(*more: Node | Relationship) -> Graph:
    """The graph, with more nodes and relationships where a test needs them."""
    nodes = [one for one in more if isinstance(one, Node)]
    relationships = [one for one in more if isinstance(one, Relationship)]
    return Graph(
        nodes=(*people(), *affairs(), *nodes),
        relationships=(*ties(), *relationships),
        datasets=(DatasetVersion(id="tiny", version="1.0.0", title="A tiny negotiation", sides=("a-land", "b-land")),),
    )


def planted(text: str) -> Graph:
    """The graph with a text in every place that takes one, where it could do harm."""
    whole = negotiation()
    fields = ("caption", "summary", "quote", "question", "status", "channel", "note", "stance", "account", "role")
    nodes = tuple(
        one.model_copy(
            update={
                "name": f"{one.id} {text}",
                "properties": {**one.properties, **dict.fromkeys(fields, text), "aliases": [text], "url": text},
            }
        )
        for one in whole.nodes
    )
    relationships = tuple(
        one.model_copy(update={"properties": {**one.properties, "note": text, "role": text}}) for one in whole.relationships
    )
    datasets = (DatasetVersion(id=text, version=text, title=text, sides=("a-land", "b-land"), stories=(hostile_story(text),)),)
    return whole.model_copy(update={"nodes": nodes, "relationships": relationships, "datasets": datasets})


def hostile_story(text: str) -> Story:
    """A story of two steps with the text in every place of it that takes one."""
    first = Step(title=f"First {text}", text=f"{text} said Ann", focus=("ann", "kept"), date=text, day="2025-06-09")
    return Story(id="told", title=f"Story {text}", text=text, steps=(first, Step(title=text, text=text, focus=("deal",))))


def crowd(size: int, ties_each: int = 2) -> Graph:
    """A graph of this many people and meetings with long and short names, the same every time."""
    kinds = ("Person", "Agency", "Event", "Issue", "Agreement", "Measure")
    needs: dict[str, dict[str, Value]] = {"Event": {"kind": "meeting"}, "Agreement": {"kind": "x"}, "Measure": {"kind": "tariff"}}
    nodes = []
    for at in range(size):
        label = kinds[at % len(kinds)]
        side = ("a-land", "b-land", "c-land")[at % 3]
        extra = {"side": side} if label in ("Person", "Agency") else needs.get(label, {})
        nodes.append(node(label, f"n{at}", "A rather long name of something " * (at % 3) + f"Number {at}", **extra))
    joined = {(f"n{at}", f"n{(at * 7 + step * 11 + 3) % size}") for at in range(size) for step in range(ties_each)}
    relationships = tuple(tie(start, "ABOUT", end) for start, end in sorted(joined) if start != end)
    datasets = (DatasetVersion(id="crowd", version="1", title="A crowd", sides=("a-land", "b-land")),)
    return Graph(nodes=tuple(nodes), relationships=relationships, datasets=datasets)
