"""Ask a server who it is, and wait until it can say so."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import psycopg

from harness.errors import ServerUnavailableError
from harness.server.choice import Server, ServerKind

OLDEST_MAJOR = 16
_CONNECT_TIMEOUT_S = 5
_PAUSE_S = 0.01


def identify(kind: ServerKind, dsn: str) -> Server:
    """Return the server behind `dsn`.

    Raises `ServerUnavailableError` where it is too old or the user is no superuser, and
    `psycopg.OperationalError` where it does not answer.
    """
    with psycopg.connect(dsn, connect_timeout=_CONNECT_TIMEOUT_S, autocommit=True) as connection:
        version, superuser, user = connection.execute(
            "SELECT current_setting('server_version'), usesuper, usename"
            " FROM pg_catalog.pg_user WHERE usename = current_user"
        ).fetchone() or ("0", False, "")
    version = version.split()[0]
    refuse_old(version)
    if not superuser:
        raise ServerUnavailableError(
            f"the user {user!r} of the given server is not a superuser: the harness creates"
            " databases and roles and reads every catalog, so give it a URL of one"
        )
    return Server(kind=kind, dsn=dsn, version=version)


def refuse_old(version: str) -> None:
    """Raise `ServerUnavailableError` for a version such as "15.9" that is below 16."""
    if int("".join(c if c.isdigit() else " " for c in version).split()[0]) < OLDEST_MAJOR:
        raise ServerUnavailableError(
            f"PostgreSQL {version} is too old: the schema needs {OLDEST_MAJOR} or later"
        )


def wait_until_ready(
    kind: ServerKind, dsns: Sequence[str], *, seconds: float, check: Callable[[], None]
) -> Server:
    """Return the server as soon as it answers at one of `dsns`, the ways to reach it.

    `check` is called between two attempts and raises where waiting on is pointless. Raises
    `ServerUnavailableError` with the last refusal after `seconds`.
    """
    deadline = time.monotonic() + seconds
    while True:
        for dsn in dsns:
            try:
                return identify(kind, dsn)
            except psycopg.OperationalError as error:
                refusal = " ".join(str(error).split())
        check()
        if time.monotonic() > deadline:
            raise ServerUnavailableError(
                f"PostgreSQL was started but did not answer within {seconds:.0f} s: {refusal}"
            )
        time.sleep(_PAUSE_S)
