"""A connection becomes a catalog: one query per kind of object, all of them in one round trip."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import Any

from psycopg import Connection, Cursor, RawCursor, pq
from psycopg.rows import tuple_row

from harness.catalog.model import Catalog
from harness.catalog.objects import Row, describer, objects_of

# Everything that changes how PostgreSQL writes names and constants. pg_temp is searched last,
# so that no temporary object hides one of pg_catalog. The catalogs of a young database have no
# statistics: with enable_material they are joined by comparing every row with every other.
# A query is planned once for each connection, whichever objects it asks for.
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
        set_config('enable_material', 'off', true),
        set_config('plan_cache_mode', 'force_generic_plan', true)
"""
ROLES = "roles"
_OF = b"-- of: "


@cache
def queries(folder: str = "queries") -> Mapping[str, bytes]:
    """Load the text of the queries in a folder of this package, by the name of their file."""
    inside = files("harness.catalog").joinpath(folder)
    found = sorted((each for each in inside.iterdir() if each.name.endswith(".sql")), key=str)
    return {each.name.removesuffix(".sql"): each.read_bytes() for each in found}


def read_catalog(connection: Connection[Any]) -> Catalog:
    """Read every object of the connected database that is not PostgreSQL's or an extension's own.

    Works inside or outside of a transaction and leaves neither a setting nor a lock behind.
    """
    with as_reader(connection):
        cursors = {name: start(connection, text) for name, text in queries().items()}
        roles = {name: quoted for _, name, quoted in cursors.pop(ROLES).fetchall()}
        describe = describer(roles)
        found = (each for cursor in cursors.values() for each in objects_of(cursor, describe))
        return Catalog(objects=tuple([each for _, each in found]))


@contextmanager
def as_reader(connection: Connection[Any]) -> Iterator[None]:
    """Have everything written in the same way, and leave nothing behind.

    Settings and locks end with a transaction of our own. Within another one they end with the
    rollback to where we came in, after which psycopg prepares its statements anew.
    """
    alone = connection.info.transaction_status is pq.TransactionStatus.IDLE
    with connection.pipeline(), connection.transaction(force_rollback=not alone):
        connection.execute(_SETTINGS)
        yield


def start(connection: Connection[Any], query: bytes, *of: Sequence[int]) -> Cursor[Row]:
    """Send a query; where ``of`` is given, for certain OIDs only.

    A query says what it takes to be asked for some: in comments that begin with ``of:``, whose
    text is then part of it, with the OIDs as ``$1`` and so on.
    """
    cursor = RawCursor(connection, row_factory=tuple_row)
    if not of:
        return cursor.execute(query, prepare=True)
    return cursor.execute(query.replace(_OF, b""), [_array(each) for each in of], prepare=True)


def _array(oids: Sequence[int]) -> str:
    return "{" + ",".join(str(each) for each in oids) + "}"
