"""Run a migration's file statement by statement, as psql would with ON_ERROR_STOP."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from time import perf_counter
from typing import Any, Protocol

import psycopg

from harness.errors import ServerLostError
from harness.execute.trace import Failure, StatementTrace, Trace
from harness.sql import Script, Statement
from harness.sql.psql import CopyDirection, copy_direction

Connection = psycopg.Connection[Any]

_MAY_END_TRANSACTIONS = frozenset({"CallStmt", "TransactionStmt"})
_TALKS_TO_THE_CLIENT = "CopyStmt"


class Observer(Protocol):
    """Watches a file run, from inside its session, between its statements."""

    def begin(self, connection: Connection, script: Script) -> None:
        """Remember what exists before the first statement, outside of its transaction."""

    def around(self, connection: Connection) -> AbstractContextManager[object]:
        """Watch one statement from beside it, where it cannot be read afterwards."""

    def observe(self, connection: Connection, statement: Statement, ms: float) -> StatementTrace:
        """Say what the statement that just ended did."""


class Unobserved:
    """Runs files without looking: only the time of each statement is known."""

    def begin(self, connection: Connection, script: Script) -> None:
        """Remember nothing."""

    def around(self, connection: Connection) -> AbstractContextManager[object]:  # noqa: ARG002
        """Watch nothing."""
        return nullcontext()

    def observe(
        self,
        connection: Connection,  # noqa: ARG002
        statement: Statement,
        ms: float,
    ) -> StatementTrace:
        """Say only what was run and how long it took."""
        return StatementTrace(line=statement.line, kind=statement.kind, ms=ms)


def run_script(
    connection: Connection, script: Script, *, observer: Observer | None = None
) -> Trace:
    """Run a file: in one transaction, unless one of its statements cannot have one.

    ``connection`` must be in autocommit mode and idle. A refused statement ends the file: its
    transaction is rolled back and the refusal is part of the trace. Only the loss of the server
    raises (`ServerLostError`).

    Where nobody looks between its statements, a file in one transaction is sent as one message;
    the time that it took is then told of its statements in equal parts.
    """
    if observer is None and _can_be_sent_whole(script):
        trace = _run_whole(connection, script)
        if trace is not None:
            return trace
    return _run_each(connection, script, observer or Unobserved())


def _can_be_sent_whole(script: Script) -> bool:
    """Whether the server would come to the same by reading all of a file before it runs any."""
    return (
        script.transactional
        and script.fault is None
        and {*_MAY_END_TRANSACTIONS, _TALKS_TO_THE_CLIENT}.isdisjoint(
            each.kind for each in script.statements
        )
    )


def _run_whole(connection: Connection, script: Script) -> Trace | None:
    """Run a file at one go; None where it is refused: only one by one, its statements tell why."""
    text = "\n;\n".join(each.text for each in script.statements)
    started = perf_counter()
    try:
        with connection.transaction():
            connection.execute(text.encode(), prepare=False)
    except psycopg.Error:
        return None
    ms = _ms_since(started)
    share = round(ms / max(len(script.statements), 1), 3)
    return Trace(
        statements=tuple(
            StatementTrace(line=each.line, kind=each.kind, ms=share) for each in script.statements
        ),
        ms=ms,
        transactional=True,
    )


def _run_each(connection: Connection, script: Script, watching: Observer) -> Trace:
    started = perf_counter()
    traced: list[StatementTrace] = []
    failure: Failure | None = None
    try:
        # Before BEGIN: a file may start with SET TRANSACTION, which no query may precede.
        watching.begin(connection, script)
        started = perf_counter()  # looking around is no part of the file's time
        with _transaction(connection, script):
            for statement in script.statements:  # what ran before a refusal is kept
                traced.append(_run(connection, script, statement, watching))  # noqa: PERF401
    except psycopg.Error as error:
        failure = _failure(connection, script, len(traced), error)
    return Trace(
        statements=tuple(traced),
        failure=failure,
        ms=_ms_since(started),
        transactional=script.transactional,
    )


def _transaction(connection: Connection, script: Script) -> AbstractContextManager[object]:
    return connection.transaction() if script.transactional else nullcontext()


def _run(
    connection: Connection, script: Script, statement: Statement, watching: Observer
) -> StatementTrace:
    """Run one statement; one that stands alone gets its transaction from us, as the server would.

    Then what it holds can be read before it is given back.
    """
    alone = not script.transactional and statement.transactional
    wrapped = alone and statement.kind not in _MAY_END_TRANSACTIONS
    with connection.transaction() if wrapped else nullcontext():
        with watching.around(connection):
            started = perf_counter()
            _send(connection, statement)
            ms = _ms_since(started)
        return watching.observe(connection, statement, ms)


def _send(connection: Connection, statement: Statement) -> None:
    """Send a statement; of a COPY to or from psql, take the rows and give none."""
    query = statement.text.encode()
    direction = copy_direction(statement)
    if direction is None:
        connection.execute(query, prepare=False)
        return
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        for _ in copy if direction is CopyDirection.OUT else ():
            pass


def _failure(connection: Connection, script: Script, index: int, error: psycopg.Error) -> Failure:
    """Translate a refusal; a server that is gone is no verdict on the migration."""
    said = error.diag
    if said.sqlstate is None or (connection.broken and said.sqlstate.startswith("57P0")):
        raise ServerLostError(f"the server went away while a file ran: {error}") from error
    return Failure(
        sqlstate=said.sqlstate,
        message=said.message_primary or str(error),
        line=_line_of(script, index, said.statement_position),
        statement=index,
        detail=said.message_detail,
        hint=said.message_hint,
        context=said.context,
    )


def _line_of(script: Script, index: int, position: str | None) -> int:
    """Find the line in the file: where the server points to, else where the statement starts.

    The server's position counts characters from 1 within the statement (libpq,
    PG_DIAG_STATEMENT_POSITION).
    """
    if not script.statements:
        return 1
    if index >= len(script.statements):  # a deferred constraint refused the commit
        return script.statements[-1].line
    statement = script.statements[index]
    if position is None:
        return statement.line
    return script.line_at(statement.offset + int(position) - 1)


def _ms_since(started: float) -> float:
    return round((perf_counter() - started) * 1000, 3)
