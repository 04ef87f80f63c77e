"""UPDATE, DELETE and MERGE as the text shows them: of which table, and of how much of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from harness.sql.tree import Node, NotSqlError, TooDeepError, roots, walk

_WRITES = re.compile(r"\b(update|delete)\b", re.IGNORECASE)
_VERBS = {"UpdateStmt": "UPDATE", "DeleteStmt": "DELETE FROM", "MergeStmt": "MERGE INTO"}
_CHANGES = frozenset({"CMD_UPDATE", "CMD_DELETE"})
_CHOOSE = ("whereClause", "fromClause", "usingClause", "sourceRelation", "withClause")
_BETWEEN = frozenset({"AEXPR_BETWEEN", "AEXPR_BETWEEN_SYM"})
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """A change of rows; ``bounded`` is True where its WHERE names values, a range or a limit."""

    verb: str
    schema: str | None
    table: str
    bounded: bool
    has_where: bool
    offset: int

    @property
    def of(self) -> tuple[str | None, str]:
        """The table's schema, None where none is written, and its own name."""
        return self.schema, self.table

    @property
    def name(self) -> str:
        """The table's name, as the statement writes it."""
        return f"{self.schema}.{self.table}" if self.schema else self.table


def writes(text: str, variables: frozenset[str] = frozenset()) -> tuple[Write, ...]:
    """Return the UPDATEs, DELETEs and MERGEs of a text, those inside WITH included.

    ``variables`` are the names that mean values, not columns, where the text stands in plpgsql.
    ``offset`` is the character at which the table's name stands.
    """
    if not _WRITES.search(text):
        return ()
    try:
        found = roots(text)
    except (NotSqlError, TooDeepError):
        return ()
    data = text.encode("utf-8")
    tree = [{each.kind: each.node} for each in found]
    changes = (
        _write(kind, node, data, variables)
        for kind, node in walk(tree)
        if _changes_rows(kind, node)
    )
    return tuple(sorted(changes, key=lambda write: write.offset))


def _changes_rows(kind: str, node: Node) -> bool:
    if kind != "MergeStmt":
        return kind in _VERBS
    clauses = (each["MergeWhenClause"] for each in node.get("mergeWhenClauses", ()))
    return any(each.get("commandType") in _CHANGES for each in clauses)


def _write(kind: str, node: Node, data: bytes, variables: frozenset[str]) -> Write:
    relation = node["relation"]
    before = data[: max(relation.get("location", 0), 0)]
    where = node.get("whereClause") or node.get("joinCondition")
    bounds = _Bounds(variables)
    return Write(
        verb=_VERBS[kind],
        schema=relation.get("schemaname"),
        table=relation["relname"],
        bounded=where is not None and (_limited(node) or bounds.hold(where)),
        has_where="whereClause" in node,
        offset=len(before.decode("utf-8", errors="ignore")),
    )


def _limited(node: Node) -> bool:
    """Tell whether the rows come from a LIMIT or a list of VALUES: the usual form of a batch."""
    return any(
        kind == "SelectStmt" and ("limitCount" in below or "valuesLists" in below)
        for kind, below in walk([{name: node[name]} for name in _CHOOSE if name in node])
    )


class _Bounds:
    """Whether a condition can hold for a few rows only, as far as its form says."""

    def __init__(self, variables: frozenset[str]) -> None:
        self._variables = variables

    def hold(self, condition: Node) -> bool:
        if "BoolExpr" in condition:
            return self._combined(condition["BoolExpr"])
        if "A_Expr" in condition:
            return self._compares(condition["A_Expr"])
        if "SubLink" in condition:
            return self._selected(condition["SubLink"])
        return "CurrentOfExpr" in condition

    def _combined(self, expression: Node) -> bool:
        arguments = expression["args"]
        if expression["boolop"] == "OR_EXPR":
            return all(self.hold(each) for each in arguments)
        if expression["boolop"] == "NOT_EXPR":
            return False
        sides = {self._side(each.get("A_Expr", {})) for each in arguments}
        return sides >= {"<", ">"} or any(self.hold(each) for each in arguments)

    def _compares(self, expression: Node) -> bool:
        left, right = expression.get("lexpr", {}), expression.get("rexpr", {})
        if expression["kind"] in _BETWEEN:
            return self._has_column(left) and not self._has_column(right)
        if _operator(expression) != "=" or _is_boolean(left) or _is_boolean(right):
            return False
        return self._has_column(left) != self._has_column(right)

    def _side(self, expression: Node) -> str | None:
        """Return "<" or ">" where a column is compared with a value that limits that side."""
        operator = _operator(expression)
        if operator not in _MIRRORED:
            return None
        left = self._has_column(expression["lexpr"])
        if left == self._has_column(expression["rexpr"]):
            return None
        return (operator if left else _MIRRORED[operator])[0]

    def _selected(self, link: Node) -> bool:
        query = link.get("subselect", {}).get("SelectStmt", {})
        where = query.get("whereClause")
        is_member = link.get("subLinkType") == "ANY_SUBLINK"
        return is_member and where is not None and self.hold(where)

    def _has_column(self, value: object) -> bool:
        if isinstance(value, list):
            return any(self._has_column(each) for each in value)
        if not isinstance(value, dict) or "SubLink" in value:
            return False
        if "ColumnRef" in value:
            return not self._is_variable(value["ColumnRef"])
        return any(self._has_column(each) for each in value.values())

    def _is_variable(self, column: Node) -> bool:
        first = column["fields"][0].get("String", {}).get("sval", "")
        return first in self._variables


def _operator(expression: Node) -> str:
    names = expression.get("name", ())
    return str(names[-1]["String"]["sval"]) if names else ""


def _is_boolean(node: Node) -> bool:
    return "boolval" in node.get("A_Const", {})
