"""In whose name an application speaks: the settings that policies read, and values for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import psycopg
from psycopg import sql

from harness.catalog.model import Catalog
from harness.checks.isolation.tenancy import Tenancy, infer_tenancy
from harness.checks.schema.facts import Connection, written_by_server

_CANDIDATES = 6
_SOURCES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Settings and their values; none for a session that has not said who it is."""

    settings: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return " and ".join(f"{name} set" for name, _ in self.settings) or "no setting set"


NOBODY = Context()


def tenancy_of(connection: Connection, catalog: Catalog) -> Tenancy:
    """Infer whose rows are; remembered for catalogs with the same policies and functions."""
    return _remembered(_Asked(connection, catalog))


class _Asked:
    """A question to the server that is the same when policies, functions and columns are."""

    def __init__(self, connection: Connection, catalog: Catalog) -> None:
        self.connection = connection
        self.catalog = catalog
        self._same = (
            catalog.of_kind("policy"),
            catalog.of_kind("function"),
            catalog.of_kind("primary key"),
        )
        self._hash = hash(self._same)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self._same == other._same


@lru_cache(maxsize=8)
def _remembered(asked: _Asked) -> Tenancy:
    connection, asked.connection = asked.connection, None  # type: ignore[assignment]
    return infer_tenancy(connection, asked.catalog, ())


def contexts_for(
    connection: Connection, tenancy: Tenancy, role: str, relation: str
) -> Iterator[Context]:
    """Yield, for each setting, one value with which a role sees rows of a relation.

    Nothing for a relation of which it sees rows without saying who it is.
    """
    if sees_rows(connection, role, NOBODY, relation):
        return
    for setting in tenancy.settings:
        for value in _candidates(connection, tenancy, setting, relation):
            context = Context(settings=((setting, value),))
            if sees_rows(connection, role, context, relation):
                yield context
                break


def entering(connection: Connection, role: str, context: Context) -> str:
    """Write what makes a session a role in a context, until its savepoint is rolled back."""
    parts = [sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(role))]
    parts += [
        sql.SQL("SELECT pg_catalog.set_config({}, {}, true)").format(
            sql.Literal(name), sql.Literal(value)
        )
        for name, value in context.settings
    ]
    return sql.SQL("; ").join(parts).as_string(connection)


def sees_rows(connection: Connection, role: str, context: Context, relation: str) -> bool:
    """Whether a role in a context sees any row; not being allowed to look is seeing none."""
    asked = f"SELECT EXISTS (SELECT FROM {relation})"  # noqa: S608 - quoted by PostgreSQL
    try:
        return last_row(connection, f"{entering(connection, role, context)}; {asked}") == (True,)
    except psycopg.Error:
        return False


def last_row(connection: Connection, statements: str) -> tuple[Any, ...] | None:
    """Run statements in one message and undo them; return the last one's first row."""
    try:
        cursor = connection.execute(f"SAVEPOINT looking; {statements}".encode(), prepare=False)
        while cursor.nextset():
            pass
        return cursor.fetchone()
    finally:
        connection.execute("ROLLBACK TO looking; RELEASE looking")


def _candidates(connection: Connection, tenancy: Tenancy, setting: str, relation: str) -> list[str]:
    """Collect values that columns of this setting hold, those of the relation itself first."""
    sources = sorted(_holders(tenancy, setting), key=lambda each: (each[0] != relation, each))
    found: dict[str, None] = {}
    for table, column in sources[:_SOURCES]:
        asked = sql.SQL("SELECT DISTINCT {column}::text FROM {table} LIMIT {limit}").format(
            column=written_by_server(column),
            table=written_by_server(table),
            limit=sql.Literal(_CANDIDATES),
        )
        rows = connection.execute(asked, prepare=False).fetchall()
        found |= dict.fromkeys(value for (value,) in rows if value is not None)
    return list(found)


def _holders(tenancy: Tenancy, setting: str) -> Iterator[tuple[str, str]]:
    for table in tenancy.columns:
        column = tenancy.holder(setting, table)
        if column is not None:
            yield table, column
