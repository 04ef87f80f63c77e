"""The tables that a script has made itself by the time each of its statements runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from harness.sql.bodies import body_of
from harness.sql.definitions import made_in, new_relations, trees
from harness.sql.script import Script, Statement
from harness.sql.tree import Node, Root

Name = tuple[str | None, str]
"""A table as it is written: its schema, None where there is none, and its own name."""

_TABLES = frozenset({"OBJECT_TABLE", "OBJECT_MATVIEW"})
_MAY_REPLACE = re.compile(r"\b(drop|rename|set\s+schema|execute|call)\b", re.IGNORECASE)
_NOTHING: frozenset[Name] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A statement, and the tables that are new when it has run, those that it makes included."""

    statement: Statement
    parsed: Root
    new: frozenset[Name]


def moments(script: Script, *, certain: bool) -> Iterator[Moment]:
    """Yield the statements of a script in order.

    With ``certain`` a table counts as new only where the text leaves no doubt: one behind IF NOT
    EXISTS may be old, and so may one that a DO block creates in some case, renames or drops.
    """
    new = _NOTHING
    for statement, parsed in trees(script):
        new = _after(statement, parsed, new, certain=certain)
        yield Moment(statement=statement, parsed=parsed, new=new)


def name_of(relation: Node) -> Name:
    """Return the name of a tree's relation."""
    is_temporary = relation.get("relpersistence") == "t"
    return (None if is_temporary else relation.get("schemaname")), str(relation["relname"])


def _after(
    statement: Statement, parsed: Root, new: frozenset[Name], *, certain: bool
) -> frozenset[Name]:
    if parsed.kind == "DoStmt":
        return _after_block(statement, new, certain=certain)
    if parsed.kind in _TAKES_AWAY:
        return _TAKES_AWAY[parsed.kind](parsed.node, new)
    is_doubtful = certain and parsed.node.get("if_not_exists", False)
    return new if is_doubtful else new | set(map(name_of, new_relations(parsed)))


def _after_block(statement: Statement, new: frozenset[Name], *, certain: bool) -> frozenset[Name]:
    if certain:
        return _NOTHING if _MAY_REPLACE.search(statement.text) else new
    body = body_of(statement)
    return new | set(map(name_of, made_in(body) if body else ()))


def _dropped(node: Node, new: frozenset[Name]) -> frozenset[Name]:
    gone = {_dotted(each) for each in node["objects"]}
    if node.get("removeType") == "OBJECT_SCHEMA":
        return frozenset(each for each in new if (None, each[0]) not in gone)
    return new - gone


def _dotted(dropped: Node) -> tuple[str | None, str]:
    items = dropped["List"]["items"] if "List" in dropped else [dropped]
    names = [str(each.get("String", {}).get("sval", "")) for each in items]
    return (names[-2] if len(names) > 1 else None), names[-1]


def _renamed(node: Node, new: frozenset[Name]) -> frozenset[Name]:
    if node.get("renameType") not in _TABLES:
        return new
    old = name_of(node["relation"])
    return _moved(new, old, (old[0], node["newname"]))


def _in_another_schema(node: Node, new: frozenset[Name]) -> frozenset[Name]:
    if node.get("objectType") not in _TABLES:
        return new
    old = name_of(node["relation"])
    return _moved(new, old, (node["newschema"], old[1]))


def _moved(new: frozenset[Name], old: Name, target: Name) -> frozenset[Name]:
    """Give a new table its new name; an old one that takes a name makes that name old."""
    rest = new - {old, target}
    return rest | {target} if old in new else rest


def _rolled_back(node: Node, new: frozenset[Name]) -> frozenset[Name]:
    return _NOTHING if node.get("kind") == "TRANS_STMT_ROLLBACK_TO" else new


def _looked_up_elsewhere(node: Node, new: frozenset[Name]) -> frozenset[Name]:
    if node.get("name") != "search_path":
        return new
    return frozenset(each for each in new if each[0] is not None)


_TAKES_AWAY: dict[str, Callable[[Node, frozenset[Name]], frozenset[Name]]] = {
    "AlterObjectSchemaStmt": _in_another_schema,
    "DropStmt": _dropped,
    "RenameStmt": _renamed,
    "TransactionStmt": _rolled_back,
    "VariableSetStmt": _looked_up_elsewhere,
}
