"""Reading a catalog changes nothing and is not disturbed by its surroundings."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from psycopg import Connection

from harness.catalog import read_catalog
from harness.catalog.grants import describe_grants
from harness.database import Cluster

ROLES = {"odd name": '"odd name"', "app": "app", "owner": "owner"}


@pytest.fixture
def connection(cluster: Cluster) -> Iterator[Connection]:
    database = cluster.create()
    with database.connect() as opened:
        opened.execute(
            "CREATE SCHEMA core; CREATE TABLE core.t (at timestamptz DEFAULT '2024-01-01')"
        )
        yield opened
    cluster.drop(database)


@pytest.mark.server
def test_settings_and_locks_are_as_before(connection: Connection) -> None:
    connection.execute("SET search_path = core; SET TimeZone = 'America/Sao_Paulo'")
    read_catalog(connection)
    with connection.transaction():
        connection.execute("SELECT")
        before = _locks(connection)
        read_catalog(connection)
        assert _locks(connection) == before
        assert _setting(connection, "search_path") == "core"
    assert _setting(connection, "TimeZone") == "America/Sao_Paulo"
    assert _setting(connection, "enable_material") == "on"


@pytest.mark.server
def test_session_settings_change_nothing(connection: Connection) -> None:
    before = read_catalog(connection)
    connection.execute(
        "SET search_path = core; SET TimeZone = 'Asia/Tokyo'; SET DateStyle = 'SQL, DMY';"
        " SET IntervalStyle = iso_8601; SET quote_all_identifiers = on"
    )
    assert read_catalog(connection) == before


@pytest.mark.server
def test_uncommitted_changes_are_seen_inside_their_transaction(connection: Connection) -> None:
    before = read_catalog(connection)
    with connection.transaction(force_rollback=True):
        connection.execute("ALTER TABLE core.t ADD word text")
        assert read_catalog(connection).find("column", "core.t.word") is not None
    assert read_catalog(connection) == before


@pytest.mark.server
def test_temporary_objects_do_not_count_nor_hide_others(connection: Connection) -> None:
    before = read_catalog(connection)
    connection.execute("CREATE TEMPORARY TABLE t (id integer); CREATE TYPE pg_temp.text AS ENUM ()")
    assert read_catalog(connection) == before


@pytest.mark.server
def test_members_of_extensions_are_their_extension(connection: Connection) -> None:
    before = read_catalog(connection)
    connection.execute("CREATE EXTENSION citext SCHEMA core; CREATE EXTENSION pg_trgm SCHEMA core")
    after = read_catalog(connection)
    added = [each.identity for each in after.objects if each not in before.objects]
    assert [str(each) for each in added] == ["extension citext", "extension pg_trgm"]


@pytest.mark.server
def test_positions_count_live_columns(connection: Connection) -> None:
    connection.execute("ALTER TABLE core.t ADD a int; ALTER TABLE core.t ADD b int")
    connection.execute("ALTER TABLE core.t DROP a")
    found = read_catalog(connection).find("column", "core.t.b")
    assert found is not None
    assert found.facts["position"] == "2"


def test_grants_are_one_line_per_grantee() -> None:
    items = ("owner=arwdDxt/owner", "=r/owner", "app=a*r/owner", '"odd name"=r/app')
    assert describe_grants(items, kind="table", owner="owner", roles=ROLES) == (
        '"odd name" by app: SELECT\nPUBLIC: SELECT\napp: INSERT (grantable), SELECT\nowner: ALL'
    )


def test_no_grants_at_all_are_none() -> None:
    assert describe_grants((), kind="table", owner="owner", roles=ROLES) is None


def _setting(connection: Connection, name: str) -> str:
    row = connection.execute("SELECT current_setting(%s)", (name,)).fetchone()
    assert row is not None
    return str(row[0])


def _locks(connection: Connection) -> list[tuple[object, ...]]:
    return connection.execute(
        "SELECT locktype, relation, mode FROM pg_locks"
        " WHERE pid = pg_backend_pid() AND locktype = 'relation' ORDER BY 2, 3"
    ).fetchall()
