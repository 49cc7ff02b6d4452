"""What merging must know of the sources: which of two values rests on the better one, and which names are misspellings."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from graphapi.dates import read_date
from graphapi.ingest.statement import Account, Statement
from graphapi.ontology import Property

GRADES = ("A", "A-", "B", "C", "X")
NO_SOURCE = (len(GRADES), True, 0)


@dataclass(frozen=True)
class SourceRank:
    """What the rule needs to know of a source."""

    grade: str
    relayed: bool
    earliest: date | None
    latest: date | None

    @property
    def key(self) -> tuple[int, bool, int]:
        """Sorts the better source first: its grade, then whether we saw it, then the later one."""
        return (GRADES.index(self.grade), self.relayed, -self.latest.toordinal() if self.latest else 0)


@dataclass(frozen=True)
class Sources:
    """The ranks of sources by id, and the wrong names of entities by their ids."""

    ranks: Mapping[str, SourceRank] = field(default_factory=dict)
    misspelt: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def rank(self, item: str) -> SourceRank | None:
        """Return the rank of the source that an item of evidence names."""
        return self.ranks.get(item.partition(":")[0])


def rank_sources(statements: Iterable[Statement]) -> Sources:
    """Return the ranks of every Source among the statements; the first statement of one gives grade and date, all give misspellings."""
    ranks: dict[str, SourceRank] = {}
    wrong: dict[str, set[str]] = defaultdict(set)
    for statement in statements:
        if statement.type == "Source" and statement.kind == "node":
            ranks.setdefault(statement.subject, _rank(statement))
            for name, subject in _misspellings(statement):
                wrong[subject].add(name)
    return Sources(ranks, {subject: frozenset(names) for subject, names in wrong.items()})


def touched(before: Sources, after: Sources) -> tuple[frozenset[str], frozenset[str]]:
    """Return the sources whose rank is another now, and the ids of those whom names were misspelt for before or are now."""
    moved = frozenset(source for source, rank in after.ranks.items() if before.ranks.get(source, rank) != rank)
    named = before.misspelt.keys() | after.misspelt.keys()
    return moved, frozenset(subject for subject in named if before.misspelt.get(subject) != after.misspelt.get(subject))


def rank_account(statement: Statement, account: Account, wanted: Property, sources: Sources) -> tuple[int, ...]:
    """Return a key that sorts the value to be shown first: by its best source; by its latest one where values change with time."""
    keys = [rank.key for item in account.evidence or statement.evidence if (rank := sources.rank(item))]
    if wanted.changes:
        return min(((late, grade, relayed) for grade, relayed, late in keys), default=(0, *NO_SOURCE[:2]))
    return min(keys, default=NO_SOURCE)


def _rank(statement: Statement) -> SourceRank:
    values = {name: accounts[0].value for name, accounts in statement.values.items()}
    span = read_date(str(values["date"])) if "date" in values else None
    earliest, latest = (span.earliest, span.latest) if span else (None, None)
    return SourceRank(str(values.get("grade", "C")), values.get("directness") == "relayed", earliest, latest)


def _misspellings(statement: Statement) -> Iterable[tuple[str, str]]:
    for account in statement.values.get("misspellings", ()):
        for text in account.value if isinstance(account.value, tuple) else (str(account.value),):
            name, equals, subject = text.rpartition("=")
            if equals:
                yield name.strip(), subject.strip()
