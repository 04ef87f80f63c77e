"""A connection's URL, handed to psql without showing it to whoever lists processes."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
from psycopg import pq
from psycopg.conninfo import make_conninfo

from harness.errors import UsageError

_SECRET = b"*"  # libpq marks what is not to be shown (PQconninfoOption.dispchar)


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """Split a URL: `environment` for libpq's variables, `open` for options that have none.

    `shown` names the database in messages, without any secret.
    """

    environment: tuple[tuple[str, str], ...]
    open: str
    shown: str


def read_connection(url: str) -> Connection:
    """Take a URL, or libpq's key=value form, apart.

    Raises `UsageError`; what libpq says about a malformed URL is left out, since it may quote it.
    """
    try:
        options = pq.Conninfo.parse(url.encode())
    except psycopg.OperationalError:
        raise UsageError(
            "DATABASE_URL cannot be read: write postgresql://user:password@host:5432/database,"
            " with special characters percent-encoded"
        ) from None
    given = [each for each in options if each.val is not None]
    environment, bare = [], {}
    for each in given:
        keyword, value = each.keyword.decode(), (each.val or b"").decode()
        if each.envvar:
            environment.append((each.envvar.decode(), value))
        elif each.dispchar == _SECRET:
            raise UsageError(
                f"DATABASE_URL holds {keyword}, which psql takes only where every process can see"
                " it: use a key that needs none, or name a service (service=…)"
            )
        else:
            bare[keyword] = value
    return Connection(
        environment=tuple(environment),
        open=make_conninfo("", **bare),
        shown=_shown({each.keyword.decode(): (each.val or b"").decode() for each in given}),
    )


def _shown(given: dict[str, str]) -> str:
    named = given.get("dbname") or given.get("service") or "the default database"
    host = given.get("host") or given.get("hostaddr")
    return f"{named} on {host}" if host else named
