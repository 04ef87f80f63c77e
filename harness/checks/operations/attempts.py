"""Run one query the way an exporter or a person would: as a reader, changing nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg

from harness.checks.operations.stage import Rows
from harness.database import Database
from harness.errors import ServerLostError
from harness.sql import Script, parse_script

TIMEOUT_MS = 15_000
"""How long a query may take on a few rows; what an exporter waits at most."""

_NUMBERS = frozenset({"int2", "int4", "int8", "float4", "float8", "numeric", "oid"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a result."""

    name: str
    is_number: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What the server said instead of a result; ``line`` counts within the query, from 1."""

    message: str
    line: int
    sqlstate: str | None = None
    hint: str | None = None

    @property
    def said(self) -> str:
        """The server's words, with its code."""
        return f"{self.message} (SQLSTATE {self.sqlstate})" if self.sqlstate else self.message


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A query's result on one database, or the refusal."""

    rows: Rows
    columns: tuple[Column, ...] = ()
    result: tuple[tuple[str | None, ...], ...] = ()
    refusal: Refusal | None = None


def attempt(database: Database, rows: Rows, role: str, query: str) -> Attempt:
    """Run a query as ``role`` in a transaction that may only read, and roll it back."""
    script = parse_script(query)
    refusal = _refused_by_text(script)
    if refusal is not None:
        return Attempt(rows=rows, refusal=refusal)
    with database.connect(role, autocommit=False) as connection:
        connection.execute("SET TRANSACTION READ ONLY")
        connection.execute("SELECT set_config('statement_timeout', %s, TRUE)", (str(TIMEOUT_MS),))
        try:
            return _result(connection, rows, query)
        except psycopg.Error as error:
            refusal = refusal_of(error, query, line=script.statements[0].line)
            return Attempt(rows=rows, refusal=refusal)
        finally:
            if not connection.closed:
                connection.rollback()


def refusal_of(error: psycopg.Error, query: str, *, line: int = 1) -> Refusal:
    """Translate the server's refusal; ``line`` is where it stands if the server points nowhere.

    A server that is gone is no verdict on a query: that is a `ServerLostError`.
    """
    said = error.diag
    if said.sqlstate is None:
        raise ServerLostError(f"the server went away while a query ran: {error}") from error
    if said.statement_position is not None:
        line = query.count("\n", 0, int(said.statement_position) - 1) + 1
    return Refusal(
        message=said.message_primary or str(error),
        line=line,
        sqlstate=said.sqlstate,
        hint=said.message_hint,
    )


def _refused_by_text(script: Script) -> Refusal | None:
    """Refuse what is no single statement: an exporter sends one, and one answers."""
    if script.fault is not None:
        return Refusal(message=script.fault.message, line=script.fault.line)
    if len(script.statements) != 1 or script.wrapper is not None:
        line = script.statements[1].line if len(script.statements) > 1 else 1
        message = f"one statement is needed, and {len(script.statements)} are here"
        return Refusal(message=message, line=line)
    return None


def _result(connection: psycopg.Connection[Any], rows: Rows, query: str) -> Attempt:
    cursor = connection.execute(query.encode(), prepare=False)
    if cursor.description is None:
        refusal = Refusal(message="it returns no columns", line=1)
        return Attempt(rows=rows, refusal=refusal)
    types = connection.adapters.types
    found = [types.get(each.type_code) for each in cursor.description]
    return Attempt(
        rows=rows,
        columns=tuple(
            Column(name=each.name, is_number=kind is not None and kind.name in _NUMBERS)
            for each, kind in zip(cursor.description, found, strict=True)
        ),
        result=tuple(_texts(cursor)),
    )


def _texts(cursor: psycopg.Cursor[Any]) -> Iterator[tuple[str | None, ...]]:
    """Yield rows as the server writes them: Python has no value for some of PostgreSQL's."""
    answer = cursor.pgresult
    assert answer is not None
    for row in range(answer.ntuples):
        values = (answer.get_value(row, column) for column in range(answer.nfields))
        yield tuple(None if each is None else each.decode(errors="replace") for each in values)
