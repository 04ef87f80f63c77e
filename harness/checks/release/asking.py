"""Send an application's statements, one by one, each undone at once; tell what came of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import psycopg

from harness.checks.release.clients import Request, Verb
from harness.checks.release.contexts import Context, entering, last_row
from harness.checks.schema.facts import Connection
from harness.samples import raised_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as one role sends it in one context."""

    request: Request
    role: str
    context: Context
    is_released: bool = True
    """Whether the release before has its object; a young one is nobody's yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a request: rows and columns, or the server's refusal.

    ``total`` is how many rows a reading would have found if row security hid none; ``inside``
    names the function in which the server refused.
    """

    rows: int = 0
    total: int | None = None
    columns: tuple[tuple[str, str], ...] = ()
    sqlstate: str | None = None
    message: str | None = None
    inside: str | None = None

    @property
    def worked(self) -> bool:
        """Whether the server did it."""
        return self.sqlstate is None


def ask_all(connection: Connection, asked: Iterable[Asked]) -> tuple[Answer, ...]:
    """Send requests in one transaction, which the caller rolls back."""
    asked = tuple(asked)
    raw = [_ask(connection, each) for each in asked]
    names = _type_names(connection, {oid for each in raw for _, oid in each.columns})
    read = {each.request.target.name for each in asked if each.request.verb is Verb.READ}
    totals = {name: _total(connection, name) for name in sorted(read)}
    return tuple(
        Answer(
            rows=each.rows,
            total=totals.get(sent.request.target.name),
            columns=tuple((name, names[oid]) for name, oid in each.columns),
            sqlstate=each.sqlstate,
            message=each.message,
            inside=each.inside,
        )
        for sent, each in zip(asked, raw, strict=True)
    )


def _total(connection: Connection, relation: str) -> int | None:
    with suppress(psycopg.Error):
        row = last_row(connection, f"SELECT count(*) FROM {relation}")  # noqa: S608
        return row[0] if row else None
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Raw:
    rows: int = 0
    columns: tuple[tuple[str, int], ...] = ()
    sqlstate: str | None = None
    message: str | None = None
    inside: str | None = None


_ROOM = "SET LOCAL session_replication_role = {}; "


def _ask(connection: Connection, asked: Asked) -> _Raw:
    """Send one request, its deferred constraints checked at once, and undo it.

    Everything goes in one message, since most of the time would be spent on the way.
    """
    request = asked.request
    parts = ["SAVEPOINT asked"]
    if request.before:
        parts += [_ROOM.format("replica") + request.before + _ROOM.format("origin").rstrip("; ")]
    parts += [entering(connection, asked.role, asked.context), request.sql.rstrip("; ")]
    if request.verb is not Verb.READ:
        parts += ["SET CONSTRAINTS ALL IMMEDIATE"]
    try:
        cursor = connection.execute("; ".join(parts).encode(), prepare=False)
        return _result(cursor, behind=request.verb is not Verb.READ)
    except psycopg.Error as error:
        if connection.broken:
            raise
        return _Raw(
            sqlstate=error.diag.sqlstate or "",
            message=error.diag.message_primary,
            inside=raised_in(error),
        )
    finally:
        if not connection.broken:
            connection.execute("ROLLBACK TO asked; RELEASE asked")


def _result(cursor: psycopg.Cursor[Any], *, behind: bool) -> _Raw:
    """Read the last result, or the one before the last."""
    found, last = _Raw(), _read(cursor)
    while cursor.nextset():
        found, last = last, _read(cursor)
    return found if behind else last


def _read(cursor: psycopg.Cursor[Any]) -> _Raw:
    columns = tuple((each.name, each.type_code) for each in cursor.description or ())
    return _Raw(rows=cursor.rowcount, columns=columns)


def _type_names(connection: Connection, oids: set[int]) -> Mapping[int, str]:
    """Name types by what they are, since their numbers may differ between two states."""
    rows = connection.execute(
        "SELECT oid::int8, pg_catalog.format_type(oid, NULL) FROM pg_catalog.pg_type"
        " WHERE oid = ANY (%s::oid[])",
        (sorted(oids),),
    ).fetchall()
    return dict(rows)
