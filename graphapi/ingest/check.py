"""Checks across the records of one data set: ends, references, evidence, quotes."""

from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import process

from graphapi.ingest.document import Faults
from graphapi.ingest.statement import Statement
from graphapi.ontology import Ontology, Property

MAX_QUOTE_WORDS = 15
MAX_COMPARED = 20_000
WRONG_HINT = "Record what it says as a Claim, and let a better source carry the fact."
Places = Mapping[str, tuple[str, int]]
Statements = Mapping[str, Statement]
Problems = list[tuple[str, str]]


@dataclass(frozen=True)
class Checking:
    """What every check looks at: all statements, the ids of nodes, of sources and of sources with plain errors, and the ontology."""

    statements: Statements
    nodes: frozenset[str]
    sources: frozenset[str]
    wrong: frozenset[str]
    ontology: Ontology


def check_statements(statements: Statements, places: Places, faults: Faults, ontology: Ontology) -> None:
    """Note every end that is missing or of the wrong label, every reference, evidence or quote that does not hold."""
    nodes = frozenset(subject for subject, statement in statements.items() if statement.kind == "node")
    sources = frozenset(subject for subject in nodes if statements[subject].type == "Source")
    wrong = frozenset(source for source in sources if any(one.value == "X" for one in statements[source].values.get("grade", ())))
    checking = Checking(statements, nodes, sources, wrong, ontology)
    for subject, statement in statements.items():
        for message, hint in _problems(statement, checking):
            file, line = places[subject]
            faults.add(file, line, subject, message, hint)


def _problems(statement: Statement, checking: Checking) -> Problems:
    is_node = statement.kind == "node"
    of_type = checking.ontology.properties_of_label if is_node else checking.ontology.properties_of_relationship
    wanted = of_type(statement.type)
    found = _end_problems(statement, checking) + _evidence_problems(statement, checking)
    for name, accounts in statement.values.items():
        for account in accounts:
            if name in wanted and wanted[name].type == "reference":
                found += _reference_problems(name, str(account.value), wanted[name], checking)
            if name in wanted and wanted[name].type == "references" and isinstance(account.value, tuple):
                found += [problem for one in account.value for problem in _reference_problems(name, one, wanted[name], checking)]
            words = len(str(account.value).split())
            if name == "quote" and words > MAX_QUOTE_WORDS:
                hint = "Say the rest in the summary, in your own words."
                found.append((f"The quote has {words} words; at most {MAX_QUOTE_WORDS} may be quoted.", hint))
    return found


def _end_problems(statement: Statement, checking: Checking) -> Problems:
    if statement.start is None or statement.end is None:
        return []
    missing = [end for end in (statement.start, statement.end) if end not in checking.nodes]
    if missing:
        return [(f"There is no entity {end!r}.", close_hint(end, checking.nodes)) for end in missing]
    start, end = (checking.statements[end].type for end in (statement.start, statement.end))
    if checking.ontology.allows(statement.type, start, end):
        return []
    ends = ", ".join(f"{first} to {second}" for first, second in checking.ontology.relationships[statement.type].ends)
    return [(f"{statement.type} cannot run from {_article(start)} to {_article(end)}.", f"It runs: {ends}.")]


def _reference_problems(name: str, target: str, wanted: Property, checking: Checking) -> Problems:
    if target not in checking.nodes:
        return [(f"{name} points to {target!r}, which is no entity.", close_hint(target, checking.nodes))]
    label = checking.statements[target].type
    if not checking.ontology.labels[label].entity:
        return [(f"{name} points to {target!r}, which is {_article(label)}.", "Expected an entity.")]
    if wanted.label and not checking.ontology.is_a(label, wanted.label):
        return [(f"{name} points to {target!r}, which is {_article(label)}.", f"Expected {_article(wanted.label)}.")]
    return []


def _evidence_problems(statement: Statement, checking: Checking) -> Problems:
    accounts = [account for group in statement.values.values() for account in group]
    named = [*statement.evidence, *(item for account in accounts for item in account.evidence)]
    found = []
    for item in dict.fromkeys(named):
        source, _, locator = item.partition(":")
        if source in checking.wrong and not _may_rest_on_wrong(statement, checking):
            found.append((f"The evidence {item!r} is of a source of grade X, which contains a plain error.", WRONG_HINT))
        if source not in checking.sources:
            found.append((f"The evidence {item!r} names no source of this data set.", close_hint(source, checking.sources)))
        elif locator and item not in checking.statements:
            found.append((f"The source {source!r} has no place {locator!r}.", "Add it under paragraphs: or excerpts:."))
    return found


def _may_rest_on_wrong(statement: Statement, checking: Checking) -> bool:
    """Whether it records what a document with a plain error says, or the document itself, rather than what was so."""
    ends = (statement.subject, statement.start or "", statement.end or "")
    labels = {checking.statements[end].type for end in ends if end in checking.nodes}
    return bool(labels & {"Claim", "Dispute", "Source", "Evidence"})


def close_hint(wanted: str, known: frozenset[str]) -> str:
    """Return what to do about an unknown id: the ids that are close to it, where there are any."""
    if len(known) > MAX_COMPARED:
        return "Add it, or mend the id."
    close = [match for match, _, _ in process.extract(wanted, sorted(known), limit=3, score_cutoff=70)]
    return f"Close to it: {', '.join(close)}." if close else "Add it, or mend the id."


def _article(label: str) -> str:
    return f"an {label}" if label[0] in "AEIOU" else f"a {label}"
