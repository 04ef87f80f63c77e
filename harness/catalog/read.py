"""A connection becomes a catalog: one query per kind of object, all of them in one round trip.

A query's columns are the attributes, by name. `kind`, `name`, `schema`, `parent_kind` and `parent`
say which object it is; grants come as PostgreSQL keeps them, with `kind of grants` and `owner of
parent` where the object's own kind and owner are not what counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any

from psycopg import Connection, Cursor
from psycopg.rows import tuple_row

from harness.catalog.grants import describe_grants
from harness.catalog.model import Catalog, CatalogObject, Identity

# Everything that changes how PostgreSQL writes names and constants. pg_temp is searched last,
# so that no temporary object hides one of pg_catalog. The catalogs of a young database have no
# statistics: without the last setting they are joined by comparing every row with every other.
_SETTINGS = """
    SELECT
        set_config('search_path', 'pg_catalog, pg_temp', true),
        set_config('quote_all_identifiers', 'off', true),
        set_config('TimeZone', 'UTC', true),
        set_config('DateStyle', 'ISO, YMD', true),
        set_config('IntervalStyle', 'postgres', true),
        set_config('extra_float_digits', '1', true),
        set_config('bytea_output', 'hex', true),
        set_config('xmlbinary', 'base64', true),
        set_config('lc_monetary', 'C', true),
        set_config('enable_material', 'off', true)
"""
_GRANTS = ("grants", "original grants")
NO_ATTRIBUTES = frozenset(
    {"kind", "name", "schema", "parent_kind", "parent", "owner of parent", "kind of grants"}
)
_ROLES = "roles"

Row = tuple[Any, ...]
Get = Callable[[Row], Any]
Describe = Callable[[tuple[str, ...], str, str], str | None]


@cache
def queries() -> Mapping[str, bytes]:
    """Load the text of the queries, by the name of their file."""
    folder = files("harness.catalog").joinpath("queries")
    found = sorted((each for each in folder.iterdir() if each.name.endswith(".sql")), key=str)
    return {each.name.removesuffix(".sql"): each.read_bytes() for each in found}


def read_catalog(connection: Connection[Any]) -> Catalog:
    """Read every object of the connected database that is not PostgreSQL's or an extension's own.

    Works inside or outside of a transaction and leaves neither a setting nor a lock behind.
    """
    with connection.pipeline(), connection.transaction(force_rollback=True):
        connection.execute(_SETTINGS)
        cursors = {name: _start(connection, text) for name, text in queries().items()}
        describe = _describer(dict(cursors.pop(_ROLES).fetchall()))
        found = chain.from_iterable(_objects(each, describe) for each in cursors.values())
        return Catalog(objects=tuple(found))


def _start(connection: Connection[Any], query: bytes) -> Cursor[Row]:
    return connection.cursor(row_factory=tuple_row).execute(query, prepare=True)


def _describer(roles: Mapping[str, str]) -> Describe:
    """Return how to put grants into words; most objects share a few access control lists."""

    @cache
    def describe(items: tuple[str, ...], kind: str, owner: str) -> str | None:
        return describe_grants(items, kind=kind, owner=owner, roles=roles)

    return describe


def _objects(cursor: Cursor[Row], describe: Describe) -> Iterator[CatalogObject]:
    """Make objects of rows; what depends on the query alone is looked up once."""
    rows = cursor.fetchall()
    place = {column.name: at for at, column in enumerate(cursor.description or ())}
    facts = sorted((name, at) for name, at in place.items() if name not in NO_ATTRIBUTES)
    kind, name, schema, parent_kind, parent = (
        _getter(place, each) for each in ("kind", "name", "schema", "parent_kind", "parent")
    )
    values_of = _reader_of_grants(place, describe)
    for row in rows:
        values = values_of(row)
        above = parent(row) if parent_kind(row) else None
        yield CatalogObject(
            identity=Identity(kind=kind(row), name=name(row)),
            schema=schema(row),
            parent=Identity(kind=parent_kind(row), name=above) if above else None,
            attributes=tuple([(fact, values[at]) for fact, at in facts if values[at] is not None]),
        )


def _getter(place: Mapping[str, int], *names: str) -> Get:
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
