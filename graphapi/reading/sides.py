"""Names of the sides of a negotiation that a part of the graph speaks of without holding their countries."""

from collections.abc import Container, Iterable

from graphapi.model import DatasetHead
from graphapi.store import Store


def read_side_names(store: Store, datasets: Iterable[DatasetHead], held: Container[str]) -> dict[str, str]:
    """Return {id: name} of the sides of data sets that are not among the ids that a graph holds."""
    missing = tuple(sorted({side for dataset in datasets for side in dataset.sides if side not in held}))
    return store.once(("side names", *missing), lambda: _names(store, missing)) if missing else {}


def _names(store: Store, ids: tuple[str, ...]) -> dict[str, str]:
    found = (row["properties"] for row in store.rows("read/connections/nodes", ids=list(ids)))
    return {one["id"]: one["name"] for one in found if one.get("name")}
