"""What several data sets state of the same thing, made into the one node or relationship that the graph shows.

Which of several values is shown first follows one rule: the better grade of its best source, then a source that we saw over one that is
relayed, then the later source, then the order of the data sets' ids, then the order in which the values were written. Nothing depends on
the order in which data sets were loaded.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import orjson

from graphapi.dates import Span, date_properties, read_date
from graphapi.errors import InputRefused
from graphapi.ingest.notices import notices
from graphapi.ingest.ranking import Sources, rank_account, rank_sources
from graphapi.ingest.statement import Account, Statement
from graphapi.model import DatasetVersion, Graph, Node, Properties, Relationship
from graphapi.ontology import Ontology, Property

OWN_WORDS = ("text", "texts", "evidence", "references")
LISTS = ("texts", "references")
OF_THE_DATE = ("basis", "wording")
WITHHELD = "Withheld"
IMPRECISE = ("month", "year", "between")
Stated = tuple[str, Statement]


@dataclass(frozen=True)
class Candidate:
    """One value of a property with where it comes from; `is_implied` when the data set left it out and so means the default."""

    dataset: str
    statement: Statement
    account: Account
    is_implied: bool = False


def merge_graph(datasets: Sequence[tuple[DatasetVersion, Sequence[Statement]]], ontology: Ontology) -> Graph:
    """Return the graph of these data sets: every node and relationship once, in order of ids."""
    stated: dict[str, list[Stated]] = defaultdict(list)
    ordered = sorted(datasets, key=lambda dataset: dataset[0].id)
    for head, statements in ordered:
        for statement in statements:
            stated[statement.subject].append((head.id, statement))
    sources = rank_sources(statement for _, statements in ordered for statement in statements)
    subjects = sorted(stated)
    return Graph(
        nodes=tuple(merge_node(stated[s], sources, ontology) for s in subjects if stated[s][0][1].kind == "node"),
        relationships=tuple(merge_relationship(stated[s], sources, ontology) for s in subjects if stated[s][0][1].kind == "relationship"),
        datasets=tuple(head for head, _ in ordered),
    )


def merge_node(stated: Sequence[Stated], sources: Sources, ontology: Ontology) -> Node:
    """Return the node that these statements of one subject make; mentions count where there is nothing else, but for the label.

    What one data set withholds another may still say; where none does, the node is called Withheld.

    Raises InputRefused when they call it by labels of which none is a kind of the other.
    """
    subject, label = stated[0][1].subject, _label(stated, ontology)
    described = _in_order(one for one in stated if not one[1].mention and not one[1].withheld)
    if not described:
        return _undescribed(stated, ontology.labels_of(label))
    misspelt = sources.misspelt.get(subject, frozenset())
    described = _without_misspelt(described, misspelt)
    properties = _merge(described, ontology.properties_of_label(label), sources)
    name = str(properties.pop("name", subject))
    others = {str(account.value) for _, statement in described for account in statement.values.get("name", ())}
    aliases = _aliases(properties.pop("aliases", None), others - misspelt - {name}, misspelt)
    if aliases:
        properties["aliases"] = aliases
    return Node(id=subject, labels=ontology.labels_of(label), name=name, properties=properties | notices(stated))


def merge_relationship(stated: Sequence[Stated], sources: Sources, ontology: Ontology) -> Relationship:
    """Return the relationship that these statements of one triple make, with the days on which sources show it."""
    stated = _in_order(stated)
    first = stated[0][1]
    properties = _merge(stated, ontology.properties_of_relationship(first.type), sources)
    evidence = properties.pop("evidence", [])
    items = tuple(evidence) if isinstance(evidence, list) else ()
    days = [rank for item in items if (rank := sources.rank(item))]
    seen_from = [rank.latest for rank in days if rank.latest]
    seen_to = [rank.earliest for rank in days if rank.earliest]
    if seen_from and seen_to:
        properties["seen_from"], properties["seen_to"] = min(seen_from), max(seen_to)
    properties |= notices(stated)
    return Relationship(
        id=first.subject, type=first.type, start=first.start or "", end=first.end or "", properties=properties, evidence=items
    )


def _in_order(stated: Iterable[Stated]) -> list[Stated]:
    return sorted(stated, key=lambda one: one[0])


def _undescribed(stated: Sequence[Stated], labels: tuple[str, ...]) -> Node:
    """Return the node of which there are mentions alone, the first data set in order of ids naming it, or which all withhold."""
    names = {dataset: str(account.value) for dataset, statement in stated if statement.mention for account in statement.values["name"]}
    said: Properties = {"datasets": sorted(names), "stub": True} if names else {"datasets": sorted(dataset for dataset, _ in stated)}
    name = names[min(names)] if names else WITHHELD
    return Node(id=stated[0][1].subject, labels=labels, name=name, properties=said | notices(stated))


def _label(stated: Sequence[Stated], ontology: Ontology) -> str:
    """Return the most particular of the labels, a mention's included: relationships of its data set rely on it."""
    dataset, label = stated[0][0], stated[0][1].type
    for other, statement in stated[1:]:
        if ontology.is_a(statement.type, label):
            dataset, label = other, statement.type
        elif not ontology.is_a(label, statement.type):
            raise InputRefused(
                f"{statement.subject} is called {label} by the data set {dataset} and {statement.type} by {other}.",
                hint="Give the two things different ids, or agree on a label.",
            )
    return label


def _without_misspelt(stated: list[Stated], misspelt: frozenset[str]) -> list[Stated]:
    """Take the misspelt names away where a right one is left; a wrong name is better than none."""
    names = {account.value for _, statement in stated for account in statement.values.get("name", ())}
    if not names & misspelt or names <= misspelt:
        return stated
    return [(dataset, statement.without("name", misspelt)) for dataset, statement in stated]


def _aliases(known: object, others: set[str], misspelt: frozenset[str]) -> list[str]:
    """Return the aliases as written, or sorted once the names of other data sets are among them."""
    written = [text for text in known if text not in misspelt] if isinstance(known, list) else []
    return sorted({*written, *others}) if others else written


def _merge(stated: Sequence[Stated], wanted: dict[str, Property], sources: Sources) -> Properties:
    properties: Properties = {"datasets": [dataset for dataset, _ in stated]}
    evidence = dict.fromkeys(item for _, statement in stated for item in statement.evidence)
    if evidence:
        properties["evidence"] = list(evidence)
    disputed: list[str] = []
    kept: list[str] = []
    dated = _candidates("date", stated, wanted, sources)[:1]
    for name in sorted({name for _, statement in stated for name in statement.values}):
        ranked = _candidates(name, stated, wanted, sources)
        if wanted[name].type in LISTS:
            properties[name] = list(dict.fromkeys(text for one in ranked for text in _texts(one.account)))
            kept += [_kept(name, one, shown=True) for one in ranked if not one.account.is_bare]
            continue
        if name in OF_THE_DATE and dated:
            ranked = [one for one in ranked if one.dataset == dated[0].dataset]
        if ranked and not ranked[0].is_implied:
            properties |= _stored(name, wanted[name], ranked[0].account)
        if _is_disputed(name, wanted[name], ranked):
            disputed.append(name)
        if name in disputed or _is_worth_keeping(name, wanted[name], ranked):
            kept += [_kept(name, one, shown=position == 0) for position, one in enumerate(ranked)]
    if disputed:
        properties["disputed"] = disputed
    if kept:
        properties["values"] = kept
    return properties


def _candidates(name: str, stated: Sequence[Stated], wanted: dict[str, Property], sources: Sources) -> list[Candidate]:
    """Return every value of a property, the one to be shown first; of lists, in the order of the data sets."""
    found = []
    default = wanted[name].default if name in wanted else None
    for dataset, statement in stated:
        accounts = statement.values.get(name, ())
        found += [Candidate(dataset, statement, account) for account in accounts]
        if default is not None and not accounts:
            found.append(Candidate(dataset, statement, Account(value=default), is_implied=True))
    if name not in wanted or wanted[name].type in LISTS:
        return found
    if name == "certainty":
        return sorted(found, key=lambda one: wanted[name].choices.index(str(one.account.value)))
    return sorted(found, key=lambda one: rank_account(one.statement, one.account, wanted[name], sources))


def _texts(account: Account) -> tuple[str, ...]:
    return account.value if isinstance(account.value, tuple) else (str(account.value),)


def _is_disputed(name: str, wanted: Property, ranked: Sequence[Candidate]) -> bool:
    """Whether one data set gives several values, or several give values that cannot all be right.

    Own words may differ, and so may what changes with time.
    """
    groups: dict[str, set[object]] = defaultdict(set)
    for one in ranked:
        groups[one.dataset].add(one.account.value)
    if any(len(values) > 1 for values in groups.values()):
        return True
    if wanted.type in OWN_WORDS or wanted.changes or name in ("certainty", *OF_THE_DATE):
        return False
    values = {str(one.account.value) for one in ranked}
    return len(values) > 1 and not (wanted.type == "date" and _are_nested(values))


def _are_nested(values: set[str]) -> bool:
    """Whether of any two dates one is a month, a year or a bound that holds the other: less precise, and no contradiction."""
    spans = [read_date(value) for value in values]
    return all(one is other or _holds(one, other) or _holds(other, one) for one in spans for other in spans)


def _holds(wider: Span, narrower: Span) -> bool:
    if wider.precision not in IMPRECISE:
        return False
    begins = wider.earliest is None or (narrower.earliest is not None and wider.earliest <= narrower.earliest)
    ends = wider.latest is None or (narrower.latest is not None and narrower.latest <= wider.latest)
    return begins and ends


def _is_worth_keeping(name: str, wanted: Property, ranked: Sequence[Candidate]) -> bool:
    if not all(one.account.is_bare for one in ranked):
        return True
    if wanted.type in OWN_WORDS or name == "certainty" or name in OF_THE_DATE:
        return False
    return len({one.account.value for one in ranked}) > 1


def _stored(name: str, wanted: Property, account: Account) -> Properties:
    if wanted.type == "date":
        return date_properties(name, read_date(str(account.value)))
    return {name: list(account.value) if isinstance(account.value, tuple) else account.value}


def _kept(name: str, one: Candidate, *, shown: bool) -> str:
    body = {"property": name, "dataset": one.dataset, "shown": shown} | one.account.model_dump(exclude_none=True, exclude_defaults=True)
    return orjson.dumps(body, option=orjson.OPT_SORT_KEYS).decode()
