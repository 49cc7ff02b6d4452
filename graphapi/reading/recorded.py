"""What our data said on a day: nodes and relationships as the records of that day make them, whatever the graph shows now."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from graphapi.errors import InputRefused, NotFound
from graphapi.ingest.merge import Stated, merge_node, merge_relationship
from graphapi.ingest.ranking import Sources, rank_sources
from graphapi.ingest.statement import Statement, read_body
from graphapi.model import Node, Relationship, Shape
from graphapi.ontology import Ontology
from graphapi.period import native
from graphapi.reading.closeness import close_ids
from graphapi.store import Store

Days = dict[str, date]


class Recorded(Shape):
    """When what is shown was loaded (the latest of its records), and whether a data set says something else of it today, or nothing."""

    recorded_at: date
    changed_later: bool


class KnownNode(Recorded):
    """A node as our data had it."""

    node: Node


class KnownNeighbor(Recorded):
    """A relationship as our data had it, with the node at its other end."""

    relationship: Relationship
    node: Node


class Page(Shape):
    """Which relationships of an entity: of one type, out of it or into it, from where on, how many."""

    id: str
    type: str | None = None
    direction: Literal["both", "out", "in"] = "both"
    after: str = ""
    limit: int = 50


class Silence(Shape):
    """Why our data said nothing; `was_ever` when they did at another time."""

    sentence: str
    was_ever: bool


@dataclass(frozen=True)
class Archive:
    """The records of a graph as they stood at the end of a day (UTC)."""

    store: Store
    ontology: Ontology
    day: date

    @property
    def moment(self) -> Days:
        """The day as the texts take it."""
        return {"earliest": self.day, "latest": self.day}

    def node(self, identifier: str) -> KnownNode:
        """Return a node as our data had it; raises NotFound, saying since when they know of it."""
        groups = self._stated([identifier])
        if identifier not in groups:
            raise self.unknown(identifier)
        rows, stated = groups[identifier]
        return KnownNode(node=merge_node(stated, self._sources(), self.ontology), **_when(rows))

    def neighbors(self, page: Page) -> list[KnownNeighbor]:
        """Return a page of relationships as our data had them, in order of ids; empty for what they did not know of."""
        found = self.store.rows("read/records/recorded-relationships", **page.model_dump(), known_at=self.moment)
        groups = self._stated([row["id"] for row in found])
        if not groups:
            return []
        sources = self._sources()
        ties = {subject: merge_relationship(stated, sources, self.ontology) for subject, (_, stated) in groups.items()}
        nodes = self._nodes({_other(tie, page.id) for tie in ties.values()}, sources)
        return [
            KnownNeighbor(relationship=ties[subject], node=nodes[_other(ties[subject], page.id)], **_when(groups[subject][0]))
            for subject in sorted(groups)
        ]

    def unknown(self, identifier: str) -> NotFound:
        """Return the error for an id of which our data said nothing on the day: never, not yet, or no more."""
        silence = read_silence(self.store, identifier, self.day)
        known = silence is not None and silence.was_ever
        close = () if known else close_ids(self.store, identifier)
        return NotFound(f"entity in our data of {self.day}", identifier[:120], close, hint=silence.sentence if silence and known else "")

    def _stated(self, subjects: Iterable[str]) -> dict[str, tuple[list[dict[str, Any]], list[Stated]]]:
        groups: dict[str, tuple[list[dict[str, Any]], list[Stated]]] = defaultdict(lambda: ([], []))
        for row in self.store.rows("read/records/recorded", subjects=list(subjects), known_at=self.moment):
            groups[row["subject"]][0].append(row)
            groups[row["subject"]][1].append((row["dataset"], self._known(read_body(row["body"]))))
        return dict(groups)

    def _known(self, statement: Statement) -> Statement:
        """Return a statement without properties that the ontology had then and has no more."""
        kinds = self.ontology.labels if statement.kind == "node" else self.ontology.relationships
        if statement.type not in kinds:
            raise InputRefused(
                f"{statement.subject} was recorded as {statement.type}, which the ontology does not know any more.",
                hint="parley query known-at shows what was recorded without it.",
            )
        read = self.ontology.properties_of_label if statement.kind == "node" else self.ontology.properties_of_relationship
        known = read(statement.type)
        return statement.model_copy(update={"values": {name: found for name, found in statement.values.items() if name in known}})

    def _sources(self) -> Sources:
        rows = self.store.rows("read/records/recorded-sources", known_at=self.moment)
        return rank_sources(read_body(row["body"]) for row in rows)

    def _nodes(self, wanted: set[str], sources: Sources) -> dict[str, Node]:
        groups = self._stated(sorted(wanted))
        bare = {identifier: Node(id=identifier, labels=(), name=identifier) for identifier in wanted}
        return bare | {subject: merge_node(stated, sources, self.ontology) for subject, (_, stated) in groups.items()}


def read_silence(store: Store, identifier: str, day: date) -> Silence | None:
    """Say why our data said nothing of an id at the end of a day (UTC), and since or until when they did; None when they said something."""
    if store.rows("read/records/recorded", subjects=[identifier], known_at={"earliest": day, "latest": day}):
        return None
    rows = store.rows("read/records/first-recorded", subject=identifier)
    nothing = f"On {day} our data said nothing of {identifier[:120]!r}, which says nothing about the world."
    if not rows:
        return Silence(sentence=f"{nothing} They never did.", was_ever=False)
    first, ended = native(rows[0]["first"]), native(rows[0]["ended"])
    since = f"They do since {first}." if ended is None else f"They did from {first} until {ended}."
    return Silence(sentence=f"{nothing} {since}", was_ever=True)


def check_past(day: date, today: date) -> None:
    """Raise InputRefused for a day that lies ahead: nobody knows what our data will say."""
    if day > today:
        raise InputRefused(f"known_at is {day}, which lies ahead.", hint=f"Today is {today} (UTC).", parameter="known_at")


def _other(tie: Relationship, identifier: str) -> str:
    return tie.end if tie.start == identifier else tie.start


def _when(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"recorded_at": max(native(row["recorded_at"]) for row in rows), "changed_later": any(row["changed_later"] for row in rows)}
