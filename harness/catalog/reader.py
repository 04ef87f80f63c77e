"""Read a catalog again and again, at the price of what changed since the last time.

Each reading first compares what the units are made of (`stamps/units.sql`) with what it knows. The
objects of units that are made of the same rows are the same, unless something changed a name that
they print; then, and where one of the seldom things changed, everything is read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from itertools import chain
from operator import or_
from typing import Any

from psycopg import Connection

from harness.catalog.changes import (
    Moved,
    Names,
    Stamps,
    moved_between,
    names,
    renamed,
    stamps,
    touched,
)
from harness.catalog.model import Catalog, CatalogObject, Identity
from harness.catalog.objects import Describe, describer, objects_of
from harness.catalog.read import ROLES, as_reader, queries, start
from harness.catalog.units import BY_UNIT, WHOLE, Family, Unit, reads

Objects = Mapping[Unit, tuple[CatalogObject, ...]]

_FOLLOWED = (Family.RELATION, Family.FUNCTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What a reading leaves to the next one; any database of the same server can go on from it."""

    stamps: Stamps
    names: Names
    objects: Objects
    catalog: Catalog


class CatalogReader:
    """Reads one database's catalog through one connection; what it read before makes it faster.

    What `read` returns is always equal to what `read_catalog` would; objects that did not change
    are the same objects as before.
    """

    def __init__(self, connection: Connection[Any]) -> None:
        self.connection = connection
        self._known: _Known | None = None
        self._planned_for = 0

    def fork(self, connection: Connection[Any]) -> CatalogReader:
        """Begin another reader with what this one knows, for any database of the same server."""
        other = CatalogReader(connection)
        other._known = self._known
        return other

    def read(self) -> Catalog:
        """Read every object that is not PostgreSQL's or an extension's own, as `read_catalog`."""
        with as_reader(self.connection):
            now = stamps(self.connection)
            self._plan_anew(len(now.units))
            known = None if self._known is None else _again(self.connection, self._known, now)
            self._known = known or _everything(self.connection, now)
        return self._known.catalog

    def _plan_anew(self, units: int) -> None:
        """Have queries planned anew where much more is there than when they were planned.

        A plan stays with its session, and what is best for ten tables is quadratic for a thousand.
        """
        if units > 2 * self._planned_for:
            self._planned_for = units
            self.connection.execute("DISCARD PLANS")


def _again(connection: Connection[Any], known: _Known, now: Stamps) -> _Known | None:
    """Bring what is known up to date; None where everything has to be read."""
    moved = moved_between(known.stamps, now)
    if moved is None:
        return None
    if not moved:
        return replace(known, stamps=now)
    called = names(connection, (each for each in moved.dirty if each.family in _FOLLOWED))
    others = touched(connection, moved)
    if others is None or renamed(known.names, called):
        return None
    again = (moved.dirty | others) & now.units.keys()
    found = _read(connection, _plan(again, moved, now), _describer(now))
    gone = called.keys() | moved.gone
    return _patched(
        replace(
            known,
            stamps=now,
            names={unit: said for unit, said in known.names.items() if unit not in gone}
            | dict(called),
        ),
        replaced=_replaced(known.objects, again, moved),
        found=found,
    )


def _everything(connection: Connection[Any], now: Stamps) -> _Known:
    everything = [name for name in queries() if name != ROLES]
    objects = _read(connection, dict.fromkeys(everything), _describer(now))
    return _Known(
        stamps=now,
        names=names(connection),
        objects=objects,
        catalog=Catalog(objects=tuple(chain.from_iterable(objects.values()))),
    )


def _plan(again: frozenset[Unit], moved: Moved, now: Stamps) -> dict[str, list[int] | None]:
    """Say which queries to ask, and of which units; None means of all."""
    asked: dict[str, list[int] | None] = {
        name: None for name, what in WHOLE.items() if what.family in moved.families
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


def _replaced(objects: Objects, again: frozenset[Unit], moved: Moved) -> frozenset[Unit]:
    """Select the units whose objects are not to be trusted any more."""
    whole = moved.families - set(_FOLLOWED)
    return frozenset(
        unit for unit in objects if unit in again or unit in moved.gone or unit.family in whole
    )


def _patched(known: _Known, *, replaced: frozenset[Unit], found: Objects) -> _Known:
    """Exchange the objects of units; those that are as they were stay the same objects."""
    old = {each.identity: each for unit in replaced for each in known.objects[unit]}
    new = {unit: tuple(_kept(each, old) for each in below) for unit, below in found.items()}
    stay = {unit: below for unit, below in known.objects.items() if unit not in replaced}
    return replace(
        known,
        objects=stay | new,
        catalog=_exchanged(known.catalog, old.values(), tuple(chain(*new.values()))),
    )


def _kept(each: CatalogObject, old: Mapping[Identity, CatalogObject]) -> CatalogObject:
    """Return the object as it was known, where nothing of it changed."""
    was = old.get(each.identity)
    return was if was is not None and was == each else each


def _exchanged(
    before: Catalog, old: Iterable[CatalogObject], new: Iterable[CatalogObject]
) -> Catalog:
    """Make a catalog with some objects for others; what is in order already is sorted fast."""
    came, went = {id(each): each for each in new}, {id(each) for each in old}
    if came.keys() == went:
        return before
    stay = [each for each in before.objects if id(each) not in went or id(each) in came]
    return Catalog(objects=(*stay, *(each for key, each in came.items() if key not in went)))


def _describer(now: Stamps) -> Describe:
    return describer(dict(now.roles.values()))
