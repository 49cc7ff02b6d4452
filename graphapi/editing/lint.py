"""What an editor may want to look at again in a data set that is right by the rules: reported, never refused."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Literal

from graphapi.ingest.dataset import Dataset
from graphapi.model import Node, Properties, Relationship, Shape, texts
from graphapi.ontology import Ontology

Rule = Literal["no-evidence", "no-attendance", "two-holders", "undated", "ends-not-named", "not-sent"]
MEETINGS = frozenset({"round", "meeting", "call", "summit", "visit", "signing"})
PRESENCE = frozenset({"TOOK_PART_IN", "ANNOUNCED_FOR", "ABSENT_FROM", "UNCONFIRMED_AT"})
PERIODS = ("valid_from", "valid_to", "seen_from", "seen_to")


class Finding(Shape):
    """One thing to look at: the file and line where the fact stands, its id, the rule, and a sentence."""

    file: str
    line: int
    id: str
    rule: Rule
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.id}: {self.message} [{self.rule}]"


@dataclass(frozen=True)
class _Desk:
    """The data set on the desk, with its nodes by id and its relationships by the node that they touch."""

    dataset: Dataset
    nodes: dict[str, Node]
    touching: dict[str, list[Relationship]]

    @property
    def ontology(self) -> Ontology:
        return self.dataset.ontology

    @property
    def relationships(self) -> Sequence[Relationship]:
        return self.dataset.graph.relationships


Found = Iterator[tuple[str, Rule, str]]


def lint(dataset: Dataset) -> tuple[Finding, ...]:
    """Return what is worth a second look, in order of file and line.

    Rules: an entity without evidence; a meeting of which nothing says who came; a post with two holders at one time; a relationship without
    any date; a relationship whose evidence does not name both its ends and is not marked as implied; a delegation that is sent nowhere.
    What is withheld is passed over. Places say whom they name by `names`, and a document names who published it, or what it relays; where
    no place of a data set names anybody, that rule is silent.
    """
    touching: dict[str, list[Relationship]] = defaultdict(list)
    for relationship in dataset.graph.relationships:
        touching[relationship.start].append(relationship)
        touching[relationship.end].append(relationship)
    desk = _Desk(dataset, {node.id: node for node in dataset.graph.nodes}, touching)
    withheld = {statement.subject for statement in dataset.statements if statement.withheld}
    found = [
        Finding(file=file, line=line, id=subject, rule=rule, message=message)
        for check in CHECKS
        for subject, rule, message in check(desk)
        if subject not in withheld
        for file, line in (dataset.places[subject],)
    ]
    return tuple(sorted(found, key=lambda finding: (finding.file, finding.line, finding.rule, finding.id)))


def _without_evidence(desk: _Desk) -> Found:
    for node in desk.nodes.values():
        is_known = node.properties.get("stub") or not desk.ontology.labels[node.label].entity
        publishes = any(relationship.type == "PUBLISHED_BY" for relationship in desk.touching[node.id])
        if not (is_known or publishes or node.evidence or texts(node.properties, "values")):
            yield node.id, "no-evidence", f"Nothing is named that shows {node.name}."


def _without_attendance(desk: _Desk) -> Found:
    for node in desk.nodes.values():
        if node.properties.get("kind") not in MEETINGS or not desk.ontology.is_a(node.label, "Event"):
            continue
        touching = desk.touching[node.id]
        seats = {r.start for r in touching if r.type == "SENT_TO"}
        seated = any(r.type in ("LEADS", "MEMBER_OF") for seat in seats for r in desk.touching[seat])
        if not seated and not any(relationship.type in PRESENCE for relationship in touching):
            yield node.id, "no-attendance", f"Nothing says who was at {node.name}, was announced for it or stayed away."


def _two_holders(desk: _Desk) -> Found:
    holdings: dict[str, list[Relationship]] = defaultdict(list)
    for relationship in desk.relationships:
        if relationship.type == "HOLDS":
            holdings[relationship.end].append(relationship)
    for post, held in holdings.items():
        for one, two in combinations(held, 2):
            if one.start != two.start and _overlap(one.properties, two.properties):
                names = f"{desk.nodes[one.start].name} and {desk.nodes[two.start].name}"
                yield two.id, "two-holders", f"{names} both hold the post {desk.nodes[post].name} at one time."


def _overlap(one: Properties, two: Properties) -> bool:
    first, second = _known_days(one), _known_days(two)
    return bool(first and second and first[0] <= second[1] and second[0] <= first[1])


def _known_days(properties: Properties) -> tuple[date, date] | None:
    """Return the first and the last day on which it surely held; a source dated by its month alone shows no day."""
    names = ["valid_from_latest", "valid_to_earliest"]
    seen = [properties.get(name) for name in ("seen_from", "seen_to")]
    if isinstance(seen[0], date) and isinstance(seen[1], date) and seen[0] <= seen[1]:
        names += ["seen_from", "seen_to"]
    days = [value for name in names for value in (properties.get(name),) if isinstance(value, date)]
    return (min(days), max(days)) if days else None


def _undated(desk: _Desk) -> Found:
    for relationship in desk.relationships:
        kind = desk.ontology.relationships[relationship.type]
        if not kind.structural and not any(name in relationship.properties for name in PERIODS):
            yield relationship.id, "undated", "Neither it nor any of its sources has a date."


def _ends_not_named(desk: _Desk) -> Found:
    named = {node.id: set(texts(node.properties, "names")) for node in desk.nodes.values() if node.label == "Evidence"}
    if not any(named.values()):
        return
    published = _published(desk)
    for relationship in desk.relationships:
        kind = desk.ontology.relationships[relationship.type]
        if kind.structural or relationship.properties.get("certainty") == "implied":
            continue
        places = [place for place in relationship.evidence if place in named]
        known = {one for place in places for one in (*named[place], *published[place.partition(":")[0]])}
        missing = [end for end in (relationship.start, relationship.end) if end not in known and _can_be_named(end, desk)]
        if places and missing:
            names = " and ".join(desk.nodes[end].name for end in missing)
            yield relationship.id, "ends-not-named", f"Its evidence does not name {names}. Cite a place that does, or mark it as implied."


def _published(desk: _Desk) -> dict[str, set[str]]:
    """Return who published each source, or what it relays."""
    found: dict[str, set[str]] = defaultdict(set)
    relayed: dict[str, set[str]] = defaultdict(set)
    for relationship in desk.relationships:
        if relationship.type == "PUBLISHED_BY":
            found[relationship.start].add(relationship.end)
        elif relationship.type == "RELAYS":
            relayed[relationship.start].add(relationship.end)
    for source in list(relayed):
        behind, waiting = {source}, [source]
        while waiting:
            fresh = relayed.get(waiting.pop(), set()) - behind
            behind |= fresh
            waiting += fresh
        found[source] = {publisher for one in behind for publisher in found[one]}
    return found


def _can_be_named(end: str, desk: _Desk) -> bool:
    return desk.ontology.labels[desk.nodes[end].label].named


def _not_sent(desk: _Desk) -> Found:
    for node in desk.nodes.values():
        if node.label == "Delegation" and not any(r.type == "SENT_TO" for r in desk.touching[node.id]):
            yield node.id, "not-sent", f"{node.name} is sent to no event."


CHECKS: tuple[Callable[[_Desk], Found], ...] = (_without_evidence, _without_attendance, _two_holders, _undated, _ends_not_named, _not_sent)
