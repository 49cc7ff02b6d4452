"""The checks of the plan: what the server says that it would do, every operator and every call of it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from graphapi.errors import CypherRefused
from graphapi.guard.calls import check_calls, dotted_name, may_call
from graphapi.guard.lexer import Token, scan
from graphapi.guard.text import check_pairs

Plan = Mapping[str, Any]

READ = "r"
OPERATORS = frozenset(
    {
        "AllNodesScan", "PartitionedAllNodesScan", "NodeByLabelScan", "PartitionedNodeByLabelScan", "NodeByIdSeek",
        "NodeByElementIdSeek", "IntersectionNodeByLabelsScan", "SubtractionNodeByLabelsScan", "UnionNodeByLabelsScan",
        "PartitionedIntersectionNodeByLabelsScan", "PartitionedSubtractionNodeByLabelsScan", "PartitionedUnionNodeByLabelsScan",
        "DynamicLabelNodeLookup", "NodeIndexSeek", "NodeIndexSeekByRange", "NodeUniqueIndexSeek", "NodeUniqueIndexSeekByRange",
        "MultiNodeIndexSeek", "NodeIndexScan", "PartitionedNodeIndexScan", "PartitionedNodeIndexSeek",
        "PartitionedNodeIndexSeekByRange", "NodeIndexContainsScan", "NodeIndexEndsWithScan", "NodeFulltextIndexSearch",
        "NodeVectorIndexSearch", "NodeCountFromCountStore", "RelationshipCountFromCountStore", "DirectedAllRelationshipsScan",
        "UndirectedAllRelationshipsScan", "DirectedRelationshipTypeScan", "UndirectedRelationshipTypeScan",
        "DirectedUnionRelationshipTypesScan", "UndirectedUnionRelationshipTypesScan", "DirectedRelationshipByIdSeek",
        "UndirectedRelationshipByIdSeek", "DirectedRelationshipByElementIdSeek", "UndirectedRelationshipByElementIdSeek",
        "DynamicDirectedRelationshipTypeLookup", "DynamicUndirectedRelationshipTypeLookup", "DirectedRelationshipIndexScan",
        "UndirectedRelationshipIndexScan", "DirectedRelationshipIndexSeek", "UndirectedRelationshipIndexSeek",
        "DirectedRelationshipIndexSeekByRange", "UndirectedRelationshipIndexSeekByRange", "DirectedRelationshipUniqueIndexSeek",
        "UndirectedRelationshipUniqueIndexSeek", "DirectedRelationshipUniqueIndexSeekByRange",
        "UndirectedRelationshipUniqueIndexSeekByRange", "DirectedRelationshipIndexContainsScan",
        "UndirectedRelationshipIndexContainsScan", "DirectedRelationshipIndexEndsWithScan",
        "UndirectedRelationshipIndexEndsWithScan", "DirectedRelationshipFulltextIndexSearch",
        "UndirectedRelationshipFulltextIndexSearch", "DirectedRelationshipVectorIndexSearch",
        "UndirectedRelationshipVectorIndexSearch", "PartitionedDirectedAllRelationshipsScan",
        "PartitionedUndirectedAllRelationshipsScan", "PartitionedDirectedRelationshipTypeScan",
        "PartitionedUndirectedRelationshipTypeScan", "PartitionedDirectedUnionRelationshipTypesScan",
        "PartitionedUndirectedUnionRelationshipTypesScan", "PartitionedDirectedRelationshipIndexScan",
        "PartitionedUndirectedRelationshipIndexScan", "PartitionedDirectedRelationshipIndexSeek",
        "PartitionedUndirectedRelationshipIndexSeek", "PartitionedDirectedRelationshipIndexSeekByRange",
        "PartitionedUndirectedRelationshipIndexSeekByRange", "Expand", "OptionalExpand", "VarLengthExpand", "BidirectionalRepeat",
        "Repeat", "StatefulShortestPath", "ShortestPath", "AllShortestPaths", "PathPropagatingBFS", "ProjectEndpoints", "Apply",
        "SemiApply", "AntiSemiApply", "LetSemiApply", "LetAntiSemiApply", "SelectOrSemiApply", "SelectOrAntiSemiApply",
        "LetSelectOrSemiApply", "LetSelectOrAntiSemiApply", "ConditionalApply", "AntiConditionalApply", "RollUpApply", "Anti",
        "Argument", "Optional", "CartesianProduct", "NodeHashJoin", "NodeLeftOuterHashJoin", "NodeRightOuterHashJoin",
        "LeftOuterHashJoin", "RightOuterHashJoin", "ValueHashJoin", "ValueMergeJoin", "TriadicSelection", "TriadicBuild",
        "TriadicFilter", "Filter", "Projection", "CacheProperties", "RemoteBatchProperties", "RemoteBatchPropertiesWithFilter",
        "Distinct", "OrderedDistinct", "Aggregation", "EagerAggregation", "OrderedAggregation", "Limit", "Skip", "Sort",
        "PartialSort", "Top", "PartialTop", "Top1WithTies", "PartialTop1WithTies", "Union", "OrderedUnion", "Unwind",
        "PartitionedUnwind", "Eager", "EmptyRow", "EmptyResult", "ProduceResults", "NullifyMetadata", "DropResult", "ProcedureCall",
        "ShowIndexes", "ShowConstraints",
    }
)  # fmt: skip
PROCEDURE = re.compile(r"\s*([\w.`]+)\(")


def check_plan(kind: str | None, plan: Plan | None) -> None:
    """Raise CypherRefused unless the server planned nothing but reading, with operators and procedures that we know.

    Operators do not show everything: what stands inside a list comprehension, CASE or reduce is only in the text of their details.
    """
    if kind is None or plan is None:
        raise _refused("The server does not say what it would do.", "Ask for it in another way; docs/cypher.md says what is possible.")
    if kind != READ:
        raise CypherRefused(
            "The query would change something, or ask about the server; only reading the graph is possible.",
            rule="read-only",
            hint="Ask for what you need with MATCH and RETURN.",
        )
    for operator, details in _operators(plan):
        if operator not in OPERATORS:
            raise _refused(f"The query needs {operator}, which may not be done here.", "Ask for what you need with MATCH and RETURN.")
        if operator == "ProcedureCall":
            _check_procedure(details)
        elif details:
            try:
                _check_details(details)
            except CypherRefused as refused:
                raise CypherRefused(refused.message, rule=refused.rule, hint=refused.hint) from None


def shown_plan(plan: Plan) -> dict[str, Any]:
    """Return the plan as {operator, details, children}, without what only the server can use."""
    children = [shown_plan(child) for child in plan.get("children", ())]
    return {"operator": _operator(plan), "details": _details(plan), "children": children}


def _operators(plan: Plan) -> Iterator[tuple[str, str]]:
    yield _operator(plan).partition("(")[0], _details(plan)
    for child in plan.get("children", ()):
        yield from _operators(child)


def _operator(plan: Plan) -> str:
    return str(plan.get("operatorType", "")).partition("@")[0]


def _details(plan: Plan) -> str:
    details: Any = plan.get("args", {}).get("Details", "")
    return details if isinstance(details, str) else " ".join(map(str, details))


def _check_procedure(details: str) -> None:
    found = PROCEDURE.match(details)
    procedure = found[1].replace("`", "") if found else ""
    if not may_call(procedure):
        raise CypherRefused(
            f"The procedure {procedure[:80] or 'that the server names'} may not be called here.",
            rule="procedure",
            hint="docs/cypher.md lists those that may.",
        )


def _check_details(details: str) -> None:
    """Look for calls and files in the words of a detail, and outside its strings and quoted names; in all of it if it cannot be read."""
    try:
        tokens = [token for token in scan(details) if token.kind not in ("space", "comment")]
    except CypherRefused:
        tokens = [Token("word", word, 0) for word in re.findall(r"\w+", details)]
    check_pairs(details, tokens)
    check_calls(details, tokens)
    for number, token in enumerate(tokens[:-2]):
        if token.text == "ResolvedCall" and tokens[number + 1].text == "(":
            _check_procedure(f"{dotted_name(tokens, number + 2)}(")


def _refused(message: str, hint: str) -> CypherRefused:
    return CypherRefused(message, rule="plan", hint=hint)
