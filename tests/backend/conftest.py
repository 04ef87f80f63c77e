"""The real tree's end, and people with whom tables can be written to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from harness.database import Database
from tests.real_tree import real_database, real_end, real_plan

__all__ = ["real_database", "real_end", "real_plan"]

Connection = psycopg.Connection[Any]
Opening = Callable[[str | None], Connection]


@pytest.fixture
def opening(real_database: Database) -> Iterator[Opening]:
    """Return what opens sessions as a role (None: the superuser), all closed at the end."""
    opened: list[Connection] = []

    def open_as(role: str | None) -> Connection:
        opened.append(real_database.connect(role))
        return opened[-1]

    yield open_as
    for each in opened:
        each.close()


@pytest.fixture
def admin(opening: Opening) -> Connection:
    return opening(None)


@pytest.fixture
def owner(opening: Opening, real_database: Database) -> Connection:
    return opening(real_database.owner)
