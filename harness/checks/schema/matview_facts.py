"""Materialized views tried: refreshed concurrently, with sample rows in place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import psycopg
from psycopg import sql

from harness.checks.schema.facts import Connection, Index, written_by_server

_BLOCKING = "AccessExclusiveLock"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class MatviewFacts:
    """What a concurrent refresh needs and does.

    ``usable`` names the unique indexes that serve it. ``refused`` is what the server said to a
    refresh, ``duplicates`` an index whose columns are not unique in the view's own query, and
    ``blocks_readers`` whether the refresh held a lock that readers wait for.
    """

    name: str
    usable: tuple[str, ...] = ()
    unusable: tuple[str, ...] = ()
    refused: str | None = None
    duplicates: str | None = None
    blocks_readers: bool = False


def gather_matviews(connection: Connection, indexes: Iterable[Index]) -> tuple[MatviewFacts, ...]:
    """Refresh each materialized view; run it inside of `reading`, where all is rolled back."""
    listed = connection.execute(
        "SELECT c.oid::regclass::text, c.relispopulated FROM pg_class AS c"
        " INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid"
        " WHERE c.relkind = 'm' AND n.nspname !~ '^pg_' ORDER BY 1"
    ).fetchall()
    known = tuple(indexes)
    return tuple(
        _tried(connection, name, populated, [each for each in known if each.relation == name])
        for name, populated in listed
    )


def show_rows(connection: Connection) -> None:
    """Refresh every materialized view with the rows of all tenants, as its upkeep would.

    A refresh reads as the view's owner, and row security that is forced on the owner hides from
    it all that no context shows: the force is lifted while it reads. Run it inside of `reading`.
    """
    connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
    forced = _named(connection, "c.relkind IN ('r', 'p') AND c.relforcerowsecurity")
    for name in forced:
        _force(connection, name, "NO FORCE")
    for name in _named(connection, "c.relkind = 'm'"):
        try:
            with connection.transaction():
                connection.execute("SET LOCAL search_path TO DEFAULT")
                refresh = sql.SQL("REFRESH MATERIALIZED VIEW {}")
                connection.execute(refresh.format(written_by_server(name)))
                # What is set in a savepoint outlives it: names would be written without a schema.
                connection.execute("SET LOCAL search_path = pg_catalog, pg_temp")
        except psycopg.Error:
            if connection.broken:
                raise  # else: `gather_matviews` says why
    for name in forced:
        _force(connection, name, "FORCE")


def _force(connection: Connection, table: str, word: str) -> None:
    statement = sql.SQL("ALTER TABLE {} {} ROW LEVEL SECURITY")
    connection.execute(statement.format(written_by_server(table), written_by_server(word)))


def _named(connection: Connection, condition: str) -> list[str]:
    """List relations, each after what it may read: it can only read what is older."""
    asked = sql.SQL(
        "SELECT c.oid::regclass::text FROM pg_class AS c"
        " INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid"
        " WHERE n.nspname !~ '^pg_' AND {} ORDER BY c.oid"
    )
    return [name for (name,) in connection.execute(asked.format(written_by_server(condition)))]


def serves_concurrent_refresh(index: Index) -> bool:
    """Whether PostgreSQL can match rows by an index: unique, over plain columns, of all rows."""
    return (
        index.is_unique and index.is_valid and index.predicate is None and not index.has_expressions
    )


def _tried(
    connection: Connection, name: str, populated: bool, indexes: list[Index]
) -> MatviewFacts:
    usable = [index for index in indexes if serves_concurrent_refresh(index)]
    refused, blocks = None, False
    if usable:
        refused, blocks = _refreshed(connection, name, populated)
    return MatviewFacts(
        name=name,
        usable=tuple(index.name for index in usable),
        unusable=tuple(index.name for index in indexes if index.is_unique and index not in usable),
        refused=refused,
        duplicates=next(
            (index.name for index in usable if _repeats(connection, name, index)), None
        ),
        blocks_readers=blocks,
    )


def _refreshed(connection: Connection, name: str, populated: bool) -> tuple[str | None, bool]:
    """Refresh concurrently; a view without data needs a first refresh, which may block."""
    refresh = sql.SQL("REFRESH MATERIALIZED VIEW {}{}")
    view = written_by_server(name)
    try:
        with connection.transaction(force_rollback=True):
            connection.execute("SET LOCAL search_path TO DEFAULT")
            if not populated:
                connection.execute(refresh.format(sql.SQL(""), view))
            connection.execute(refresh.format(sql.SQL("CONCURRENTLY "), view))
            return None, populated and _blocks(connection, name)
    except psycopg.Error as error:
        if connection.broken:
            raise
        return f"{error.diag.message_primary} (SQLSTATE {error.diag.sqlstate})", False


def _blocks(connection: Connection, name: str) -> bool:
    found = connection.execute(
        "SELECT FROM pg_locks WHERE pid = pg_backend_pid() AND mode = %s"
        " AND relation = %s::regclass AND granted",
        (_BLOCKING, name),
    )
    return found.fetchone() is not None


def _repeats(connection: Connection, name: str, index: Index) -> bool:
    """Whether the view's query gives two rows with one key, all tenants' rows in sight."""
    keys = sql.SQL(", ").join(written_by_server(f"v.{key}") for key in index.keys)
    row = connection.execute("SELECT pg_get_viewdef(%s::regclass)", (name,)).fetchone()
    definition = "" if row is None else str(row[0]).rstrip(";")
    asked = sql.SQL(
        "SELECT FROM ({}) AS v WHERE NOT (ROW({}) IS NULL) GROUP BY {} HAVING count(*) > 1 LIMIT 1"
    ).format(written_by_server(definition), keys, keys)
    try:
        with connection.transaction(force_rollback=True):
            return connection.execute(asked, prepare=False).fetchone() is not None
    except psycopg.Error:
        if connection.broken:
            raise
        return False  # the refresh has said why already
