"""Execute a snapshot folder in an empty database, and compare what came of it."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from harness.catalog import Catalog, read_catalog
from harness.database import Database
from harness.render.replay import replay_order
from tests.catalog.dumping import canonical, dump


def replay(files: Mapping[str, str], database: Database) -> Catalog:
    """Execute the files as a superuser and read the catalog that they make."""
    with database.connect() as connection:
        connection.execute("SET check_function_bodies = off")
        for statement in replay_order(files):
            connection.execute(statement.encode())
        connection.execute("RESET check_function_bodies")
        return read_catalog(connection)


def difference(one: Catalog, other: Catalog) -> str:
    """Say what differs between two catalogs, empty where nothing does."""
    identities = sorted(one.by_identity.keys() | other.by_identity.keys())
    pairs = ((each, one.by_identity.get(each), other.by_identity.get(each)) for each in identities)
    return "\n".join(f"{name}: {left} / {right}" for name, left, right in pairs if left != right)


def dump_difference(one: Database, other: Database) -> str:
    """Say what differs between two databases as pg_dump has it, empty where nothing does."""
    before, after = (canonical(dump(each.dsn)).splitlines() for each in (one, other))
    return "\n".join(difflib.unified_diff(before, after, lineterm="", n=2))
