"""A question as it was run, and what every answer may say of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from graphapi.dates import Span
from graphapi.questions.answer import Row
from graphapi.questions.values import Named, Values
from graphapi.store import Store

MOST_NAMES = 12


@dataclass(frozen=True)
class Asked:
    """A question as it was run, with its rows; `told` are the rows as the text gave them, where the answer keeps only some."""

    store: Store
    query: str
    values: Values
    as_of: Span | None
    rows: list[Row]
    told: list[Row] = field(default_factory=list)

    def __getitem__(self, parameter: str) -> Named:
        return self.values.entities[parameter]


Speakers = dict[str, Callable[[Asked], Iterable[str]]]


def listed(names: Iterable[str]) -> str:
    """Return names as a list for a sentence, each once; past a dozen the rest is counted."""
    each = list(dict.fromkeys(names))
    more = f" and {len(each) - MOST_NAMES} more" if len(each) > MOST_NAMES else ""
    return ", ".join(each[:MOST_NAMES]) + more
