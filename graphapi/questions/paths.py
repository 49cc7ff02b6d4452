"""All shortest chains between two entities, each step with its places."""

from typing import Any

from graphapi.catalogue import Catalogue
from graphapi.export import graph_document
from graphapi.model import Graph, Shape
from graphapi.ontology import Ontology
from graphapi.questions.answer import Answer, Document, Question, Row
from graphapi.questions.asking import ask
from graphapi.store import Store

PATH = "path"


class Chain(Shape):
    """One chain; every step is a row of the question `path`."""

    steps: tuple[Row, ...]


class Paths(Shape):
    """The chains of an answer, and the answer itself."""

    chains: tuple[Chain, ...]
    graph: Graph
    answer: Answer


def find_paths(store: Store, ontology: Ontology, catalogue: Catalogue, question: Question) -> Paths:
    """Answer the question `path` by whole chains; raises what `ask` does."""
    answer = ask(store, ontology, catalogue, question)
    return Paths(chains=chains_of(answer), graph=answer.graph or Graph(), answer=answer)


def chains_of(answer: Answer) -> tuple[Chain, ...]:
    """Return the rows of the question `path` chain by chain: one begins where the steps start again."""
    chains: list[list[Row]] = []
    for row in answer.rows:
        if row["step"] == 1:
            chains.append([])
        chains[-1].append(row)
    return tuple(Chain(steps=tuple(rows)) for rows in chains)


def paths_document(paths: Paths, ontology: Ontology) -> Document:
    """Return {paths: [{steps: [{relationship, from, to, words, evidence}]}], graph, truncated, as_of, not_in_sources}."""
    answer = paths.answer
    return {
        "paths": [{"steps": [_step(row, ontology) for row in chain.steps]} for chain in paths.chains],
        "graph": graph_document(paths.graph),
        "truncated": answer.truncated,
        "as_of": answer.as_of,
        "not_in_sources": list(answer.not_in_sources),
    }


def words_of(step: dict[str, Any], ontology: Ontology) -> str:
    """Return how a step reads between its two names: `holds the post`, or from the other end `is held by`."""
    kind = ontology.relationships.get(step["type"])
    if kind is None:
        return str(step["type"])
    return kind.forward if step["outgoing"] else kind.backward


def _step(row: Row, ontology: Ontology) -> Document:
    step = row["relationship"]
    return {
        "relationship": {name: step[name] for name in ("id", "type", "outgoing", "certainty")},
        "from": step["from"],
        "to": step["to"],
        "words": words_of(step, ontology),
        "evidence": row["source"],
    }
