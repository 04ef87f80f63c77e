"""A server that somebody else runs."""

from __future__ import annotations

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from harness.errors import ServerUnavailableError, UsageError
from harness.server.choice import Server, ServerKind
from harness.server.probe import identify


def reach(url: str) -> Server:
    """Return the server behind `url`, its options kept.

    Raises `UsageError` for a malformed URL and `ServerUnavailableError` where the server does not
    answer, is too old or the user is no superuser.
    """
    try:
        given = conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        raise UsageError(f"the server's URL cannot be read: {error}") from error
    dsn = make_conninfo("", **{"dbname": "postgres", **given})
    try:
        return identify(ServerKind.URL, dsn)
    except psycopg.OperationalError as error:
        reason = " ".join(str(error).split())
        raise ServerUnavailableError(
            f"the given server does not answer: {reason}; check the URL, or leave it out to get"
            " a throw-away server"
        ) from error
