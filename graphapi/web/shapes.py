"""What answers look like, for the documentation; nothing is validated against it while the service runs."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from graphapi.model import DatasetVersion

Held = Literal["yes", "possibly", "unknown"]
CURSOR = "Give it as cursor to get the page after; null on the last page"


class NodeShape(BaseModel):
    """A node."""

    id: str = Field(examples=["howard-lutnick"])
    labels: list[str] = Field(description="From the most general to the most particular", examples=[["Entity", "Person"]])
    name: str = Field(examples=["Howard Lutnick"])
    properties: dict[str, Any] = Field(description="Dates are ISO texts", examples=[{"side": "united-states"}])
    held: Held | None = Field(None, description="Only as of a date: whether it had come about by then")


class RecordedShape(BaseModel):
    """When our data said it, only for what they said on a day, `known_at`."""

    recorded_at: str | None = Field(None, description="Only with known_at: the day (UTC) on which it was loaded")
    changed_later: bool | None = Field(None, description="Only with known_at: whether it is said otherwise today, or not at all")


class EntityShape(NodeShape, RecordedShape):
    """An entity or a source."""

    known_at: str | None = Field(None, description="The day asked for")


class RelationshipShape(BaseModel):
    """A relationship."""

    id: str = Field(description="start--TYPE--end", examples=["howard-lutnick--ABSENT_FROM--talks-geneva-2025-05"])
    type: str = Field(examples=["ABSENT_FROM"])
    from_: str = Field(alias="from", examples=["howard-lutnick"])
    to: str = Field(examples=["talks-geneva-2025-05"])
    properties: dict[str, Any]
    evidence: list[str] = Field(description="Places that show it, as source:locator", examples=[["reuters-london-preview:p12"]])
    held: Held | None = Field(None, description="Only as of a date: whether it held all that time")


class RelationshipWithEnds(RelationshipShape):
    """A relationship with the nodes at its ends."""

    start: NodeShape
    end: NodeShape


class Entities(BaseModel):
    """A page of entities."""

    items: list[EntityShape]
    next: str | None = Field(description=CURSOR)


class Neighbor(RecordedShape):
    """A relationship and the node at its other end."""

    relationship: RelationshipShape
    node: NodeShape


class Neighbors(BaseModel):
    """A page of neighbours."""

    items: list[Neighbor]
    next: str | None = Field(description=CURSOR)
    known_at: str | None = Field(None, description="The day asked for")
    not_in_sources: list[str] | None = Field(None, description="Only with known_at: what our data did not say, in sentences")


class Place(BaseModel):
    """A place in a source, or the whole source when `locator` is empty."""

    id: str = Field(description="source:locator", examples=["reuters-london-preview:p12"])
    locator: str = Field(examples=["p12"])
    summary: str = Field(description="What the place says, in our own words")
    sha256: str = Field(description="SHA-256 of the paragraph")
    source: NodeShape | None = Field(description="The source; null when the graph does not have it")


class ClaimBrief(BaseModel):
    """A claim in short."""

    id: str
    name: str
    summary: str | None = None
    quote: str | None = None


class EvidenceItem(Place):
    """A place with what rests on it of one entity."""

    whole: bool = Field(description="Whether the entity as a whole rests on it")
    property_names: list[str] = Field(alias="properties", description="Properties of the entity whose value names it")
    relationships: list[str] = Field(description="Ids of relationships of the entity that rest on it")
    claims: list[ClaimBrief] = Field(description="Claims by or about the entity that rest on it")


class EvidenceOfEntity(BaseModel):
    """A page of places."""

    items: list[EvidenceItem]
    next: str | None = Field(description=CURSOR)


class RestingEntity(BaseModel):
    """An entity that rests on a place."""

    id: str
    labels: list[str]
    name: str


class RestingRelationship(BaseModel):
    """A relationship that rests on a place."""

    id: str
    type: str


class EvidenceWithFacts(Place):
    """A place with everything that rests on it."""

    entities: list[RestingEntity]
    relationships: list[RestingRelationship]
    truncated: bool = Field(description="Whether more than 500 entities or 500 relationships rest on it")


class WhyShape(BaseModel):
    """What of a hit matched."""

    field: Literal["name", "alias", "caption"]
    value: str = Field(examples=["Howard Lutnick"])
    how: Literal["exact", "prefix", "words", "fuzzy"] = Field(description="`fuzzy`: a word had to be changed by a letter or two")


class HitShape(BaseModel):
    """One thing that a search found."""

    node: NodeShape
    score: float = Field(description="From 0 to 1.1, the best first")
    why: WhyShape


class Hits(BaseModel):
    """What a search found."""

    items: list[HitShape]
    next: None


class GraphShape(BaseModel):
    """A graph."""

    nodes: list[NodeShape]
    relationships: list[RelationshipShape]
    truncated: bool = Field(description="Whether a cap cut it")
    as_of: str | None


class Datasets(BaseModel):
    """All data sets."""

    items: list[DatasetVersion]
    next: None
