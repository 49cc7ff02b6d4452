"""A canonical hash of all that a graph says, for comparing two states."""

import hashlib

import orjson

from graphapi.store import Store

NODES = """
MATCH (node)
WHERE NOT node:Record AND NOT node:Meta AND NOT node:ParleyTest
RETURN labels(node) AS labels, properties(node) AS properties
"""
RELATIONSHIPS = """
MATCH (start)-[relationship]->(end)
RETURN start.id AS start, type(relationship) AS type, end.id AS end, properties(relationship) AS properties
"""
RECORDS = """
MATCH (record:Record)
WHERE record.current
RETURN record.dataset AS dataset, record.subject AS subject, record.digest AS digest
"""


def fingerprint(store: Store) -> str:
    """Return the SHA-256 over every node, relationship and current record, whatever their order."""
    lines = []
    for text in (NODES, RELATIONSHIPS, RECORDS):
        for record in store.execute_read(text):
            data = record.data()
            if "labels" in data:
                data["labels"].sort()
            lines.append(orjson.dumps(data, option=orjson.OPT_SORT_KEYS, default=str))
    return hashlib.sha256(b"\n".join(sorted(lines))).hexdigest()
