"""What policies compare: columns with expressions that read a setting of the session."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import postgast

from harness.catalog import Catalog

_READ_SETTING = re.compile(r"current_setting\(\s*'([\w.]+)'", re.IGNORECASE)
_ROUTINES = ("function", "procedure")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Compared:
    """A column that a policy compares with an expression that reads a setting.

    ``directly`` where the expression gives the setting's own value.
    """

    table: str
    column: str
    expression: str
    setting: str
    directly: bool = False


def settings_read(text: str, bodies: Mapping[str, str]) -> frozenset[str]:
    """Collect the settings that an expression or body reads, itself or through functions."""
    return frozenset(
        setting for part in _reached(text, bodies) for setting in _READ_SETTING.findall(part)
    )


def _reached(text: str, bodies: Mapping[str, str]) -> Iterator[str]:
    """Yield a text and the bodies of all functions that it reaches, each once."""
    waiting, seen = [text], set()
    while waiting:
        part = waiting.pop()
        yield part
        for name, body in bodies.items():
            if name not in seen and _calls(part, name):
                seen.add(name)
                waiting.append(body)


def _calls(text: str, name: str) -> bool:
    return f"{name}(" in text or f"{name} (" in text


def function_bodies(catalog: Catalog) -> dict[str, str]:
    """Map each function's qualified name to its body; overloads are read together."""
    found: dict[str, str] = {}
    for routine in catalog.of_kind(*_ROUTINES):
        name = routine.identity.name.partition("(")[0]
        body = routine.facts.get("body") or routine.facts.get("sql body") or ""
        found[name] = found.get(name, "") + "\n" + body
    return found


def comparisons(table: str, expression: str, bodies: Mapping[str, str]) -> Iterator[Compared]:
    """Yield the columns that a policy's expression compares with something that reads a setting."""
    try:
        tree = postgast.parse(f"SELECT {expression}")
    except postgast.PgQueryError:
        return
    aliases = _aliases(tree, table)
    for column, other in _pairs(tree):
        text = postgast.deparse(_selected(other)).removeprefix("SELECT ")
        owner, name = _resolved(column, aliases)
        for setting in settings_read(text, bodies):
            yield Compared(table=owner, column=name, expression=text, setting=setting)


def _pairs(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Yield (column reference, what it is compared with) for every equality in a tree."""
    for comparison in _nodes(tree, postgast.pg_query_pb2.A_Expr):
        if not comparison.name or comparison.name[-1].string.sval != "=":
            continue
        left, right = comparison.lexpr, comparison.rexpr
        for side, other in ((left, right), (right, left)):
            column = _column(side)
            if column is not None:
                yield column, other
    for link in _nodes(tree, postgast.pg_query_pb2.SubLink):
        column = _column(link.testexpr) if link.HasField("testexpr") else None
        if column is not None:
            yield column, _in_parentheses(link.subselect)


def _nodes(tree: Any, kind: Any) -> list[Any]:
    found = postgast.find_nodes(tree, kind)
    return [each[1] if isinstance(each, tuple) else each for each in found]


def _column(node: Any) -> Any | None:
    kind = node.WhichOneof("node")
    if kind == "type_cast":
        return _column(node.type_cast.arg)
    return node.column_ref if kind == "column_ref" else None


def _aliases(tree: Any, table: str) -> dict[str, str]:
    """Map the names that columns are qualified with to tables; the policy's own is the default."""
    found = {"": table, table.rpartition(".")[2].strip('"'): table}
    for relation in _nodes(tree, postgast.pg_query_pb2.RangeVar):
        qualified = f"{relation.schemaname}.{relation.relname}".lstrip(".")
        found[relation.alias.aliasname or relation.relname] = qualified
    return found


def _resolved(column: Any, aliases: Mapping[str, str]) -> tuple[str, str]:
    names = [field.string.sval for field in column.fields]
    qualifier = names[-2] if len(names) > 1 else ""
    return aliases.get(qualifier, qualifier), names[-1]


def _selected(node: Any) -> Any:
    """Wrap an expression in a query, so that it can be written as text again."""
    wrapped = postgast.parse("SELECT 1")
    wrapped.stmts[0].stmt.select_stmt.target_list[0].res_target.val.CopyFrom(node)
    return wrapped


def _in_parentheses(query: Any) -> Any:
    """Make an expression of a query, as in ``x IN (SELECT …)``."""
    wrapped = postgast.parse("SELECT (SELECT 1)")
    node = wrapped.stmts[0].stmt.select_stmt.target_list[0].res_target.val
    node.sub_link.subselect.CopyFrom(query)
    return node
