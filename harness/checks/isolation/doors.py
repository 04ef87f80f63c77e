"""Policies that let everybody in: they ask for none of the settings that tell who somebody is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from harness.catalog.model import CatalogObject
from harness.checks.isolation.comparisons import function_bodies, settings_read
from harness.checks.isolation.leaks import Action, Leak
from harness.checks.schema.phase_schema import PhaseSchema

_COMMANDS = {
    Action.SEES: "select",
    Action.UPDATES: "update",
    Action.DELETES: "delete",
    Action.INSERTS: "insert",
    Action.MOVES: "update",
}
_CHECKED = frozenset({Action.INSERTS, Action.MOVES})


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A policy, and which of its expressions lets everybody in."""

    policy: str
    clause: str

    def __str__(self) -> str:
        return f"{self.clause} of policy {self.policy} asks for no setting"


def open_doors(seen: PhaseSchema, leaks: Iterable[Leak]) -> tuple[Door, ...]:
    """Return the policies through which leaks of one table come, where they ask for no setting."""
    return tuple(dict.fromkeys(door for leak in leaks for door in _open(seen, leak)))


def _open(seen: PhaseSchema, leak: Leak) -> Iterator[Door]:
    command = _COMMANDS.get(leak.action)
    if command is None or leak.kind != "table" or seen.tenancy is None:
        return
    bodies = function_bodies(seen.catalog)
    for policy in seen.catalog.of_kind("policy"):
        if policy.parent is None or policy.parent.name != leak.relation:
            continue
        clause = _clause(policy, leak.action)
        if _concerns(policy, command, leak.role):
            asked = settings_read(policy.facts.get(clause, ""), bodies)
            if asked.isdisjoint(seen.tenancy.settings):
                yield Door(policy=policy.identity.name, clause=clause.upper())


def _concerns(policy: CatalogObject, command: str, role: str) -> bool:
    facts = policy.facts
    return (
        facts["mode"] == "permissive"
        and facts["command"] in {command, "all"}
        and not {role, "PUBLIC"}.isdisjoint(facts["roles"].split(", "))
    )


def _clause(policy: CatalogObject, action: Action) -> str:
    """Name the expression that lets a row through: USING stands in for a missing WITH CHECK."""
    return "with check" if action in _CHECKED and "with check" in policy.facts else "using"
