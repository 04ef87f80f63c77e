"""Who runs what operators run: a role that watches, or one that only reads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import psycopg

from harness.checks.rehearsal.rehearsal import PLAIN_OWNER
from harness.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """The roles that may run queries, and the one that does where a file names none."""

    default: str
    allowed: tuple[str, ...]


def read_readers(connection: psycopg.Connection[Any], plan: Plan) -> Readers:
    """Find a plan's readers: first the members of pg_monitor, then who can write no table.

    A plan that lists no such role has its owner run everything, in transactions that only read.
    """
    listed = list(dict.fromkeys(plan.roles))
    found = connection.execute(_query(), {"roles": listed}).fetchall()
    watching = [name for name, watches in found if watches]
    reading = [name for name, watches in found if not watches]
    allowed = (*watching, *reading) or (plan.owner or PLAIN_OWNER,)
    return Readers(default=allowed[0], allowed=allowed)


@cache
def _query() -> bytes:
    return files(__package__).joinpath("readers.sql").read_bytes()
