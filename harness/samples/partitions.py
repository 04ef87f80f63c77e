"""Values that route to partitions that exist, the boundaries of each included."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Any

import postgast

from harness.samples.hints import columns_of, literals
from harness.samples.scalars import Draw, Ordered, Value, pick
from harness.samples.shape import Leaf


@dataclass(frozen=True, slots=True)
class Segment:
    """Values that one partition holds: ``low`` ≤ value < ``high``, or one of ``members``."""

    low: str | None = None
    high: str | None = None
    members: tuple[str, ...] = ()


def segments(leaves: Iterable[Leaf]) -> dict[str, tuple[Segment, ...]]:
    """Say for each partition key column which values have a partition other than the default."""
    found: dict[str, dict[Segment, None]] = {}
    for leaf in leaves:
        for key, bound in leaf.levels:
            for column, segment in _of_bound(key, bound):
                found.setdefault(column, {})[segment] = None
    return {column: tuple(each) for column, each in found.items()}


def drawn_from(parts: tuple[Segment, ...], ordered: Ordered | None, otherwise: Draw) -> Draw:
    """Draw values that lie within the segments, every segment as often as the others.

    Half of the first ones are the segments' first and last values, until each has been drawn.
    """
    readable = [(each, *_limits(each, ordered)) for each in parts]
    edges = [edge for _, *limits in reversed(readable) for edge in limits if edge is not None]

    def draw(random: Random) -> Value:
        if edges and random.random() < 0.5:
            return edges.pop()
        segment, low, high = pick(random, readable)
        if segment.members:
            return pick(random, segment.members)
        if ordered is None or (low is None and high is None):
            return segment.low if segment.low is not None else otherwise(random)
        return ordered.draw(random, low, high)

    return draw


def _limits(segment: Segment, ordered: Ordered | None) -> tuple[Value | None, Value | None]:
    if ordered is None:
        return None, None
    try:
        low = None if segment.low is None else ordered.read(segment.low)
        high = None if segment.high is None else ordered.read(segment.high)
    except (ValueError, ArithmeticError):  # infinity, or a date before Python's first
        return None, None
    return low, None if high is None else ordered.moved(high, -1)


def _of_bound(key: str, bound: str) -> list[tuple[str, Segment]]:
    statement = f"CREATE TABLE part PARTITION OF whole {bound}"
    columns = _columns(key)
    try:
        spec = postgast.parse(statement).stmts[0].stmt.create_stmt.partbound
    except postgast.PgQueryError:
        return []
    if spec.is_default or not columns:
        return []
    if spec.listdatums:
        members = tuple(text for datum in spec.listdatums for text in literals(datum))
        return [(columns[0], Segment(members=members))] if members else []
    if spec.lowerdatums:
        return _of_range(columns, spec)
    return []


def _of_range(columns: list[str], spec: Any) -> list[tuple[str, Segment]]:
    """Bound the first key column that differs; those before it are equal on both sides."""
    found = []
    for column, low, high in zip(columns, spec.lowerdatums, spec.upperdatums, strict=False):
        least, most = _datum(low), _datum(high)
        if least is not None and least == most:
            found.append((column, Segment(members=(least,))))
            continue
        found.append((column, Segment(low=least, high=most)))
        break
    return found


def _datum(node: Any) -> str | None:
    """Read one bound; MINVALUE and MAXVALUE are parsed as column references."""
    found = literals(node)
    return found[0] if found else None


def _columns(key: str) -> list[str]:
    """Read the columns of ``RANGE (occurred_at)``; of an expression, the one it is made of.

    Values within the bounds of ``date_trunc('month', at)`` are mostly within as themselves.
    """
    inside = key[key.index("(") + 1 : key.rindex(")")] if "(" in key else ""
    if "(" in inside:
        named = columns_of(inside)
        return list(named) if len(named) == 1 else []
    return [part.strip().split(" ")[0].strip('"') for part in inside.split(",")] if inside else []
