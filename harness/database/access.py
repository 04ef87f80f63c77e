"""One database and the way into it."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
from psycopg import pq, sql

from harness.errors import DatabaseError, ServerLostError

APPLICATION = "korevitta-harness"
_SERVER_GONE = (pq.Ping.NO_RESPONSE, pq.Ping.REJECT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """Point at one database: `dsn` is the superuser's, `owner` None means that superuser."""

    name: str
    dsn: str
    owner: str | None

    def connect(
        self,
        role: str | None = None,
        *,
        autocommit: bool = True,
        application_name: str = APPLICATION,
    ) -> psycopg.Connection:
        """Open a connection as `role`, or as the superuser.

        The role's session is the superuser's with its authorization handed down. A real login
        would depend on pg_hba.conf and on passwords that a given server does not tell us; the
        session's and the current user, privileges, ownership and row security are the same.

        Raises `ServerLostError` where the server is gone, else `DatabaseError`.
        """
        connection = connect(self.dsn, application_name=application_name)
        try:
            if role is not None:
                handed_down = sql.SQL("SET SESSION AUTHORIZATION {}").format(sql.Identifier(role))
                connection.execute(handed_down)
            connection.autocommit = autocommit
        except psycopg.Error as error:
            connection.close()
            raise DatabaseError(
                f"cannot act as role {role!r} in {self.name}: {one_line(error)}"
            ) from error
        return connection


def connect(dsn: str, *, application_name: str = APPLICATION) -> psycopg.Connection:
    """Open a superuser's connection in autocommit mode.

    Raises `ServerLostError` where nothing answers, `DatabaseError` where the server refuses.
    """
    try:
        return psycopg.connect(dsn, autocommit=True, application_name=application_name)
    except psycopg.OperationalError as error:
        # Says whether the server answers at all, whatever it thinks of the database or user.
        if pq.PGconn.ping(dsn.encode()) in _SERVER_GONE:
            raise lost(error) from error
        raise DatabaseError(f"cannot connect: {one_line(error)}") from error


def lost(error: Exception) -> ServerLostError:
    """Return the error that ends a run whose server has gone."""
    return ServerLostError(f"the PostgreSQL server is gone in mid-run: {one_line(error)}")


def loss_in(error: BaseException) -> ServerLostError | None:
    """Return what a run ends with, if an error of psycopg's own means that the server has gone.

    A statement that the server refused has a SQLSTATE; a connection that broke has none, or one
    of class 57P0: the server was shut down (admin_shutdown, crash_shutdown).
    """
    if not isinstance(error, psycopg.OperationalError):
        return None
    if error.sqlstate is not None and not error.sqlstate.startswith("57P0"):
        return None
    return lost(error)


def one_line(error: Exception) -> str:
    """Return an error's message as one line of a sentence."""
    return " ".join(str(error).split())
