"""Names of what stands in an answer by its id alone."""

from collections.abc import Iterable, Iterator

from graphapi.catalogue import Query
from graphapi.questions.answer import Row
from graphapi.store import Store

MOST_KEPT = 30


def read_names(store: Store, query: Query, rows: Iterable[Row], sides: Iterable[str]) -> dict[str, str]:
    """Return {id: name} of the entities that columns with a label name by id, and of the sides of the data sets.

    Empty for a question without such a column. Of a text such as `china: delayed` the id is what stands before the colon.
    """
    columns = [name for name, column in query.returns.items() if column.label]
    if not columns:
        return {}
    named = {text.partition(":")[0] for row in rows for name in columns for text in _texts(row[name])}
    ids = sorted(named | set(sides))
    return store.once(("names", *ids), lambda: _names(store, ids)) if len(ids) <= MOST_KEPT else _names(store, ids)


def _names(store: Store, ids: list[str]) -> dict[str, str]:
    found = store.rows("read/connections/nodes", ids=ids)
    return {row["properties"]["id"]: str(row["properties"].get("name") or row["properties"]["id"]) for row in found}


def _texts(cell: object) -> Iterator[str]:
    yield from (str(one) for one in (cell if isinstance(cell, list) else [cell]) if one is not None)
