"""Parameters that name a fact: an entity by its id, or a relationship as start--TYPE--end."""

from graphapi.errors import NotFound
from graphapi.ontology import Ontology
from graphapi.reading.closeness import close_relationships
from graphapi.store import Store

BETWEEN = "--"


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
    unknown = NotFound("relationship", text[:300], close_relationships(store, start, end))
    unknown.parameter = parameter
    raise unknown
