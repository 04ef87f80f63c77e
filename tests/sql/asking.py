"""Ask a server what it makes of a text, without letting it keep anything."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
from psycopg.pq import DiagnosticField, ExecStatus

from harness.sql import SyntaxFault, parse_script

Connection = psycopg.Connection[tuple[object, ...]]

# The last one is about the bytes of E'\\xff'; it does not say where they stand.
_OF_GRAMMAR = frozenset({"scan.l", "gram.y", "parser.c", "scansup.c", "mbutils.c"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What a server says against a text, and where; ``line`` is 0 where it does not say."""

    sqlstate: str
    message: str
    line: int
    column: int
    by_grammar: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How many statements of a text were run, and what ended it."""

    statements: int
    refusal: Refusal | None


def answer(connection: Connection, text: str) -> Answer:
    """Send a text as one message, inside of a transaction that is taken back."""
    connection.execute("BEGIN")
    try:
        return _answer(connection, text)
    finally:
        connection.execute("ROLLBACK")


def refusal(connection: Connection, text: str) -> Refusal | None:
    """Send a text as one message to a session as it is; return what is said against it."""
    return _answer(connection, text).refusal


def _answer(connection: Connection, text: str) -> Answer:
    server = connection.pgconn
    server.send_query(text.encode())
    count, refused = 0, None
    while (result := server.get_result()) is not None:
        if result.status == ExecStatus.COPY_IN:
            server.put_copy_end()
        elif result.status == ExecStatus.COPY_OUT:
            while server.get_copy_data(0)[0] > 0:
                pass
        elif result.status == ExecStatus.FATAL_ERROR:
            refused = _refusal(result, text)
        elif result.status != ExecStatus.EMPTY_QUERY:
            count += 1
    return Answer(statements=count, refusal=refused)


def _refusal(result: psycopg.pq.abc.PGresult, text: str) -> Refusal:
    offset = int(_field(result, DiagnosticField.STATEMENT_POSITION) or 0) - 1
    return Refusal(
        sqlstate=_field(result, DiagnosticField.SQLSTATE),
        message=_field(result, DiagnosticField.MESSAGE_PRIMARY),
        line=text.count("\n", 0, offset) + 1 if offset >= 0 else 0,
        column=offset - text.rfind("\n", 0, offset) if offset >= 0 else 0,
        by_grammar=_field(result, DiagnosticField.SOURCE_FILE) in _OF_GRAMMAR,
    )


def _field(result: psycopg.pq.abc.PGresult, name: DiagnosticField) -> str:
    return (result.error_field(name) or b"").decode(errors="replace")


def dispute(connection: Connection, text: str) -> str | None:
    """Say where a server and our reading of a text part; None where they agree.

    They agree on whether the grammar accepts it, on what it says where it does not, and into how
    many statements the text falls.
    """
    said, script = answer(connection, text), parse_script(text)
    count = len(script.statements) + (2 if script.wrapper else 0)
    if said.refusal is not None and said.refusal.by_grammar:
        return _different(said.refusal, script.fault)
    if script.fault is not None:
        return f"only the text refuses it: {script.fault}"
    if said.refusal is None and said.statements != count:
        return f"{said.statements} statements run, {count} are read"
    return None


def _different(said: Refusal, fault: SyntaxFault | None) -> str | None:
    if fault is None:
        return f"only the server refuses it: {said}"
    same_place = said.line == 0 or (said.line, said.column) == (fault.line, fault.column)
    return None if same_place and said.message == fault.message else f"{said} is not {fault}"
