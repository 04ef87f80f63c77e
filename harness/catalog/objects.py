"""Rows of a catalog query become objects.

A query's columns are the attributes, by name. `kind`, `name`, `schema`, `parent_kind` and `parent`
say which object it is, `unit` with what it is read again; grants come as PostgreSQL keeps them,
with `kind of grants` and `owner of parent` where the object's own kind and owner do not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from psycopg import Cursor

from harness.catalog.grants import describe_grants
from harness.catalog.model import CatalogObject, Identity

_GRANTS = ("grants", "original grants")
NO_ATTRIBUTES = frozenset(
    {
        *("kind", "name", "schema", "parent_kind", "parent"),
        *("unit", "owner of parent", "kind of grants"),
    }
)

Row = tuple[Any, ...]
Describe = Callable[[tuple[str, ...], str, str], str | None]
_Get = Callable[[Row], Any]


def describer(roles: Mapping[str, str]) -> Describe:
    """Return how to put grants into words; most objects share a few access control lists.

    ``roles`` maps the names of roles to the names as PostgreSQL would quote them.
    """

    @cache
    def describe(items: tuple[str, ...], kind: str, owner: str) -> str | None:
        return describe_grants(items, kind=kind, owner=owner, roles=roles)

    return describe


def objects_of(cursor: Cursor[Row], describe: Describe) -> Iterator[tuple[int, CatalogObject]]:
    """Make objects of a query's rows, each with the OID of its unit, 0 where it tells none."""
    rows = cursor.fetchall()
    # What depends on the query alone is looked up once.
    place = {column.name: at for at, column in enumerate(cursor.description or ())}
    facts = sorted((name, at) for name, at in place.items() if name not in NO_ATTRIBUTES)
    kind, name, schema, parent_kind, parent, unit = (
        _getter(place, each) for each in ("kind", "name", "schema", "parent_kind", "parent", "unit")
    )
    values_of = _reader_of_grants(place, describe)
    for row in rows:
        values = values_of(row)
        above = parent(row) if parent_kind(row) else None
        yield (
            unit(row) or 0,
            CatalogObject(
                identity=Identity(kind=kind(row), name=name(row)),
                schema=schema(row),
                parent=Identity(kind=parent_kind(row), name=above) if above else None,
                attributes=tuple(
                    [(fact, values[at]) for fact, at in facts if values[at] is not None]
                ),
            ),
        )


def _getter(place: Mapping[str, int], *names: str) -> _Get:
    """Return how to take the first of some columns that a query has; None where it has none."""
    at = next((place[name] for name in names if name in place), None)
    return (lambda _: None) if at is None else (lambda row: row[at])


def _reader_of_grants(
    place: Mapping[str, int], describe: Describe
) -> Callable[[Row], Sequence[Any]]:
    """Return how to see a row with its access control lists in words."""
    grants = [place[each] for each in _GRANTS if each in place]
    if not grants:
        return lambda row: row
    kind = _getter(place, "kind of grants", "kind")
    owner = _getter(place, "owner", "owner of parent")

    def values(row: Row) -> Sequence[Any]:
        seen = list(row)
        for at in grants:
            if row[at] is not None:
                seen[at] = describe(tuple(row[at]), kind(row), owner(row))
        return seen

    return values
