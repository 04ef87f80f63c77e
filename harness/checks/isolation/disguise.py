"""A superuser's session that takes on roles and contexts, one after another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from harness.checks.schema.facts import Connection

REFUSED = "42501"


class Disguise:
    """Be other roles, within one transaction; whatever they do is undone."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @contextmanager
    def take_on(
        self, role: str, settings: dict[str, str], *, undone: bool = True
    ) -> Iterator[None]:
        """Be a role in a context; what it did is undone at the end, or only who it was."""
        with self.connection.transaction(force_rollback=undone):
            for name, value in settings.items():
                self.connection.execute("SELECT set_config(%s, %s, true)", (name, value))
            self.connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(role)))
            yield
            if not undone:
                self.connection.execute("SET LOCAL ROLE NONE")

    def ask(self, query: sql.Composed) -> Any:
        """Run a query and return the first column of its first row, None where there is none."""
        found = self.connection.execute(query, prepare=False).fetchone()
        return None if found is None else found[0]

    def still_there(self, error: psycopg.Error) -> None:
        """Raise an error that means the end of the session; all others are answers."""
        if self.connection.broken:
            raise error


def words(error: psycopg.Error) -> str:
    """Say what the server said, with its SQLSTATE."""
    return f"{error.diag.message_primary} (SQLSTATE {error.diag.sqlstate})"
