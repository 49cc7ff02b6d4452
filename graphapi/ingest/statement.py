"""What one data set states of one node or relationship; the graph keeps each as a Record and shows their union."""

import hashlib
from typing import Literal

import orjson
from pydantic import Field

from graphapi.model import Shape

Scalar = str | int | float | bool | tuple[str, ...]


class Account(Shape):
    """One value of one property, with what speaks for it; dates stand as EDTF text."""

    value: Scalar
    evidence: tuple[str, ...] = ()
    certainty: str | None = None
    basis: str | None = None
    wording: str | None = None
    note: str | None = None

    @property
    def is_bare(self) -> bool:
        """Whether it is a value and nothing else."""
        return not (self.evidence or self.certainty or self.basis or self.wording or self.note)


class Correction(Shape):
    """What was wrong with a record, and why it was corrected, on a day as YYYY-MM-DD."""

    date: str
    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.date}: {self.what} ({self.why})"


class Withholding(Shape):
    """Why a record is withheld since a day, YYYY-MM-DD; `type` is that of the relationship when it is told at its ends."""

    date: str
    why: str
    type: str | None = None

    def sentence(self, *more: str) -> str:
        """Return it in words; `more` stands behind the day."""
        told = f"A relationship of type {self.type} is withheld: " if self.type else ""
        return f"{told}{self.why} ({', '.join((self.date, *more))})"


class Statement(Shape):
    """A node or a relationship as one data set states it.

    `type` is the most particular label or the relationship type; `start` and `end` are ids of nodes and None for a node; `raw` are the
    ids of the raw records that it was made of. A `mention` gives the label and the name of a node that another data set describes. One that
    is `withheld` says nothing else; `lacks` are the withheld relationships of a node that is not.
    """

    subject: str
    kind: Literal["node", "relationship"]
    type: str
    start: str | None = None
    end: str | None = None
    evidence: tuple[str, ...] = ()
    values: dict[str, tuple[Account, ...]] = Field(default_factory=dict)
    raw: tuple[str, ...] = ()
    mention: bool = False
    corrections: tuple[Correction, ...] = ()
    withheld: Withholding | None = None
    lacks: tuple[Withholding, ...] = ()

    def without(self, name: str, unwanted: frozenset[str]) -> "Statement":
        """Return it without these values of one property."""
        left = tuple(account for account in self.values.get(name, ()) if account.value not in unwanted)
        others = {key: accounts for key, accounts in self.values.items() if key != name}
        return self.model_copy(update={"values": {**others, name: left} if left else others})

    def body(self) -> bytes:
        """Return it as canonical JSON: sorted keys, nothing that is unset."""
        return orjson.dumps(self.model_dump(exclude_defaults=True), option=orjson.OPT_SORT_KEYS)

    def digest(self) -> str:
        """Return the SHA-256 of the body, in hex."""
        return hashlib.sha256(self.body()).hexdigest()


def read_body(body: str | bytes) -> Statement:
    """Read a statement back from its body."""
    return Statement.model_validate(orjson.loads(body))
