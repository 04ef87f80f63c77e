"""What a file would have created: the names that a later failure may miss."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from harness.sql import Script
from harness.sql.definitions import executed_bodies, query_roots
from harness.sql.embedded import queries
from harness.sql.tree import Node, root

_WORD = re.compile(r'"((?:[^"]|"")+)"|([\w$]+)|(\.)')
_BETWEEN = frozenset(
    {
        *("add", "alter", "column", "concurrently", "create", "exists", "if", "into", "not"),
        *("materialized", "only", "or", "recursive", "replace", "temp", "temporary", "unique"),
        "unlogged",
    }
)
"""Words that may stand before an object's name, its kind apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Creation:
    """A name that a statement gives, its parts from the schema down.

    ``of`` is the table or type of a column, constraint, policy, trigger or enum value: it
    existed before, and lacks only this part.
    """

    name: tuple[str, ...]
    of: str | None = None


def creations_of(script: Script) -> frozenset[Creation]:
    """Collect what a file would create, in its statements and in the blocks that it runs."""
    found: set[Creation] = set()
    for statement in script.statements:
        parsed = root(statement.text)
        if parsed is None:
            found.update(_guessed(statement.text))
        else:
            found.update(_created(parsed.kind, parsed.node))
    for body, _ in executed_bodies(script):
        for query in queries(body):
            for parsed in query_roots(query.text):
                found.update(_created(parsed.kind, parsed.node))
    return frozenset(found)


def _created(kind: str, node: Node) -> Iterator[Creation]:
    if kind in _SIMPLE:
        yield Creation(name=_SIMPLE[kind](node))
    elif kind in _PARTS:
        yield from _PARTS[kind](node)


def _guessed(text: str) -> Iterator[Creation]:
    """Read what can be read of a statement that is no SQL: the name in its head, if it has one."""
    head = re.split(r"[(;]|\b(?:AS|ON|USING)\b", text, maxsplit=1, flags=re.IGNORECASE)[0]
    _, *names = [each for each in _names(head) if each[-1].lower() not in _BETWEEN] or [()]
    verb = head.split()[0].upper() if names else ""
    if verb == "CREATE":
        yield Creation(name=next((each for each in names if len(each) > 1), names[0]))
    elif verb == "ALTER":
        yield from (Creation(name=each[-1:], of=names[0][-1]) for each in _names(text))


def _names(text: str) -> Iterator[tuple[str, ...]]:
    parts: list[str] = []
    dotted = False
    for quoted, plain, dot in _WORD.findall(text):
        if dot:
            dotted = True
            continue
        if parts and not dotted:
            yield tuple(parts)
            parts = []
        parts.append(quoted.replace('""', '"') or plain.lower())
        dotted = False
    if parts:
        yield tuple(parts)


def _relation(node: Node) -> tuple[str, ...]:
    return tuple(node[key] for key in ("schemaname", "relname") if key in node)


def _strings(nodes: list[Node]) -> tuple[str, ...]:
    return tuple(str(each["String"]["sval"]) for each in nodes)


def _index(node: Node) -> tuple[str, ...]:
    """An index lives in the schema of its table; one without a name cannot be missed."""
    return (*_relation(node["relation"])[:-1], str(node.get("idxname", "")))


def _schema(node: Node) -> Iterator[Creation]:
    yield Creation(name=(str(node.get("schemaname", "")),))
    for element in node.get("schemaElts", ()):
        for kind, below in element.items():
            yield from _created(kind, below)


def _view(node: Node) -> Iterator[Creation]:
    """A view that is replaced gives new columns to one that was there."""
    name = _relation(node["view"])
    yield Creation(name=name)
    for target in node["query"].get("SelectStmt", {}).get("targetList", ()):
        column = target["ResTarget"].get("name")
        if column is not None and node.get("replace"):
            yield Creation(name=(str(column),), of=name[-1])


def _altered(node: Node) -> Iterator[Creation]:
    table = _relation(node["relation"])[-1]
    for command in node["cmds"]:
        definition = command["AlterTableCmd"].get("def", {})
        name = definition.get("ColumnDef", {}).get("colname")
        name = name or definition.get("Constraint", {}).get("conname")
        if name is not None:
            yield Creation(name=(str(name),), of=table)


def _renamed(node: Node) -> Iterator[Creation]:
    name, of = str(node["newname"]), None
    if "subname" in node and "relation" in node:
        of = _relation(node["relation"])[-1]
    yield Creation(name=(name,), of=of)


def _moved(node: Node) -> Iterator[Creation]:
    if "relation" in node:
        yield Creation(name=(str(node["newschema"]), _relation(node["relation"])[-1]))


def _on_a_table(name: str, table: str) -> Callable[[Node], Iterator[Creation]]:
    def created(node: Node) -> Iterator[Creation]:
        yield Creation(name=(str(node[name]),), of=_relation(node[table])[-1])

    return created


def _enum_value(node: Node) -> Iterator[Creation]:
    yield Creation(name=(str(node["newVal"]),), of=_strings(node["typeName"])[-1])


_SIMPLE: dict[str, Callable[[Node], tuple[str, ...]]] = {
    "CompositeTypeStmt": lambda node: _relation(node["typevar"]),
    "CreateDomainStmt": lambda node: _strings(node["domainname"]),
    "CreateEnumStmt": lambda node: _strings(node["typeName"]),
    "CreateExtensionStmt": lambda node: (str(node["extname"]),),
    "CreateFunctionStmt": lambda node: _strings(node["funcname"]),
    "CreateRangeStmt": lambda node: _strings(node["typeName"]),
    "CreateRoleStmt": lambda node: (str(node["role"]),),
    "CreateSeqStmt": lambda node: _relation(node["sequence"]),
    "CreateStatsStmt": lambda node: _strings(node.get("defnames", [])),
    "CreateStmt": lambda node: _relation(node["relation"]),
    "CreateTableAsStmt": lambda node: _relation(node["into"]["rel"]),
    "DefineStmt": lambda node: _strings(node["defnames"]),
    "IndexStmt": _index,
}

_PARTS: dict[str, Callable[[Node], Iterator[Creation]]] = {
    "AlterEnumStmt": _enum_value,
    "AlterObjectSchemaStmt": _moved,
    "AlterTableStmt": _altered,
    "CreatePolicyStmt": _on_a_table("policy_name", "table"),
    "CreateSchemaStmt": _schema,
    "CreateTrigStmt": _on_a_table("trigname", "relation"),
    "RenameStmt": _renamed,
    "ViewStmt": _view,
}
