"""What our data said on a day, as bodies of the API."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from graphapi.dates import read_day
from graphapi.errors import InputRefused
from graphapi.export.json_text import node_document, relationship_document
from graphapi.ontology import Ontology
from graphapi.reading.recorded import Archive, Page, Recorded, check_past, read_silence
from graphapi.store import Store
from graphapi.web.bodies import Body
from graphapi.web.cursors import read_cursor, write_cursor

if TYPE_CHECKING:
    from graphapi.web.parameters import NeighborPage

CURSORS = "known-neighbors"


def open_archive(store: Store, ontology: Ontology, known_at: str, as_of: str | None) -> Archive:
    """Return the records as they stood on a day; raises InputRefused for one ahead, and together with an as-of date."""
    if as_of is not None:
        raise InputRefused(
            "as_of and known_at stand together.",
            hint="as_of asks what was so in the world, known_at what our data said on a day: give one of them.",
            parameter="known_at",
        )
    day = read_day(known_at)
    check_past(day, datetime.now(UTC).date())
    return Archive(store, ontology, day)


def known_entity(archive: Archive, identifier: str) -> Body:
    """Return {id, labels, name, properties, recorded_at, changed_later, known_at}."""
    found = archive.node(identifier)
    return node_document(found.node) | _recorded(found) | {"known_at": archive.day.isoformat()}


def known_neighbors(archive: Archive, identifier: str, page: "NeighborPage") -> Body:
    """Return {items, next, known_at, not_in_sources}; each item {relationship, node, recorded_at, changed_later}."""
    filters = {"id": identifier, "type": page.type, "direction": page.direction, "known_at": page.known_at}
    after = read_cursor(page.cursor, CURSORS, filters)
    wanted = Page(id=identifier, type=page.type, direction=page.direction, after=after, limit=page.limit + 1)
    found = archive.neighbors(wanted)
    silence = None if found else read_silence(archive.store, identifier, archive.day)
    if silence and not silence.was_ever:
        raise archive.unknown(identifier)
    items = [
        {"relationship": relationship_document(one.relationship), "node": node_document(one.node), **_recorded(one)}
        for one in found[: page.limit]
    ]
    position = found[page.limit - 1].relationship.id if len(found) > page.limit else None
    return {
        "items": items,
        "next": position and write_cursor(CURSORS, filters, position),
        "known_at": archive.day.isoformat(),
        "not_in_sources": [silence.sentence] if silence else [],
    }


def _recorded(found: Recorded) -> Body:
    return {"recorded_at": found.recorded_at.isoformat(), "changed_later": found.changed_later}
