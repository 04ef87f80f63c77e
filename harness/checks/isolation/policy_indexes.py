"""Policies and the indexes that find the rows they let through.

A policy is served where every branch of its OR has a comparison of a column with something that
is computed once for the query, and an index begins with that column. Asking the planner instead
would be asking about costs: on tables without a million rows it reads whatever is cheap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import postgast

from harness.catalog import Catalog
from harness.checks.schema.facts import Index

_READING = frozenset({"select", "all", "update", "delete"})
_EQUAL = frozenset({"=", "<@", "@>", "&&", "~~"})


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class PolicyScan:
    """A policy that makes its role read whole tables; ``column`` would need an index, if any."""

    table: str
    policy: str
    expression: str
    column: str | None = None


def policy_scans(
    catalog: Catalog, indexes: Iterable[Index], roles: Iterable[str]
) -> Iterator[PolicyScan]:
    """List the policies of some roles that no index serves, each expression of a table once."""
    wanted = {*roles, "PUBLIC"}
    leading = _leading(indexes)
    told: set[tuple[str, str]] = set()
    for policy in catalog.of_kind("policy"):
        facts = policy.facts
        table = policy.parent.name if policy.parent else ""
        expression = facts.get("using")
        if expression is None or facts["command"] not in _READING:
            continue
        if facts["mode"] != "permissive" or not wanted & set(facts["roles"].split(", ")):
            continue
        if (table, expression) in told:
            continue
        told.add((table, expression))
        found = _unserved(expression, table, leading.get(table, frozenset()))
        if found is not None:
            yield PolicyScan(
                table=table,
                policy=policy.identity.name,
                expression=" ".join(expression.split()),
                column=found or None,
            )


def _leading(indexes: Iterable[Index]) -> dict[str, frozenset[str]]:
    """Map each table to the columns that its indexes begin with.

    An index of the live rows alone (``WHERE deleted_at IS NULL``) counts: queries ask for these.
    """
    found: dict[str, frozenset[str]] = {}
    for index in indexes:
        usable = index.is_valid and (index.predicate is None or "NULL" in index.predicate)
        if usable and index.keys:
            keys = index.keys[:1] if index.method in {"btree", "hash"} else index.keys
            found[index.relation] = found.get(index.relation, frozenset()) | set(keys)
    return found


def _unserved(expression: str, table: str, leading: frozenset[str]) -> str | None:
    """Name the column that lacks an index, an empty name where none would help; None if served."""
    try:
        tree = postgast.parse(f"SELECT {expression}")
    except postgast.PgQueryError:
        return None
    node = tree.stmts[0].stmt.select_stmt.target_list[0].res_target.val
    return _branch(node, table.rpartition(".")[2], leading)


def _branch(node: Any, table: str, leading: frozenset[str]) -> str | None:
    if node.WhichOneof("node") == "bool_expr":
        parts = [_branch(part, table, leading) for part in node.bool_expr.args]
        if node.bool_expr.boolop == postgast.pg_query_pb2.OR_EXPR:
            return next((part for part in parts if part is not None), None)
        if node.bool_expr.boolop == postgast.pg_query_pb2.AND_EXPR:
            looked_at = [
                part
                for part, each in zip(parts, node.bool_expr.args, strict=True)
                if _looks_at_rows(each, table)
            ]
            if not looked_at or None in looked_at:
                return None
            return next((part for part in looked_at if part), "")
    if not _looks_at_rows(node, table):
        return None
    column = _compared(node, table)
    if column is None:
        return ""
    return None if column in leading else column


def _compared(node: Any, table: str) -> str | None:
    """Name the column that a comparison looks up by what is computed once for the query."""
    if node.WhichOneof("node") != "a_expr" or not node.a_expr.name:
        return None
    expression = node.a_expr
    if expression.name[-1].string.sval not in _EQUAL:
        return None
    for side, other in (
        (expression.lexpr, expression.rexpr),
        (expression.rexpr, expression.lexpr),
    ):
        column = _column(side)
        if column is not None and not _looks_at_rows(other, table):
            return column
    return None


def _column(node: Any) -> str | None:
    kind = node.WhichOneof("node")
    if kind == "type_cast":
        return _column(node.type_cast.arg)
    if kind != "column_ref":
        return None
    name = str(node.column_ref.fields[-1].string.sval)
    return name if name.isidentifier() and name.islower() else f'"{name}"'


def _looks_at_rows(node: Any, table: str) -> bool:
    """Whether an expression names a column of the table itself, also from within a subquery.

    The server qualifies the columns in subqueries; outside of them the table's own stand bare.
    """
    links = _outermost_links(node)
    for link in links:
        named = {
            each.alias.aliasname or each.relname
            for each in _nodes(link.subselect, postgast.pg_query_pb2.RangeVar)
        }
        outer = {_qualifier(each) for each in _references(link.subselect)} - named
        if table.strip('"') in outer:
            return True
    below = sum(len(_references(link.subselect)) for link in links)
    return len(_references(node)) > below


def _outermost_links(node: Any) -> list[Any]:
    """Find the subqueries of an expression, but not those within them."""
    links = _nodes(node, postgast.pg_query_pb2.SubLink)
    inner = {
        each.SerializeToString()
        for link in links
        for each in _nodes(link.subselect, postgast.pg_query_pb2.SubLink)
    }
    return [each for each in links if each.SerializeToString() not in inner]


def _references(node: Any) -> list[Any]:
    return _nodes(node, postgast.pg_query_pb2.ColumnRef)


def _qualifier(reference: Any) -> str:
    fields = [field.string.sval for field in reference.fields]
    return fields[-2] if len(fields) > 1 else ""


def _nodes(tree: Any, kind: Any) -> list[Any]:
    found = postgast.find_nodes(tree, kind)
    return [each[1] if isinstance(each, tuple) else each for each in found]
