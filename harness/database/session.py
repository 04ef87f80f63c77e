"""The superuser's session in the maintenance database, and who uses what.

Uses are advisory locks of these sessions. The server releases them when a process dies, so a
killed worker's databases are nobody's, and the next process that closes drops them.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from harness.database.access import connect, lost

# Two locks for each tag: one is held while it is being changed, the other, shared, while it is
# used. One lock for both would have a second worker wait until the first has ended.
_CHANGING = 0x6B766863  # "kvhc"
_USING = 0x6B766875  # "kvhu"


class Session:
    """Run statements; `ServerLostError` where the server does not answer any more."""

    def __init__(self, dsn: str) -> None:
        self._connection = connect(dsn)

    def run(
        self, statement: str, *parts: sql.Composable, params: Sequence[Any] | None = None
    ) -> psycopg.Cursor[Any]:
        """Run one statement, each `{}` of it replaced by one of `parts`."""
        query = sql.SQL(statement).format(*parts) if parts else sql.SQL(statement)
        try:
            return self._connection.execute(query, params)
        except psycopg.OperationalError as error:
            if self._connection.closed:
                raise lost(error) from error
            raise

    def holds(self, statement: str, *params: Any) -> bool:
        """Run a statement with one column and say whether its first row is true."""
        return self.run(statement, params=params).fetchone() == (True,)

    def close(self) -> None:
        """Close the session, and with it every use."""
        self._connection.close()

    @contextmanager
    def changing(self, tag: str) -> Iterator[None]:
        """Be the only one who changes `tag`, after waiting for whoever does."""
        key = (_CHANGING, _number(tag))
        self.run("SELECT pg_catalog.pg_advisory_lock(%s, %s)", params=key)
        try:
            yield
        finally:
            if not self._connection.closed:
                self.run("SELECT pg_catalog.pg_advisory_unlock(%s, %s)", params=key)

    def use(self, tag: str) -> None:
        """Say that this process uses `tag` from now on; many may."""
        key = (_USING, _number(tag))
        self.run("SELECT pg_catalog.pg_advisory_lock_shared(%s, %s)", params=key)

    def end_uses(self) -> None:
        """Say that this process uses nothing any more."""
        self.run("SELECT pg_catalog.pg_advisory_unlock_all()")

    def is_unused(self, tag: str) -> bool:
        """Tell whether nobody changes or uses `tag`, and keep it so until this session closes."""
        return all(
            self.holds("SELECT pg_catalog.pg_try_advisory_lock(%s, %s)", kind, _number(tag))
            for kind in (_CHANGING, _USING)
        )


def _number(tag: str) -> int:
    """Fold a tag into the signed 32 bits of an advisory lock's key."""
    return zlib.crc32(tag.encode()) - (1 << 31)
