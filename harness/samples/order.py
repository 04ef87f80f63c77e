"""The order in which tables are filled, so that parents come first and cycles are seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from harness.samples.shape import ForeignKey, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Tables that refer to each other, in the order to fill them; mostly one table alone.

    ``circular``: some reference can only be met by a row of a table further on (or of the same
    pass), so the group is filled in two passes. ``postponed`` are the deferrable foreign keys
    that must be checked at the end, since required references go round.
    """

    tables: tuple[int, ...]
    circular: bool = False
    postponed: tuple[tuple[int, str], ...] = ()


def in_order(tables: Mapping[int, Table]) -> tuple[Group, ...]:
    """Sort tables into groups, parents before children (Tarjan's components)."""
    edges = {
        oid: [key.parent for key in table.foreign_keys if key.parent in tables]
        for oid, table in tables.items()
    }
    return tuple(_group(component, tables) for component in _components(edges))


def with_parents(wanted: Iterable[int], tables: Mapping[int, Table]) -> set[int]:
    """Add the tables that rows of the wanted ones refer to, directly or not."""
    found: set[int] = set()
    waiting = list(wanted)
    while waiting:
        oid = waiting.pop()
        if oid not in found:
            found.add(oid)
            waiting.extend(k.parent for k in tables[oid].foreign_keys if k.parent in tables)
    return found


def _group(component: list[int], tables: Mapping[int, Table]) -> Group:
    members = set(component)
    inner = {
        oid: [key for key in tables[oid].foreign_keys if key.parent in members] for oid in component
    }
    circular = any(inner.values())
    ordered, postponed = _required_order(inner, tables)
    return Group(tables=tuple(ordered), circular=circular, postponed=tuple(postponed))


def _required_order(
    inner: Mapping[int, list[ForeignKey]], tables: Mapping[int, Table]
) -> tuple[list[int], list[tuple[int, str]]]:
    """Order a component by what its rows cannot do without; give up deferrable edges first."""
    waiting = dict.fromkeys(inner)
    ordered: list[int] = []
    postponed: list[tuple[int, str]] = []
    while waiting:
        needs = {
            oid: [
                key
                for key in inner[oid]
                if key.parent in waiting and key.parent != oid and tables[oid].requires(key)
            ]
            for oid in waiting
        }
        ready = [oid for oid in waiting if not needs[oid]]
        if not ready:
            ready = [_least_bound(needs)]
            postponed.extend((ready[0], key.name) for key in needs[ready[0]])
        ordered.append(ready[0])
        del waiting[ready[0]]
    return ordered, postponed


def _least_bound(needs: Mapping[int, list[ForeignKey]]) -> int:
    """Choose the table that waits for the fewest keys which cannot be deferred."""
    return min(needs, key=lambda oid: sum(not key.deferrable for key in needs[oid]))


def _components(edges: Mapping[int, list[int]]) -> list[list[int]]:
    number: dict[int, int] = {}
    lowest: dict[int, int] = {}
    stack: list[int] = []
    found: list[list[int]] = []

    def visit(node: int) -> None:
        number[node] = lowest[node] = len(number)
        stack.append(node)
        for below in edges[node]:
            if below not in number:
                visit(below)
                lowest[node] = min(lowest[node], lowest[below])
            elif below in stack:
                lowest[node] = min(lowest[node], number[below])
        if lowest[node] == number[node]:
            at = stack.index(node)
            found.append(stack[at:][::-1])
            del stack[at:]

    for node in edges:
        if node not in number:
            visit(node)
    return found
