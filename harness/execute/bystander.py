"""A bystander: it stands in the way of a statement just long enough to read its locks.

A statement that runs its own transactions (CREATE INDEX CONCURRENTLY, VACUUM, CALL…) gives its
locks back before anybody could ask. So a second session holds RowExclusiveLock on the tables and
an old snapshot. The statement has to wait for it, whether it wants a stronger lock or, being
CONCURRENTLY, for older transactions to end; while it waits, its locks are read; then the
bystander leaves, and stands in the way again at the next point if it comes in time.

It can neither deadlock nor hang: it takes its locks with NOWAIT, so it never waits for anybody
itself, and it leaves as soon as it sees somebody wait.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from harness.errors import HarnessError
from harness.execute.relations import Relation, rows

Connect = Callable[[], psycopg.Connection[Any]]

_FIRST_LOOK = 0.0005
_LONGEST_PAUSE = 0.02


class Bystander:
    """Watches one session from a second one, opened for each statement and closed after it."""

    def __init__(self, connect: Connect, tables: tuple[Relation, ...]) -> None:
        self.locks: dict[int, set[str]] = {}
        """The modes of the locks seen, by the OID of the relation."""
        self.was_waited_for = False
        """Whether the statement came to a stop at which its locks could be read at leisure."""
        self._connect = connect
        self._tables = tables
        self._in_place = threading.Event()
        self._over = threading.Event()

    @contextmanager
    def beside(self, pid: int) -> Iterator[None]:
        """Stand beside the session of this process id while the block runs."""
        thread = threading.Thread(target=self._watch, args=(pid,), daemon=True)
        thread.start()
        self._in_place.wait()
        try:
            yield
        finally:
            self._over.set()
            thread.join()

    def _watch(self, pid: int) -> None:
        try:
            with self._connect() as connection:
                self._stand_by(connection, pid)
        except (psycopg.Error, HarnessError):
            self.was_waited_for = False  # nothing to say then, and nobody to disturb
        finally:
            self._in_place.set()

    def _stand_by(self, connection: psycopg.Connection[Any], pid: int) -> None:
        pause = _FIRST_LOOK
        while not self._over.is_set():
            self._take_place(connection)
            self._in_place.set()
            self._look_until_waited_for(connection, pid)
            connection.execute("ROLLBACK")
            self._over.wait(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    def _take_place(self, connection: psycopg.Connection[Any]) -> None:
        """Begin a transaction with an old snapshot, holding what locks can be had at once."""
        try:
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
            if self._tables:
                connection.execute(_lock_statement(self._tables))
        except psycopg.Error:  # somebody holds one of them, or has dropped it
            connection.execute("ROLLBACK")
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        connection.execute("SELECT FROM pg_catalog.pg_class LIMIT 1")

    def _look_until_waited_for(self, connection: psycopg.Connection[Any], pid: int) -> None:
        pause = _FIRST_LOOK
        while not self._over.is_set():
            seen = rows(connection, "locks_of", pid=pid)
            for each in seen:
                if each.locktype == "relation":
                    self.locks.setdefault(each.relation, set()).add(each.mode)
            if not all(each.granted for each in seen):
                self.was_waited_for = True
                return
            self._over.wait(pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE)


def _lock_statement(tables: tuple[Relation, ...]) -> sql.Composed:
    names = sql.SQL(", ").join(sql.Identifier(each.schema, each.plain_name) for each in tables)
    return sql.SQL("LOCK TABLE ONLY {} IN ROW EXCLUSIVE MODE NOWAIT").format(names)
