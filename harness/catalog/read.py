"""A connection becomes a catalog: one query per kind of object, all of them in one round trip."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from psycopg import Connection, Cursor
from psycopg.rows import tuple_row

from harness.catalog.grants import describe_grants
from harness.catalog.model import Catalog, CatalogObject, Identity, attributes

# Everything that changes how PostgreSQL writes names and constants. pg_temp is searched last,
# so that no temporary object hides one of pg_catalog.
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
        set_config('lc_monetary', 'C', true)
"""
_IDENTIFYING = frozenset(
    {"kind", "name", "schema", "parent_kind", "parent", "owner of parent", "kind of grants"}
)
_GRANTS = frozenset({"grants", "original grants"})
_ROLES = "roles"

Facts = Mapping[str, Any]


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
        roles = dict(cursors.pop(_ROLES).fetchall())
        return Catalog(
            objects=tuple(
                _object(facts, roles) for cursor in cursors.values() for facts in _rows(cursor)
            )
        )


def _start(connection: Connection[Any], query: bytes) -> Cursor[tuple[Any, ...]]:
    return connection.cursor(row_factory=tuple_row).execute(query, prepare=True)


def _rows(cursor: Cursor[tuple[Any, ...]]) -> Iterator[Facts]:
    rows = cursor.fetchall()
    names = [column.name for column in cursor.description or ()]
    for row in rows:
        yield dict(zip(names, row, strict=True))


def _object(facts: Facts, roles: Mapping[str, str]) -> CatalogObject:
    told = {name: value for name, value in facts.items() if name not in _IDENTIFYING}
    for name in _GRANTS & told.keys():
        told[name] = _described(facts, name, roles)
    return CatalogObject(
        identity=Identity(kind=facts["kind"], name=facts["name"]),
        schema=facts.get("schema"),
        parent=_parent(facts),
        attributes=attributes(told),
    )


def _described(facts: Facts, name: str, roles: Mapping[str, str]) -> str | None:
    return describe_grants(
        facts[name] or (),
        kind=facts.get("kind of grants") or facts["kind"],
        owner=facts.get("owner") or facts.get("owner of parent"),
        roles=roles,
    )


def _parent(facts: Facts) -> Identity | None:
    kind, name = facts.get("parent_kind"), facts.get("parent")
    return Identity(kind=kind, name=name) if kind and name else None
