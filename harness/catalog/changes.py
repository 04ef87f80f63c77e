"""What changed in a database between two readings, told without reading its objects.

Transactions are numbered for a whole server, and each writes in one database. So a row's place and
writer (ctid, xmin) name its version on the server: a copy of a database has the versions of its
source, and nothing else ever has them again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from harness.catalog.read import ROLES, queries, start
from harness.catalog.units import FIRST_OF_USERS, Family, Stamp, Unit

Names = Mapping[Unit, Mapping[str, str]]

_STAMPS = "stamps"
_PUBLIC = Unit(Family.SCHEMA, 2200)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamps:
    """What a database is made of at one moment.

    ``roles`` are names, plain and quoted, by OID; ``rest`` stands for all that is no unit, and for
    the server.
    """

    roles: Mapping[int, tuple[str, str]]
    rest: tuple[int, str]
    units: Mapping[Unit, Stamp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The units that are not what they were.

    Those that came or changed are dirty; of those that were there, some have other columns now.
    """

    dirty: frozenset[Unit]
    gone: frozenset[Unit]
    reshaped: frozenset[Unit]

    def __bool__(self) -> bool:
        return bool(self.dirty or self.gone)

    @property
    def families(self) -> frozenset[str]:
        """The families of which any unit moved."""
        return frozenset(each.family for each in self.dirty | self.gone)


def stamps(connection: Connection[Any]) -> Stamps:
    """Ask what everything is made of.

    Asked before any of it is read, so that a change in between shows at the next reading.
    """
    roles = start(connection, queries()[ROLES])
    rest, units = (start(connection, queries(_STAMPS)[each]) for each in ("rest", "units"))
    return Stamps(
        roles={oid: (name, quoted) for oid, name, quoted in roles.fetchall()},
        rest=rest.fetchall()[0],
        units={
            Unit(family, oid): Stamp(version, parts, shape)
            for family, oid, version, parts, shape in units.fetchall()
        },
    )


def names(connection: Connection[Any], units: Iterable[Unit] | None = None) -> Names:
    """Read what others print of units; of all where none are given. Schemas always come."""
    of = () if units is None else ([each.oid for each in units],)
    found: dict[Unit, dict[str, str]] = {}
    for family, oid, place, name in start(connection, queries(_STAMPS)["names"], *of).fetchall():
        found.setdefault(Unit(family, oid), {})[place] = name
    return found


def touched(connection: Connection[Any], moved: Moved) -> frozenset[Unit] | None:
    """Find what else may read otherwise after a move; None where that may be anything."""
    changed = [each.oid for each in moved.dirty if each.family == Family.RELATION]
    reshaped = [each.oid for each in moved.reshaped]
    members = [each.oid for each in moved.dirty]
    query = queries(_STAMPS)["touched"]
    found = start(connection, query, changed, reshaped, members).fetchall()
    units = frozenset(Unit(family, oid) for family, oid in found)
    return None if any(each.family == Family.REST for each in units) else units


def moved_between(before: Stamps, now: Stamps) -> Moved | None:
    """Compare what a database is made of; None where a change may show in anything.

    A type that changed may have other labels; the privileges on a schema of PostgreSQL's own are
    told elsewhere; a new role cannot be told of anything old, but one that is gone can.
    """
    if now.rest != before.rest:
        return None
    if any(now.roles.get(oid) != said for oid, said in before.roles.items()):
        return None
    moved = _moved(before.units, now.units)
    changed = moved.dirty & before.units.keys()
    return None if any(_may_show_anywhere(each) for each in changed) else moved


def renamed(before: Names, now: Names) -> bool:
    """Whether anything that is still there has another name."""
    return any(
        was.get(place, name) != name
        for unit, said in now.items()
        if (was := before.get(unit)) is not None
        for place, name in said.items()
    )


def _moved(before: Mapping[Unit, Stamp], now: Mapping[Unit, Stamp]) -> Moved:
    dirty = frozenset(unit for unit, stamp in now.items() if before.get(unit) != stamp)
    return Moved(
        dirty=dirty,
        gone=frozenset(before.keys() - now.keys()),
        reshaped=frozenset(
            unit for unit in dirty & before.keys() if before[unit].shape != now[unit].shape
        ),
    )


def _may_show_anywhere(unit: Unit) -> bool:
    return unit.family == Family.TYPE or (
        unit.family == Family.SCHEMA and unit.oid < FIRST_OF_USERS and unit != _PUBLIC
    )
