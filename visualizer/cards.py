"""What a card tells of an entity or a relationship, as plain data for the page: facts, relationships, claims, accounts, evidence."""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from graphapi.model import Graph, Node, Properties, Relationship, texts
from graphapi.ontology import Ontology, Property
from visualizer.days import Days
from visualizer.style import icon_of, side_key, sides_of
from visualizer.wording import BASES, GRADES, choice, date_in_words, value_in_words, visible

Data = dict[str, Any]
# Shown in a card's head, in its own section or not at all.
UNTOLD = {"id", "name", "aliases", "caption", "note", "evidence", "certainty", "basis", "wording", "side", "summary", "quote", "disputed"}
UNTOLD |= {
    "values",
    "datasets",
    "sha256",
    "bytes",
    "list_complete",
    "kind",
    "icon",
    "question",
    "silent",
    "settled",
    "locator",
    "jointly",
    "seen_from",
    "seen_to",
    "corrections",
    "withheld",
}
# Relationships that the sections on claims, positions and accounts tell instead.
SPOKEN = {"SAID", "ATTRIBUTED_TO", "MADE_AT", "ANSWERS_IN", "TAKES"}
SPEECH = {"Claim", "Position", "Dispute"}
FACT_NAMES = {"min_minutes": "Minutes, at least", "url": "Address"}
POLARITY = {"negative": "stated not to be so", "tentative": "only announced or pending"}
HELD = {"possibly": "possibly", "unknown": "date not in our sources"}
CERTAINTY = {"implied": "implied by context", "assessed": "the source's own assessment", "alleged": "alleged by one side"}
DISPUTES = {
    "conflict": "The accounts conflict",
    "rounding": "The accounts round differently",
    "narrower": "One account is narrower",
    "wording": "The accounts word it differently",
    "one-sided": "Only one side speaks",
    "silence": "One side says nothing of it",
    "reporting-error": "One report is in error",
    "rumour": "A rumour",
}


class Cards:
    """Everything that cards tell of a graph, each thing once; entities refer to relationships, claims and evidence by id."""

    def __init__(self, graph: Graph, ontology: Ontology, captions: dict[str, str], days: Days | None = None) -> None:
        self.graph = graph
        self.ontology = ontology
        self.captions = captions
        self.days = days
        self.sides = sides_of(graph)
        self.nodes = {node.id: node for node in graph.nodes}
        self.told = {one.id for one in graph.relationships if self._is_told(one)}
        self.speech = {node.id for node in graph.nodes if node.label in SPEECH}
        self.touching = _by_end(graph.relationships)
        self.spoken = _by_end(
            one for one in graph.relationships if one.type in SPOKEN or one.start in self.speech or one.end in self.speech
        )
        self.order = {name: place for place, name in enumerate(ontology.relationships)}
        self._of_label = lru_cache(lambda label: _told_of(ontology.properties_of_label(label)))
        self._of_relationship = lru_cache(lambda kind: _told_of(ontology.properties_of_relationship(kind)))

    def data(self) -> Data:
        """Return all of it: `entities`, `relationships`, `claims`, `disputes`, `evidence`, `sources`, each by id."""
        told = [node for node in self.graph.nodes if node.label != "Evidence" and node.label in self.ontology.labels]
        return {
            "entities": {node.id: self.entity(node) for node in told},
            "relationships": {one.id: self.relationship(one) for one in self.graph.relationships if one.id in self.told},
            "claims": {node.id: self.claim(node) for node in told if node.label in ("Claim", "Position")},
            "disputes": {node.id: self.dispute(node) for node in told if node.label == "Dispute"},
            "evidence": self.evidence(),
            "sources": {node.id: self.source(node) for node in told if node.label == "Source"},
        }

    def _is_told(self, one: Relationship) -> bool:
        kind = self.ontology.relationships.get(one.type)
        return kind is not None and not kind.structural and one.start in self.nodes and one.end in self.nodes

    def entity(self, node: Node) -> Data:
        """Return one entity's card; empty sections are left out."""
        properties = node.properties
        card: Data = {
            "name": visible(node.name),
            "kind": node.label,
            "side": side_key(node, self.sides) if self.ontology.labels[node.label].colour == "side" else "",
            "icon": icon_of(node, self.ontology),
            "sort": choice(str(properties.get("kind", ""))),
            "caption": self.captions.get(node.id, ""),
            "aliases": [visible(alias) for alias in texts(properties, "aliases")],
            "note": visible(str(properties.get("note", ""))),
            "url": web_address(properties.get("url")),
            "certainty": CERTAINTY.get(str(properties.get("certainty", "")), ""),
            "held": HELD.get(node.held or "", ""),
            "days": self.days.node(node) if self.days else "",
            "status": self._status(node),
            "withheld": [
                visible(text if text.startswith("A relationship") else f"Withheld: {text}") for text in texts(properties, "withheld")
            ],
            "corrections": corrections(properties),
            "facts": self.facts(properties, self._of_label(node.label)),
            "groups": self._groups(node),
            "speech": self._speech(node),
            "disputes": self._disputes(node),
            "evidence": list(node.evidence),
        }
        return {name: value for name, value in card.items() if value}

    def _status(self, node: Node) -> str:
        if node.properties.get("list_complete") is False:
            return "Our sources do not name everybody in it."
        return ""

    def facts(self, properties: Properties, known: dict[str, Property]) -> list[Data]:
        """Return properties in the ontology's order, dates in words; each with evidence of its own and what others say."""
        accounts = _accounts(properties)
        facts = []
        for name, kind in known.items():
            if name not in properties or (name == "url" and web_address(properties[name])):
                continue
            fact: Data = {"name": FACT_NAMES.get(name, choice(name).capitalize()), "text": self._told(properties[name], kind)}
            shown, *others = accounts.get(name) or [{}]
            if name == "date":
                fact["how"] = _how(properties)
            if shown.get("evidence"):
                fact["evidence"] = shown["evidence"]
            if others:
                fact["others"] = [{"text": self._told(one.get("value", ""), kind), "evidence": one.get("evidence", [])} for one in others]
            facts.append({key: value for key, value in fact.items() if value})
        return facts

    def _told(self, value: Any, kind: Property) -> str:
        if kind.type == "date" and isinstance(value, str):
            return date_in_words(value)
        if kind.type == "reference" and str(value) in self.nodes:
            return visible(self.nodes[str(value)].name)
        words = value_in_words(value)
        return choice(words) if kind.type == "choice" else words

    def _groups(self, node: Node) -> list[Data]:
        """Relationships by what is read between the two names, in the ontology's order of families and types."""
        groups: dict[tuple[int, bool, str], list[str]] = {}
        for one in self.touching.get(node.id, []):
            if one.id in self.told and not self._is_spoken(one, node):
                groups.setdefault((self.order[one.type], one.start != node.id, one.type), []).append(one.id)
        told = []
        for (_, backward, name), members in sorted(groups.items()):
            kind = self.ontology.relationships[name]
            phrase = kind.backward if backward else kind.forward
            told.append({"title": phrase[:1].upper() + phrase[1:], "items": members, "mark": POLARITY.get(kind.polarity, "")})
        return told

    def _is_spoken(self, one: Relationship, node: Node) -> bool:
        if one.type in SPOKEN:
            return True
        return one.type == "ABOUT" and one.start != node.id and one.start in self.speech

    def _speech(self, node: Node) -> list[Data]:
        """Claims and positions by what they have to do with the node."""
        if node.id not in self.spoken and node.label not in ("Claim", "Position"):
            return []
        titles = {
            ("SAID", True): "Says",
            ("TAKES", True): "Wants or holds",
            ("ATTRIBUTED_TO", False): "Is quoted by others as saying",
            ("MADE_AT", False): "Said there",
            ("ABOUT", False): "What is said of them" if node.label == "Person" else "What is said of it",
        }
        found: dict[str, list[str]] = {}
        for one in self.spoken.get(node.id, []):
            title = titles.get((one.type, one.start == node.id))
            other = one.end if one.start == node.id else one.start
            if title and other in self.nodes and self.nodes[other].label in ("Claim", "Position"):
                found.setdefault(title, []).append(other)
        if node.label in ("Claim", "Position"):
            found = {"What is said": [node.id]}
        return [
            {"title": title, "items": list(dict.fromkeys(found[title]))} for title in (*titles.values(), "What is said") if title in found
        ]

    def _disputes(self, node: Node) -> list[str]:
        if node.label == "Dispute":
            return [node.id]
        found = []
        for one in self.spoken.get(node.id, []):
            other = one.end if one.start == node.id else one.start
            if one.type in ("ABOUT", "ANSWERS_IN") and other in self.nodes and self.nodes[other].label == "Dispute":
                found.append(other)
            elif one.type in SPOKEN or (one.type == "ABOUT" and other in self.nodes and self.nodes[other].label == "Claim"):
                found += [more.end for more in self.touching.get(other, []) if more.type == "ANSWERS_IN" and more.end in self.nodes]
        return list(dict.fromkeys(found))

    def relationship(self, one: Relationship) -> Data:
        """Return one relationship: its ends, how it reads both ways, its marks, facts and evidence."""
        kind = self.ontology.relationships[one.type]
        told: Data = {
            "from": one.start,
            "to": one.end,
            "forward": f"jointly {kind.forward}" if one.properties.get("jointly") else kind.forward,
            "backward": f"{kind.backward} (jointly)" if one.properties.get("jointly") else kind.backward,
            "polarity": "" if kind.polarity == "positive" else kind.polarity,
            "certainty": CERTAINTY.get(str(one.properties.get("certainty", "")), ""),
            "held": held_in_words(one),
            "days": self.days.relationship(one) if self.days else "",
            "note": visible(str(one.properties.get("note", ""))),
            "corrections": corrections(one.properties),
            "facts": self.facts(one.properties, self._of_relationship(one.type)),
            "evidence": list(one.evidence or texts(one.properties, "evidence")),
        }
        return {name: value for name, value in told.items() if value}

    def claim(self, node: Node) -> Data:
        """Return a claim or position: who, in what words, by which channel, according to whom."""
        properties = node.properties
        relationships = self.touching.get(node.id, [])
        told: Data = {
            "who": [one.start for one in relationships if one.type in ("SAID", "TAKES") and one.start in self.nodes],
            "of": [one.end for one in relationships if one.type == "ATTRIBUTED_TO" and one.end in self.nodes],
            "summary": visible(str(properties.get("summary") or properties.get("stance") or node.name)),
            "quote": visible(str(properties.get("quote", ""))),
            "side": side_key(node, self.sides),
            "date": date_in_words(str(properties["date"])) if "date" in properties else "",
            "channel": visible(str(properties.get("channel", ""))),
            "certainty": CERTAINTY.get(str(properties.get("certainty", "")), ""),
            "held": HELD.get(node.held or "", ""),
            "figure": " ".join(visible(str(properties[name])) for name in ("attribute", "value", "unit") if name in properties),
            "position": node.label == "Position",
            "evidence": list(node.evidence),
        }
        return {name: value for name, value in told.items() if value}

    def dispute(self, node: Node) -> Data:
        """Return a question with its accounts, those of the sides in the order of the table, and who is silent."""
        accounts: dict[str, list[str]] = {}
        for one in self.touching.get(node.id, []):
            if one.type == "ANSWERS_IN" and one.start in self.nodes:
                accounts.setdefault(str(one.properties.get("account", "")), []).append(one.start)
        silent = texts(node.properties, "silent")
        names = sorted({*accounts, *silent}, key=lambda name: (self.sides.index(name) if name in self.sides else len(self.sides), name))
        return {
            "question": visible(str(node.properties.get("question", node.name))),
            "kind": DISPUTES.get(str(node.properties.get("kind", "")), "Accounts differ"),
            "settled": visible(str(node.properties.get("settled", ""))),
            "note": visible(str(node.properties.get("note", ""))),
            "accounts": [self._account(name, accounts.get(name, [])) for name in names],
            "evidence": list(node.evidence),
        }

    def _account(self, name: str, claims: list[str]) -> Data:
        key = f"side-{self.sides.index(name)}" if name in self.sides else "third"
        title = visible(self.nodes[name].name) if name in self.nodes else visible(choice(name)) if name else "An account"
        return {"name": title[:1].upper() + title[1:], "side": key, "claims": claims}

    def evidence(self) -> dict[str, Data]:
        """Return every place that a fact names, with what it says in our words and the claims that quote it."""
        quoted: dict[str, list[str]] = {}
        for node in self.graph.nodes:
            for place in node.evidence if node.properties.get("quote") else ():
                quoted.setdefault(place, []).append(node.id)
        stands_in = {one.start: one.end for one in self.graph.relationships if one.type == "FROM"}
        return {place: self._place(place, stands_in, quoted) for place in sorted(set(self._places()))}

    def _places(self) -> Iterable[str]:
        things: tuple[Node | Relationship, ...] = (*self.graph.nodes, *self.graph.relationships)
        for thing in things:
            yield from thing.evidence or texts(thing.properties, "evidence")
            for account in _accounts(thing.properties).values():
                for one in account:
                    yield from one.get("evidence", [])

    def _place(self, place: str, stands_in: dict[str, str], quoted: dict[str, list[str]]) -> Data:
        source, _, locator = place.partition(":")
        node = self.nodes.get(place)
        properties = node.properties if node else {}
        told: Data = {
            "source": stands_in.get(place, source),
            "place": locator_in_words(str(properties.get("locator", locator))),
            "mark": visible(locator),
            "summary": visible(str(properties.get("summary", ""))),
            "quotes": quoted.get(place, []),
        }
        return {name: value for name, value in told.items() if value}

    def source(self, node: Node) -> Data:
        """Return a source: what it is, how good, when, through what it is known, and who is credited."""
        properties = node.properties
        known = [one for one in self.touching.get(node.id, []) if one.start in self.nodes and one.end in self.nodes]
        told: Data = {
            "kind": choice(str(properties.get("kind", ""))),
            "grade": GRADES.get(str(properties.get("grade", "")), ""),
            "date": date_in_words(str(properties["date"])) if "date" in properties else "",
            "url": web_address(properties.get("url")),
            "publisher": [one.end for one in known if one.type == "PUBLISHED_BY" and one.start == node.id],
            "through": [one.start for one in known if one.type == "RELAYS" and one.end == node.id],
        }
        return {name: value for name, value in told.items() if value}


def _by_end(relationships: Iterable[Relationship]) -> dict[str, list[Relationship]]:
    """Relationships by each of their ends."""
    found: dict[str, list[Relationship]] = {}
    for one in relationships:
        found.setdefault(one.start, []).append(one)
        if one.end != one.start:
            found.setdefault(one.end, []).append(one)
    return found


def held_in_words(one: Relationship) -> str:
    """Return how surely a relationship held at the page's as-of date; nothing when it surely did, or without a date."""
    if one.held == "unknown" and "valid_from" in one.properties:
        return "end not in our sources"
    if one.held == "unknown" and "valid_to" in one.properties:
        return "beginning not in our sources"
    return HELD.get(one.held or "", "")


def corrections(properties: Properties) -> list[str]:
    """Return what was corrected and why, a sentence each; unreadable ones are passed over."""
    if "corrections" not in properties:
        return []
    found = [one for one in _read(properties, "corrections") if {"date", "what", "why"} <= one.keys()]
    return [visible(f"Corrected on {date_in_words(one['date'])}: {one['what'].rstrip('.')} ({one['why'].rstrip('.')}).") for one in found]


def web_address(value: Any) -> str:
    """Return an address if it is http or https, else nothing: no other scheme may become a link."""
    text = str(value).strip() if value else ""
    allowed = (
        text.lower().startswith(("http://", "https://")) and visible(text) == text and not any(character.isspace() for character in text)
    )
    return text if allowed else ""


def locator_in_words(locator: str) -> str:
    """Return where in a source: `p12` reads "paragraph 12"."""
    return f"paragraph {locator[1:]}" if locator[:1] == "p" and locator[1:].isdigit() else visible(locator)


def _told_of(known: dict[str, Property]) -> dict[str, Property]:
    return {name: kind for name, kind in known.items() if name not in UNTOLD}


def _how(properties: Properties) -> str:
    basis = BASES.get(str(properties.get("basis", "")), "")
    wording = visible(str(properties.get("wording", "")))
    return ", ".join(part for part in (f"“{wording}”" if wording else "", basis) if part)


def _accounts(properties: Properties) -> dict[str, list[Data]]:
    """Every value that carries evidence of its own, by property, the shown one first; unreadable ones are passed over."""
    found: dict[str, list[Data]] = {}
    if "values" not in properties:
        return found
    for one in _read(properties, "values"):
        if isinstance(one.get("property"), str):
            found.setdefault(one["property"], []).append(one)
    return {name: sorted(accounts, key=lambda one: not one.get("shown")) for name, accounts in found.items()}


def _read(properties: Properties, name: str) -> Iterable[Data]:
    for text in texts(properties, name):
        try:
            one = json.loads(text)
        except ValueError:
            continue
        if isinstance(one, dict):
            yield one
