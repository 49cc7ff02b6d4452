"""The order in which a node's labels are shown."""

from collections.abc import Iterable, Mapping

from graphapi.ontology import Ontology

Depths = Mapping[str, int]


def label_depths(ontology: Ontology) -> Depths:
    """Return how far below the most general each label stands: Entity 0, Event 1, Round 2."""
    return {"Entity": 0} | {label: len(ontology.labels_of(label)) for label in ontology.labels}


def sort_labels(labels: Iterable[str], depths: Depths) -> list[str]:
    """Return labels from the most general to the most particular, without those that the ontology does not know."""
    return sorted((label for label in labels if label in depths), key=depths.__getitem__)
