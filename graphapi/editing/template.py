"""The commented template that an editor starts a new event from, with a delegation a side."""

from datetime import UTC, datetime
from pathlib import Path
from string import Template

from graphapi.dates import read_date
from graphapi.errors import InputRefused
from graphapi.ingest.values import SLUG
from graphapi.model import Shape

TEMPLATES = Path(__file__).with_name("templates")


class NewEvent(Shape):
    """The event to be written down: its id, its date as EDTF text, the ids of the sides that meet."""

    id: str
    date: str
    sides: tuple[str, ...]


def head_template(dataset: str, sides: tuple[str, ...]) -> str:
    """Return a commented dataset.yaml for a new data set, with the countries that sit at the table."""
    _refuse_slugs(dataset, *sides)
    countries = "\n".join(f"    - {{id: {side}, name: {_title(side)}}}" for side in sides)
    return _filled("head", dataset=dataset, title=_title(dataset), sides=", ".join(sides), countries=countries)


def event_template(event: NewEvent) -> str:
    """Return a commented data file for an event: a source, the event, one delegation a side, and what to add by hand.

    It passes `parley check` as it is, beside a head that knows the sides. Raises InputRefused for a bad id or date.
    """
    _refuse_slugs(event.id, *event.sides)
    read_date(event.date)
    place = f"source-{event.id}:p0"
    delegations = "\n".join(_delegation(side, event.id, place) for side in event.sides)
    sendings = "\n".join(f"    - {{start: {side}-at-{event.id}, end: {event.id}, evidence: [{place}]}}" for side in event.sides)
    represented = "\n".join(f"    - {{start: {side}-at-{event.id}, end: {side}, evidence: [{place}]}}" for side in event.sides)
    return _filled(
        "event",
        event=event.id,
        name=_title(event.id),
        date=event.date,
        today=datetime.now(UTC).date().isoformat(),
        delegations=delegations,
        sendings=sendings,
        represented=represented,
        side=event.sides[0],
    )


def _delegation(side: str, event: str, place: str) -> str:
    return "\n".join(
        (
            f"    - id: {side}-at-{event}",
            f"      name: Delegation of {_title(side)}",
            f"      side: {side}",
            "      list_complete: false            # true only when a source names everybody",
            f"      evidence: [{place}]",
        )
    )


def _filled(name: str, /, **values: str) -> str:
    text = (TEMPLATES / f"{name}.yaml").read_text(encoding="utf-8")
    return Template(text).substitute(values)


def _title(slug: str) -> str:
    return slug.replace("-", " ").title()


def _refuse_slugs(*slugs: str) -> None:
    for slug in slugs:
        if not SLUG.match(slug):
            raise InputRefused(f"{slug[:80]!r} is no id.", hint="Ids have small letters, digits and single hyphens.")
