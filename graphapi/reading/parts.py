"""A part of the graph: an entity with a page of its neighbours, enough around them to draw and to tell them."""

from dataclasses import dataclass

from graphapi.dates import Span
from graphapi.model import Graph
from graphapi.ontology import Ontology
from graphapi.period import period_of
from graphapi.reading.graphs import Found, complete, not_found
from graphapi.reading.labels import label_depths, sort_labels
from graphapi.store import Store

# Relationships of a page; what is folded into lines and cards leads at most this much further.
PAGE = 40
FURTHER = 400


@dataclass(frozen=True)
class Part:
    """What a page of neighbours holds, and the relationship after which the next page begins; empty on the last.

    `sent` of the entity's relationships, `total` as of the date, are on this page.
    """

    graph: Graph
    last: str
    sent: int
    total: int


def read_part(store: Store, ontology: Ontology, identifier: str, after: str = "", as_of: Span | None = None) -> Part:
    """Read an entity with at most 40 of its relationships, in order of their ids, and the nodes at their other ends.

    From what is folded, such as a post, a delegation or a claim, it goes one step further, so that lines over it and cards that tell
    it are whole; the places and sources that all this rests on come with it. Raises NotFound when there is nothing by the id.
    """
    period = period_of(as_of)
    own = store.rows("read/graph/entity", id=identifier, as_of=period)
    if not own:
        raise not_found(store, identifier, as_of)
    given = {"id": identifier, "direction": "both", "after": after, "limit": PAGE + 1, "as_of": period}
    records = store.records("read/graph/neighbors", given)
    found: Found = {identifier: (own[0]["labels"], own[0]["properties"])}
    for _, _, _, labels, properties in records[:PAGE]:
        found[properties["id"]] = (labels, properties)
    for row in store.rows("read/graph/graph-step", ids=_folded(found, ontology), limit=FURTHER, as_of=period):
        found.setdefault(row["properties"]["id"], (row["labels"], row["properties"]))
    graph = complete(store, ontology, found, as_of)
    last = records[PAGE - 1][2]["id"] if len(records) > PAGE else ""
    counted = store.rows("read/graph/neighbors-count", id=identifier, as_of=period)[0]["total"] if last or after else len(records)
    return Part(graph, last, min(len(records), PAGE), counted)


def _folded(found: Found, ontology: Ontology) -> list[str]:
    """Ids of what stands in lines and cards and not in the picture; an entity of which the part is comes first in its own right."""
    depths = label_depths(ontology)
    kinds = {key: sort_labels(labels, depths)[-1] for key, (labels, _) in found.items()}
    return [key for key, kind in list(kinds.items())[1:] if kind in ontology.labels and ontology.labels[kind].drawn == "folded"]
