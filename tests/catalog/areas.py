"""A database per area of the corpus."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import Connection, sql

from harness.database import Cluster, Database
from tests.catalog.corpus import Area, Case

ROLES = ("korevitta_owner", "korevitta_app", "korevitta_readonly", "korevitta_monitor")


@contextmanager
def database_for(cluster: Cluster) -> Iterator[Database]:
    """Provide an empty database, in which the roles of the corpus may do what they need."""
    cluster.ensure_roles(ROLES)
    database = cluster.create()
    try:
        with database.connect() as connection:
            name, owner = sql.Identifier(database.name), sql.Identifier(ROLES[0])
            connection.execute(sql.SQL("GRANT CREATE ON DATABASE {} TO {}").format(name, owner))
        yield database
    finally:
        _drop_subscriptions(database)
        cluster.drop(database)


def run(connection: Connection, cases: tuple[Case, ...]) -> None:
    """Execute cases, each in a transaction of its own."""
    for case in cases:
        connection.execute(case.sql.encode())


def known_to(major: int, area: Area) -> tuple[Case, ...]:
    """Select the cases of an area whose syntax a PostgreSQL version knows."""
    return tuple(case for case in area.cases if case.since <= major)


def major_of(connection: Connection) -> int:
    """Tell the server's major version."""
    return connection.info.server_version // 10000


def _drop_subscriptions(database: Database) -> None:
    """PostgreSQL does not drop a database that subscribes to another."""
    with database.connect() as connection:
        names = connection.execute(
            "SELECT s.subname FROM pg_catalog.pg_subscription AS s"
            " JOIN pg_catalog.pg_database AS d ON d.oid = s.subdbid"
            " WHERE d.datname = current_database()"
        ).fetchall()
        for (name,) in names:
            for command in ("ALTER {} DISABLE", "ALTER {} SET (slot_name = NONE)", "DROP {}"):
                subscription = sql.SQL("SUBSCRIPTION {}").format(sql.Identifier(name))
                connection.execute(sql.SQL(command).format(subscription))
