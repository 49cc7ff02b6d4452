"""What several data sets state of the same thing, made into the one node or relationship that the graph shows.

Which of several values is shown first follows one rule: the better grade of its best source, then a source that we saw over one that is
relayed, then the later source, then the order in which the values were written.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import orjson

from graphapi.dates import date_properties, read_date
from graphapi.errors import InputRefused
from graphapi.ingest.statement import Account, Statement
from graphapi.model import DatasetVersion, Graph, Node, Properties, Relationship
from graphapi.ontology import Ontology, Property

GRADES = ("A", "A-", "B", "C", "X")
OWN_WORDS = ("text", "texts", "evidence")
Stated = tuple[str, Statement]


@dataclass(frozen=True)
class SourceRank:
    """What the rule needs to know of a source."""

    grade: str
    relayed: bool
    earliest: date | None
    latest: date | None


Sources = dict[str, SourceRank]


def rank_sources(statements: Iterable[Statement]) -> Sources:
    """Return the rank of every Source among the statements; the first statement of one wins."""
    ranks: Sources = {}
    for statement in statements:
        if statement.type == "Source" and statement.kind == "node" and statement.subject not in ranks:
            values = {name: accounts[0].value for name, accounts in statement.values.items()}
            span = read_date(str(values["date"])) if "date" in values else None
            relayed = values.get("directness") == "relayed"
            earliest, latest = (span.earliest, span.latest) if span else (None, None)
            ranks[statement.subject] = SourceRank(str(values.get("grade", "C")), relayed, earliest, latest)
    return ranks


def merge_graph(datasets: Sequence[tuple[DatasetVersion, Sequence[Statement]]], ontology: Ontology) -> Graph:
    """Return the graph of these data sets: every node and relationship once, in order of ids."""
    stated: dict[str, list[Stated]] = defaultdict(list)
    for head, statements in datasets:
        for statement in statements:
            stated[statement.subject].append((head.id, statement))
    sources = rank_sources(statement for _, statements in datasets for statement in statements)
    subjects = sorted(stated)
    return Graph(
        nodes=tuple(merge_node(stated[s], sources, ontology) for s in subjects if stated[s][0][1].kind == "node"),
        relationships=tuple(merge_relationship(stated[s], sources, ontology) for s in subjects if stated[s][0][1].kind == "relationship"),
        datasets=tuple(head for head, _ in datasets),
    )


def merge_node(stated: Sequence[Stated], sources: Sources, ontology: Ontology) -> Node:
    """Return the node that these statements of one subject make.

    Raises InputRefused when they call it by labels of which none is a kind of the other.
    """
    label = _label([statement for _, statement in stated], ontology)
    wanted = ontology.properties_of_label(label)
    properties = _merge(stated, wanted, sources)
    name = str(properties.pop("name", stated[0][1].subject))
    others = {str(account.value) for _, statement in stated for account in statement.values.get("name", ())} - {name}
    if others:
        known = properties.get("aliases")
        properties["aliases"] = sorted(others | set(known if isinstance(known, list) else ()))
    return Node(id=stated[0][1].subject, labels=ontology.labels_of(label), name=name, properties=properties)


def merge_relationship(stated: Sequence[Stated], sources: Sources, ontology: Ontology) -> Relationship:
    """Return the relationship that these statements of one triple make, with the days on which sources show it."""
    first = stated[0][1]
    properties = _merge(stated, ontology.properties_of_relationship(first.type), sources)
    evidence = properties.pop("evidence", [])
    items = tuple(evidence) if isinstance(evidence, list) else ()
    days = [sources[item.partition(":")[0]] for item in items if item.partition(":")[0] in sources]
    seen_from = [rank.latest for rank in days if rank.latest]
    seen_to = [rank.earliest for rank in days if rank.earliest]
    if seen_from and seen_to:
        properties["seen_from"], properties["seen_to"] = min(seen_from), max(seen_to)
    return Relationship(
        id=first.subject, type=first.type, start=first.start or "", end=first.end or "", properties=properties, evidence=items
    )


def _label(statements: Sequence[Statement], ontology: Ontology) -> str:
    label = statements[0].type
    for statement in statements[1:]:
        if ontology.is_a(statement.type, label):
            label = statement.type
        elif not ontology.is_a(label, statement.type):
            raise InputRefused(
                f"{statement.subject} is called {label} by one data set and {statement.type} by another.",
                hint="Give the two things different ids, or agree on a label.",
            )
    return label


def _merge(stated: Sequence[Stated], wanted: dict[str, Property], sources: Sources) -> Properties:
    properties: Properties = {"datasets": sorted({dataset for dataset, _ in stated})}
    evidence = dict.fromkeys(item for _, statement in stated for item in statement.evidence)
    if evidence:
        properties["evidence"] = list(evidence)
    disputed, kept = [], []
    for name in sorted({name for _, statement in stated for name in statement.values}):
        candidates = [(dataset, statement, account) for dataset, statement in stated for account in statement.values.get(name, ())]
        if wanted[name].type == "texts":
            properties[name] = list(dict.fromkeys(text for _, _, account in candidates for text in _texts(account)))
            kept += [_kept(name, dataset, account, shown=True) for dataset, _, account in candidates if not account.is_bare]
            continue
        ranked = sorted(candidates, key=lambda candidate: _rank(candidate[1], candidate[2], sources))
        properties |= _stored(name, wanted[name], ranked[0][2])
        if _is_disputed(wanted[name], [statement.values[name] for _, statement in stated if name in statement.values]):
            disputed.append(name)
        if name in disputed or not all(account.is_bare for _, _, account in candidates):
            kept += [_kept(name, dataset, account, shown=position == 0) for position, (dataset, _, account) in enumerate(ranked)]
    if disputed:
        properties["disputed"] = sorted(disputed)
    if kept:
        properties["values"] = kept
    return properties


def _texts(account: Account) -> tuple[str, ...]:
    return account.value if isinstance(account.value, tuple) else (str(account.value),)


def _rank(statement: Statement, account: Account, sources: Sources) -> tuple[int, bool, int]:
    named = [item.partition(":")[0] for item in account.evidence or statement.evidence]
    ranks = [sources[source] for source in named if source in sources]
    best = min(ranks, key=lambda rank: (GRADES.index(rank.grade), rank.relayed, -_ordinal(rank)), default=None)
    return (GRADES.index(best.grade), best.relayed, -_ordinal(best)) if best else (len(GRADES), True, 0)


def _ordinal(rank: SourceRank) -> int:
    return rank.latest.toordinal() if rank.latest else 0


def _is_disputed(wanted: Property, accounts: Sequence[tuple[Account, ...]]) -> bool:
    within = any(len({account.value for account in group}) > 1 for group in accounts)
    return within or (wanted.type not in OWN_WORDS and len({account.value for group in accounts for account in group}) > 1)


def _stored(name: str, wanted: Property, account: Account) -> Properties:
    if wanted.type == "date":
        return date_properties(name, read_date(str(account.value)))
    return {name: list(account.value) if isinstance(account.value, tuple) else account.value}


def _kept(name: str, dataset: str, account: Account, *, shown: bool) -> str:
    body = {"property": name, "dataset": dataset, "shown": shown} | account.model_dump(exclude_none=True, exclude_defaults=True)
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS).decode()
