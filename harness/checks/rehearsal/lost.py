"""What a migration whose file is missing would have created: what its rollback drops."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from harness.checks.rehearsal.consequences import cause_of
from harness.checks.rehearsal.creations import Creation
from harness.execute.trace import Failure
from harness.plan import Migration, Plan
from harness.sql import Script
from harness.sql.tree import Node, root


def lost_cause(plan: Plan, migration: Migration, failure: Failure) -> str | None:
    """Name the earlier migration without a file that would have created what a failure misses."""
    place = plan.migrations.index(migration)
    lost = {
        each.version: drops_of(each.backward)
        for each in plan.missing
        if each.place <= place and each.backward is not None
    }
    return cause_of(failure, migration.forward, lost)


def drops_of(script: Script) -> frozenset[Creation]:
    """Collect the names that a file takes away, as those that were given before."""
    return frozenset(
        found
        for statement in script.statements
        if (parsed := root(statement.text)) is not None and parsed.kind in _DROPS
        for found in _DROPS[parsed.kind](parsed.node)
    )


def _dropped(node: Node) -> Iterator[Creation]:
    for each in node["objects"]:
        name = _name(each)
        if node["removeType"] in _BELONGING:
            yield Creation(name=name[-1:], of=name[-2])
        elif name:
            yield Creation(name=name)


def _name(node: Node) -> tuple[str, ...]:
    for key, below in (("List", "items"), ("ObjectWithArgs", "objname"), ("TypeName", "names")):
        if key in node:
            return tuple(str(each["String"]["sval"]) for each in node[key][below])
    return (str(node["String"]["sval"]),) if "String" in node else ()


def _altered(node: Node) -> Iterator[Creation]:
    for each in node["cmds"]:
        command = each["AlterTableCmd"]
        if command["subtype"] in {"AT_DropColumn", "AT_DropConstraint"}:
            yield Creation(name=(str(command["name"]),), of=str(node["relation"]["relname"]))


_BELONGING = frozenset({"OBJECT_POLICY", "OBJECT_TRIGGER", "OBJECT_RULE"})
_DROPS: dict[str, Callable[[Node], Iterator[Creation]]] = {
    "AlterTableStmt": _altered,
    "DropStmt": _dropped,
}
