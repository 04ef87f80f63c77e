from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from harness.database import PREFIX, Cluster, Database
from harness.errors import DatabaseError
from harness.server import ServerChoice, running

pytestmark = pytest.mark.server
OWNER = "owner_of_a_test"


def _ask(database: Database, question: str, role: str | None = None) -> object:
    with database.connect(role) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return row[0]


def _names(dsn: str) -> set[str]:
    with psycopg.connect(dsn) as connection:
        rows = connection.execute("SELECT datname FROM pg_database").fetchall()
    return {name for (name,) in rows if name.startswith(PREFIX)}


def test_created_database_is_empty_and_owned(cluster: Cluster) -> None:
    cluster.ensure_roles([OWNER])
    database = cluster.create(OWNER)
    assert database.name.startswith(PREFIX)
    owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
    assert _ask(database, owner) == OWNER
    assert _ask(database, "SELECT count(*) FROM pg_class WHERE oid >= 16384") == 0


def test_created_database_is_utf8_in_code_point_order(cluster: Cluster) -> None:
    database = cluster.create()
    assert _ask(database, "SHOW server_encoding") == "UTF8"
    assert _ask(database, "SELECT 'Z' < 'a' AND upper('é') = 'É'") is True


def test_collation_is_ours_where_the_server_has_another(
    monkeypatch: pytest.MonkeyPatch, open_folder: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(open_folder))
    monkeypatch.setattr("harness.server.pristine._LOCALES", (("--locale=C",),))
    with running(ServerChoice(pg="embedded")) as server, Cluster(server.dsn) as cluster:
        with psycopg.connect(server.dsn) as connection:
            assert connection.execute("SELECT upper('é') = 'É'").fetchone() == (False,)
        assert _ask(cluster.create(), "SELECT 'Z' < 'a' AND upper('é') = 'É'") is True


def test_names_are_unique(cluster: Cluster, dsn: str) -> None:
    with Cluster(dsn) as other:
        names = {cluster.create().name, cluster.create().name, other.create().name}
    assert len(names) == 3


def test_clone_holds_what_its_source_holds(cluster: Cluster) -> None:
    cluster.ensure_roles([OWNER])
    source = cluster.create(OWNER)
    with source.connect(OWNER) as connection:
        connection.execute("CREATE TABLE t AS SELECT 42 AS answer")
    clone = cluster.clone(source)
    assert clone.owner == OWNER
    assert _ask(clone, "SELECT answer FROM t", OWNER) == 42


def test_clone_keeps_settings_and_privileges_of_the_database(cluster: Cluster) -> None:
    cluster.ensure_roles([OWNER])
    source = cluster.create(OWNER)
    name = sql.Identifier(source.name)
    with source.connect() as connection:
        connection.execute(sql.SQL("ALTER DATABASE {} SET work_mem = '7MB'").format(name))
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    clone = cluster.clone(source)
    assert _ask(clone, "SHOW work_mem") == "7MB"
    privileges = "SELECT datacl::text FROM pg_database WHERE datname = current_database()"
    assert _ask(clone, privileges) == _ask(source, privileges)


def test_clone_of_a_database_in_use_names_the_session(cluster: Cluster) -> None:
    source = cluster.create()
    with source.connect(application_name="somebody") as connection:
        pid = connection.info.backend_pid
        with pytest.raises(DatabaseError, match=rf"pid {pid} \(postgres, 'somebody', idle\)"):
            cluster.clone(source)
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_clone_of_nothing_says_so(cluster: Cluster) -> None:
    source = cluster.create()
    cluster.drop(source)
    with pytest.raises(DatabaseError, match="does not exist"):
        cluster.clone(source)


def test_role_sessions_are_the_roles_own(cluster: Cluster) -> None:
    cluster.ensure_roles([OWNER])
    with cluster.create(OWNER).connect(OWNER) as connection:
        who = connection.execute(
            "SELECT session_user::text, current_user::text, current_setting('is_superuser')"
        ).fetchone()
        assert who == (OWNER, OWNER, "off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM pg_authid")


def test_rollback_does_not_hand_the_superuser_back(cluster: Cluster) -> None:
    cluster.ensure_roles([OWNER])
    with cluster.create(OWNER).connect(OWNER, autocommit=False) as connection:
        connection.execute("SELECT 1")
        connection.rollback()
        assert connection.execute("SELECT current_user::text").fetchone() == (OWNER,)


def test_application_name_and_options_of_the_dsn_are_kept(dsn: str) -> None:
    given = make_conninfo(dsn, options="-c statement_timeout=7s")
    with Cluster(given) as cluster:
        database = cluster.create()
        assert conninfo_to_dict(database.dsn)["dbname"] == database.name
        assert _ask(database, "SHOW statement_timeout") == "7s"
        with database.connect(application_name="mine") as connection:
            assert connection.execute("SHOW application_name").fetchone() == ("mine",)


def test_unknown_role_is_a_database_error(cluster: Cluster) -> None:
    with pytest.raises(DatabaseError, match="cannot act as role 'nobody_of_a_test'"):
        cluster.create().connect("nobody_of_a_test")


def test_connecting_to_a_dropped_database_is_a_database_error(cluster: Cluster) -> None:
    database = cluster.create()
    cluster.drop(database)
    with pytest.raises(DatabaseError, match="does not exist"):
        database.connect()


def test_drop_throws_out_sessions_and_may_be_repeated(cluster: Cluster, dsn: str) -> None:
    database = cluster.create()
    connection = database.connect()
    cluster.drop(database)
    cluster.drop(database)
    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 1")
    connection.close()
    assert database.name not in _names(dsn)


@pytest.mark.parametrize("name", ["postgres", "kvh", "customers", "KVH_1"])
def test_drop_refuses_names_that_are_not_ours(cluster: Cluster, name: str) -> None:
    foreign = Database(name=name, dsn=cluster.dsn, owner=None)
    with pytest.raises(DatabaseError, match=f"refused to drop database '{name}'"):
        cluster.drop(foreign)


def test_close_drops_what_it_made_and_nothing_else(dsn: str) -> None:
    with Cluster(dsn) as stays:
        kept = stays.create()
        with Cluster(dsn) as goes:
            gone = {goes.create().name, goes.clone(kept).name}
            assert gone <= _names(dsn)
        assert kept.name in _names(dsn)
        assert not gone & _names(dsn)
    goes.close()


def test_what_a_killed_process_left_is_dropped_by_the_next(dsn: str) -> None:
    killed = Cluster(dsn)
    left = {killed.create().name, killed.template("left", lambda database: None).name}
    killed._session.close()  # what the server sees of a kill -9
    assert left <= _names(dsn)
    with Cluster(dsn) as other:
        other.create()
    assert not left & _names(dsn)


def test_foreign_database_with_a_like_name_is_left_alone(dsn: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute('CREATE DATABASE "kvhx"')
        try:
            with Cluster(dsn) as cluster:
                cluster.create()
            rows = connection.execute("SELECT 1 FROM pg_database WHERE datname = 'kvhx'")
            assert rows.fetchone() == (1,)
        finally:
            connection.execute('DROP DATABASE "kvhx"')
