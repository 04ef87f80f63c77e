"""Read a catalog again and again, at the price of what changed since the last time.

Each reading first compares what the units are made of (`stamps/units.sql`) with what it knows. The
objects of units that are made of the same rows are the same, unless something changed a name that
they print; then, and where one of the seldom things changed, everything is read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from operator import or_
from typing import Any

from psycopg import Connection

from harness.catalog.model import Catalog, CatalogObject
from harness.catalog.objects import Describe, describer, objects_of
from harness.catalog.read import ROLES, as_reader, queries, start
from harness.catalog.units import BY_UNIT, FIRST_OF_USERS, WHOLE, Family, Stamp, Unit, reads

Names = Mapping[Unit, Mapping[str, str]]
Objects = Mapping[Unit, tuple[CatalogObject, ...]]

_PUBLIC = Unit(Family.SCHEMA, 2200)
_FOLLOWED = (Family.RELATION, Family.FUNCTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stamps:
    """What the database is made of at one moment."""

    roles: Mapping[int, tuple[str, str]]
    rest: int
    units: Mapping[Unit, Stamp]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What a reading leaves to the next one; any database of the same server can go on from it."""

    stamps: _Stamps
    names: Names
    objects: Objects
    catalog: Catalog


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moved:
    """The units that are not what they were.

    Those that came or changed are dirty; of those that were there, some have other columns now.
    """

    dirty: frozenset[Unit]
    gone: frozenset[Unit]
    reshaped: frozenset[Unit]

    def __bool__(self) -> bool:
        return bool(self.dirty or self.gone)


class CatalogReader:
    """Reads one database's catalog through one connection; what it read before makes it faster.

    What `read` returns is always equal to what `read_catalog` would; objects that did not change
    are the same objects as before.
    """

    def __init__(self, connection: Connection[Any]) -> None:
        self.connection = connection
        self._known: _Known | None = None

    def fork(self, connection: Connection[Any]) -> CatalogReader:
        """Begin another reader with what this one knows, for any database of the same server."""
        other = CatalogReader(connection)
        other._known = self._known
        return other

    def read(self) -> Catalog:
        """Read every object that is not PostgreSQL's or an extension's own, as `read_catalog`."""
        with as_reader(self.connection):
            now = _stamps(self.connection)
            known = None if self._known is None else self._again(self._known, now)
            self._known = known or _everything(self.connection, now)
        return self._known.catalog

    def _again(self, known: _Known, now: _Stamps) -> _Known | None:
        """Bring what is known up to date; None where everything has to be read."""
        if now.rest != known.stamps.rest or _roles_changed(known.stamps, now):
            return None
        moved = _compare(known.stamps.units, now.units)
        if not moved:
            return _Known(
                stamps=now, names=known.names, objects=known.objects, catalog=known.catalog
            )
        if _may_change_others(moved, known.stamps.units):
            return None
        dirty = [each for each in moved.dirty if each.family in _FOLLOWED]
        names = _names(self.connection, dirty)
        touched = _touched(self.connection, moved)
        if touched is None or _renamed(known.names, names):
            return None
        again = (moved.dirty | touched) & now.units.keys()
        return _patched(self.connection, known, now=now, moved=moved, again=again, names=names)


def _stamps(connection: Connection[Any]) -> _Stamps:
    """Ask what everything is made of, before reading any of it: a change in between shows later."""
    roles = start(connection, queries()[ROLES])
    rest, units = (start(connection, queries("stamps")[each]) for each in ("rest", "units"))
    return _Stamps(
        roles={oid: (name, quoted) for oid, name, quoted in roles.fetchall()},
        rest=rest.fetchall()[0][0],
        units={
            Unit(family, oid): Stamp(version, parts, shape)
            for family, oid, version, parts, shape in units.fetchall()
        },
    )


def _compare(before: Mapping[Unit, Stamp], now: Mapping[Unit, Stamp]) -> _Moved:
    dirty = frozenset(unit for unit, stamp in now.items() if before.get(unit) != stamp)
    return _Moved(
        dirty=dirty,
        gone=frozenset(before.keys() - now.keys()),
        reshaped=frozenset(
            unit for unit in dirty & before.keys() if before[unit].shape != now[unit].shape
        ),
    )


def _roles_changed(before: _Stamps, now: _Stamps) -> bool:
    """Whether a role is gone or has another name; new ones cannot be told of anything old."""
    return any(now.roles.get(oid) != names for oid, names in before.roles.items())


def _may_change_others(moved: _Moved, before: Mapping[Unit, Stamp]) -> bool:
    """Whether a type changed (its labels, say), or a schema of PostgreSQL's own.

    Such a schema's privileges are told elsewhere.
    """
    return any(
        each.family == Family.TYPE
        or (each.family == Family.SCHEMA and each.oid < FIRST_OF_USERS and each != _PUBLIC)
        for each in moved.dirty
        if each in before
    )


def _names(connection: Connection[Any], units: Iterable[Unit] | None = None) -> Names:
    """Read what others print of units; of all where none are given. Schemas always come."""
    of = () if units is None else ([each.oid for each in units],)
    found: dict[Unit, dict[str, str]] = {}
    for family, oid, place, name in start(connection, queries("stamps")["names"], *of).fetchall():
        found.setdefault(Unit(family, oid), {})[place] = name
    return found


def _renamed(before: Names, now: Names) -> bool:
    """Whether anything that is still there has another name."""
    return any(
        was.get(place, name) != name
        for unit, names in now.items()
        if (was := before.get(unit)) is not None
        for place, name in names.items()
    )


def _touched(connection: Connection[Any], moved: _Moved) -> frozenset[Unit] | None:
    """Find what else may read otherwise now; None where that may be anything."""
    changed = [each.oid for each in moved.dirty if each.family == Family.RELATION]
    reshaped = [each.oid for each in moved.reshaped]
    members = [each.oid for each in moved.dirty]
    query = queries("stamps")["touched"]
    found = start(connection, query, changed, reshaped, members).fetchall()
    units = frozenset(Unit(family, oid) for family, oid in found)
    return None if any(each.family == Family.REST for each in units) else units


def _everything(connection: Connection[Any], now: _Stamps) -> _Known:
    names = _names(connection)
    everything = [name for name in queries() if name != ROLES]
    objects = _read(connection, dict.fromkeys(everything), _describer(now))
    return _Known(
        stamps=now,
        names=names,
        objects=objects,
        catalog=Catalog(objects=tuple(chain.from_iterable(objects.values()))),
    )


def _patched(
    connection: Connection[Any],
    known: _Known,
    *,
    now: _Stamps,
    moved: _Moved,
    again: frozenset[Unit],
    names: Names,
) -> _Known:
    found = _read(connection, _plan(again, moved, now), _describer(now))
    replaced = {unit for unit in known.objects if unit in again or unit in moved.gone}
    families = {each.family for each in moved.dirty | moved.gone} - set(_FOLLOWED)
    replaced |= {unit for unit in known.objects if unit.family in families}
    old = {each.identity: each for unit in replaced for each in known.objects[unit]}
    new = {unit: tuple(_kept(each, old) for each in below) for unit, below in found.items()}
    kept = {unit: below for unit, below in known.objects.items() if unit not in replaced}
    gone = names.keys() | moved.gone
    return _Known(
        stamps=now,
        names={unit: said for unit, said in known.names.items() if unit not in gone} | dict(names),
        objects=kept | new,
        catalog=_catalog(known.catalog, tuple(old.values()), tuple(chain(*new.values()))),
    )


def _plan(again: frozenset[Unit], moved: _Moved, now: _Stamps) -> dict[str, list[int] | None]:
    """Say which queries to ask, and of which units; None means of all."""
    families = {each.family for each in moved.dirty | moved.gone}
    asked: dict[str, list[int] | None] = {
        name: None for name, what in WHOLE.items() if what.family in families
    }
    for name, what in BY_UNIT.items():
        of = [each.oid for each in again if each.family == what.family]
        parts = reduce(
            or_, (now.units[each].parts for each in again if each.family == what.family), 0
        )
        if what.part is not None and what.part & parts:
            asked[name] = of
    return asked


def _read(
    connection: Connection[Any], asked: Mapping[str, list[int] | None], describe: Describe
) -> dict[Unit, tuple[CatalogObject, ...]]:
    cursors = {
        name: start(connection, queries()[name], *(() if of is None else (of,)))
        for name, of in asked.items()
    }
    found: dict[Unit, list[CatalogObject]] = {}
    for name, cursor in cursors.items():
        family = reads(name).family
        for oid, each in objects_of(cursor, describe):
            found.setdefault(Unit(family, oid), []).append(each)
    return {unit: tuple(below) for unit, below in found.items()}


def _kept(each: CatalogObject, old: Mapping[Any, CatalogObject]) -> CatalogObject:
    """Return the object as it was known, where nothing of it changed."""
    was = old.get(each.identity)
    return was if was == each and was is not None else each


def _catalog(
    before: Catalog, old: tuple[CatalogObject, ...], new: tuple[CatalogObject, ...]
) -> Catalog:
    """Exchange objects; what is already in order is sorted in no time."""
    came, went = {id(each): each for each in new}, {id(each) for each in old}
    if came.keys() == went:
        return before
    stay = [each for each in before.objects if id(each) not in went or id(each) in came]
    young = [each for key, each in came.items() if key not in went]
    return Catalog(objects=(*stay, *young))


def _describer(now: _Stamps) -> Describe:
    return describer(dict(now.roles.values()))
