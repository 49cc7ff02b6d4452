"""Statements with their corrections and without what is withheld: the record itself, what touches it, what refers to it."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from graphapi.ingest.statement import Account, Correction, Scalar, Statement, Withholding
from graphapi.ontology import Ontology

Withheld = Mapping[str, Withholding]


def amend(
    statements: Mapping[str, Statement], corrections: Mapping[str, tuple[Correction, ...]], withheld: Withheld, ontology: Ontology
) -> tuple[Statement, ...]:
    """Return the statements of a data set as they are loaded.

    A node that is withheld says so and no more; a relationship that is, or that touches such a node, is left out, and the ends of one that
    is withheld itself say that there is one of its type.
    """
    lacking = _lacking(statements, withheld)
    return tuple(
        withheld_node(statement, withheld[subject])
        if subject in withheld
        else without_references(statement, withheld, ontology).model_copy(
            update={"corrections": corrections.get(subject, ()), "lacks": lacking.get(subject, ())}
        )
        for subject, statement in statements.items()
        if statement.kind == "node" or not touches(statement, withheld)
    )


def withheld_node(statement: Statement, why: Withholding) -> Statement:
    """Return a node's statement that says nothing but its label and why it is withheld."""
    return Statement(subject=statement.subject, kind="node", type=statement.type, withheld=why)


def touches(statement: Statement, withheld: Collection[str]) -> bool:
    """Whether it is withheld itself, or a relationship at a node that is."""
    return bool({statement.subject, statement.start, statement.end} & set(withheld))


def without_references(statement: Statement, withheld: Collection[str], ontology: Ontology) -> Statement:
    """Return it without the ids of these nodes among its values, and without the misspellings of their names."""
    known = ontology.labels if statement.kind == "node" else ontology.relationships
    if not withheld or statement.type not in known:
        return statement
    read = ontology.properties_of_label if statement.kind == "node" else ontology.properties_of_relationship
    kinds = {name: wanted.type for name, wanted in read(statement.type).items()}
    values = {}
    for name, accounts in statement.values.items():
        kind = "misspellings" if name == "misspellings" else kinds.get(name, "text")
        kept = [_without(account, kind, withheld) for account in accounts]
        if left := tuple(account for account in kept if account is not None):
            values[name] = left
    return statement if values == statement.values else statement.model_copy(update={"values": values})


def _without(account: Account, kind: str, withheld: Collection[str]) -> Account | None:
    if kind == "reference":
        return None if account.value in withheld else account
    if kind not in ("references", "misspellings"):
        return account
    items = account.value if isinstance(account.value, tuple) else (str(account.value),)
    left: Scalar = tuple(item for item in items if item.rpartition("=")[2].strip() not in withheld)
    return account.model_copy(update={"value": left}) if left else None


def _lacking(statements: Mapping[str, Statement], withheld: Withheld) -> dict[str, tuple[Withholding, ...]]:
    """Return what the ends of withheld relationships say of them, by the end; equal sentences once."""
    found: dict[str, dict[Withholding, None]] = defaultdict(dict)
    for subject, why in sorted(withheld.items()):
        statement = statements[subject]
        for end in (statement.start, statement.end):
            if end is not None:
                found[end][why.model_copy(update={"type": statement.type})] = None
    return {end: tuple(ones) for end, ones in found.items()}
