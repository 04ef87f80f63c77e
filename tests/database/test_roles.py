from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql

from harness.database import Cluster
from harness.errors import DatabaseError

pytestmark = pytest.mark.server
NAMES = [f"role_{letter}_{os.getpid()}" for letter in "ab"]


def _exists(dsn: str, name: str) -> bool:
    with psycopg.connect(dsn) as connection:
        rows = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,))
        return rows.fetchone() is not None


@contextmanager
def _role_of_the_server(dsn: str, attributes: str) -> Iterator[str]:
    name = sql.Identifier("role_of_the_server")
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE ROLE {} ").format(name) + sql.SQL(attributes))
        try:
            yield "role_of_the_server"
        finally:
            connection.execute(sql.SQL("DROP ROLE {}").format(name))


def test_missing_roles_are_plain_logins(cluster: Cluster, dsn: str) -> None:
    cluster.ensure_roles(NAMES)
    cluster.ensure_roles(NAMES)
    with psycopg.connect(dsn) as connection:
        rows = connection.execute(
            "SELECT rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb"
            " FROM pg_roles WHERE rolname = ANY (%s)",
            (NAMES,),
        ).fetchall()
    assert rows == [(True, False, False, False, False)] * 2


def test_members_join_their_groups(cluster: Cluster, dsn: str) -> None:
    cluster.ensure_roles(NAMES, {NAMES[0]: ["pg_monitor"]})
    with psycopg.connect(dsn) as connection:
        rows = connection.execute(
            "SELECT pg_has_role(name, 'pg_monitor', 'MEMBER') FROM unnest(%s::text[]) AS name",
            (NAMES,),
        ).fetchall()
    assert rows == [(True,), (False,)]


def test_close_drops_the_roles_it_made(dsn: str) -> None:
    with Cluster(dsn) as cluster:
        cluster.ensure_roles(NAMES)
        cluster.create(NAMES[0])
    assert not any(_exists(dsn, name) for name in NAMES)


def test_roles_stay_while_another_process_uses_them(dsn: str) -> None:
    with Cluster(dsn) as other:
        with Cluster(dsn) as maker:
            maker.ensure_roles(NAMES)
            other.ensure_roles(NAMES)
        assert all(_exists(dsn, name) for name in NAMES)
    assert not any(_exists(dsn, name) for name in NAMES)


def test_role_of_the_server_is_used_as_it_is_and_kept(dsn: str) -> None:
    with _role_of_the_server(dsn, "NOLOGIN") as name:
        with Cluster(dsn) as cluster:
            cluster.ensure_roles([name])
        assert _exists(dsn, name)


@pytest.mark.parametrize("attribute", ["SUPERUSER", "BYPASSRLS"])
def test_too_mighty_role_is_refused(dsn: str, attribute: str) -> None:
    with (
        _role_of_the_server(dsn, attribute) as name,
        Cluster(dsn) as cluster,
        pytest.raises(DatabaseError, match="superuser or has BYPASSRLS"),
    ):
        cluster.ensure_roles([name])


def test_role_that_appears_meanwhile_is_taken(dsn: str) -> None:
    from harness.database import roles  # noqa: PLC0415

    with _role_of_the_server(dsn, "LOGIN") as name, Cluster(dsn) as cluster:
        roles._create_role(cluster._session, name)
    assert not _exists(dsn, name)
