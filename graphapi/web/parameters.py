"""What may stand behind the question mark, read strictly."""

import re
from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import Path
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from graphapi.dates import read_as_of, read_day
from graphapi.errors import InputRefused
from graphapi.reading.graphs import MAX_DEPTH
from graphapi.web.cursors import MAX_LENGTH

DEFAULT_LIMIT = 50
MAX_LIMIT = 500
MAX_SHOWN = 60
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
WHOLE_NUMBER = re.compile(r"[0-9]{1,9}")


def whole_number(first: int, last: int) -> Callable[[object], object]:
    """Return the reader of a whole number between two others, given as digits."""

    def read(value: object) -> object:
        if isinstance(value, int):
            return value
        if not isinstance(value, str) or not WHOLE_NUMBER.fullmatch(value) or not first <= int(value) <= last:
            raise ValueError(f"a whole number from {first} to {last}")
        return int(value)

    return read


def _identifier(value: str) -> str:
    if len(value) > 120 or not SLUG.fullmatch(value):
        raise ValueError("an id: small letters, digits and single hyphens, such as howard-lutnick")
    return value


def _as_of(value: str) -> str:
    try:
        return read_as_of(value).text
    except InputRefused:
        raise ValueError("a day, a month or a year, such as 2025-06-09, 2025-06 or 2025") from None


def _day(value: str) -> str:
    try:
        return read_day(value).isoformat()
    except InputRefused:
        raise ValueError("a day, such as 2026-06-09") from None


def _cursor(value: str) -> str:
    if not value or len(value) > MAX_LENGTH:
        raise ValueError("what next of the page before says")
    return value


Identifier = Annotated[str, AfterValidator(_identifier)]
AsOf = Annotated[
    Annotated[str, AfterValidator(_as_of)] | None,
    Field(description="A day, a month or a year: leaves out what surely was not so then, and marks the rest", examples=["2025-05"]),
]
KnownAt = Annotated[
    Annotated[str, AfterValidator(_day)] | None,
    Field(description="A day (UTC): what our data said at its end, whatever they say now; not with as_of", examples=["2026-11-22"]),
]
Limit = Annotated[
    int,
    Field(description="Most items of a page", ge=1, le=MAX_LIMIT, examples=[DEFAULT_LIMIT]),
    BeforeValidator(whole_number(1, MAX_LIMIT)),
]
Cursor = Annotated[
    Annotated[str, AfterValidator(_cursor)] | None, Field(description="`next` of the page before; with the same other parameters")
]
Label = Annotated[str | None, Field(description="A label of the ontology", examples=["Agency"])]
Side = Annotated[Identifier | None, Field(description="The id of the country whose part they take", examples=["united-states"])]
EntityId = Annotated[str, Path(description="The id of an entity or a source", examples=["howard-lutnick"])]
RelationshipId = Annotated[str, Path(description="start--TYPE--end", examples=["howard-lutnick--ABSENT_FROM--talks-geneva-2025-05"])]
PlaceId = Annotated[str, Path(description="source:locator, or a source", examples=["reuters-london-preview:p12"])]


class Parameters(BaseModel):
    """No parameters at all; one that is not declared is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Moment(Parameters):
    """As of when."""

    as_of: AsOf = None


class TwoMoments(Moment):
    """As of when in the world, or as our data were on a day."""

    known_at: KnownAt = None


class Page(Moment):
    """Which page of a list."""

    limit: Limit = DEFAULT_LIMIT
    cursor: Cursor = None


class SidePage(Page):
    """Which page of a list whose items may take a side."""

    side: Side = None


class EntityPage(SidePage):
    """Which page of the entities."""

    label: Label = None


class NeighborPage(Page):
    """Which page of an entity's neighbours."""

    type: Annotated[str | None, Field(description="A relationship type of the ontology", examples=["LEADS"])] = None
    direction: Annotated[Literal["both", "out", "in"], Field(description="Away from the entity, towards it, or both")] = "both"
    known_at: KnownAt = None


Draw = Annotated[
    Literal["first", "whole", "groups"] | None,
    Field(description="The heaviest first, everything at once, or groups to open; else the first, groups beyond 2000", examples=["groups"]),
]


class DrawnMoment(Moment):
    """As of when, and how it is drawn."""

    draw: Draw = None


class GraphPart(Moment):
    """Which part of the graph."""

    around: Annotated[Identifier | None, Field(description="An entity; without it the whole graph", examples=["howard-lutnick"])] = None
    depth: Annotated[
        int, Field(description="Steps away from the entity", ge=1, le=MAX_DEPTH, examples=[1]), BeforeValidator(whole_number(1, MAX_DEPTH))
    ] = 1
    label: Label = None


class DrawnPart(GraphPart):
    """Which part of the graph, and how it is drawn."""

    draw: Draw = None
