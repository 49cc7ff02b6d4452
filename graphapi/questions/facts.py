"""Parameters that name a fact: an entity by its id, or a relationship as start--TYPE--end."""

from graphapi.errors import NotFound
from graphapi.ontology import Ontology
from graphapi.reading.closeness import close_ids
from graphapi.store import Store

BETWEEN = "--"
MOST_CLOSE = 5


def is_relationship(text: str) -> bool:
    """Whether an id is one of a relationship; the ids of entities have no two hyphens in a row."""
    return BETWEEN in text


def check_relationship(store: Store, ontology: Ontology, parameter: str, text: str) -> None:
    """Raise NotFound naming the parameter, with the relationships between the same two or else the closest ids, when there is none."""
    start, _, rest = text.partition(BETWEEN)
    kind, _, end = rest.partition(BETWEEN)
    known = kind in ontology.relationships
    if known and store.rows("read/graph/relationship", start=start, type=kind, end=end, as_of=None):
        return
    close = [row["id"] for row in store.rows("read/graph/close-relationships", start=start, end=end, limit=MOST_CLOSE, as_of=None)]
    for wanted in () if close else (start, end):
        if not store.rows("read/graph/entity", id=wanted, as_of=None):
            close = close_ids(store, wanted)
            break
    unknown = NotFound("relationship", text[:300], close)
    unknown.parameter = parameter
    raise unknown
