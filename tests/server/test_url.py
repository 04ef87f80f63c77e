from __future__ import annotations

from urllib.parse import quote

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from harness.errors import ServerUnavailableError, UsageError
from harness.server import Server, ServerChoice, ServerKind, running, start

pytestmark = pytest.mark.server


def _url(server: Server, user: str = "postgres", options: str = "") -> str:
    host = quote(str(conninfo_to_dict(server.dsn)["host"]), safe="")
    return f"postgres://{user}@{host}:5432/postgres{options}"


def test_given_server_is_used_and_left_running(server: Server) -> None:
    with running(ServerChoice(pg=_url(server))) as given:
        assert (given.kind, given.version) == (ServerKind.URL, server.version)
    with psycopg.connect(server.dsn) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_options_of_the_url_are_kept(server: Server) -> None:
    url = _url(server, options="?application_name=ours&options=-c%20statement_timeout%3D7s")
    with running(ServerChoice(pg=url)) as given, psycopg.connect(given.dsn) as connection:
        assert connection.execute("SHOW statement_timeout").fetchone() == ("7s",)
        assert connection.execute("SHOW application_name").fetchone() == ("ours",)


def test_url_without_database_means_the_maintenance_database(server: Server) -> None:
    given = start(ServerChoice(pg=_url(server).removesuffix("/postgres"))).server
    assert conninfo_to_dict(given.dsn)["dbname"] == "postgres"


def test_plain_user_is_refused(server: Server) -> None:
    with psycopg.connect(server.dsn, autocommit=True) as connection:
        name = sql.Identifier("plain_user_of_a_test")
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(name))
        try:
            with pytest.raises(ServerUnavailableError, match="is not a superuser"):
                start(ServerChoice(pg=_url(server, "plain_user_of_a_test")))
        finally:
            connection.execute(sql.SQL("DROP ROLE {}").format(name))


def test_server_that_does_not_answer_is_one_sentence() -> None:
    with pytest.raises(ServerUnavailableError, match="does not answer") as caught:
        start(ServerChoice(pg="postgres://x@127.0.0.1:1/x?connect_timeout=2"))
    assert "\n" not in str(caught.value)


def test_password_is_not_repeated_in_the_error() -> None:
    with pytest.raises(ServerUnavailableError) as caught:
        start(ServerChoice(pg="postgres://x:s3cret@127.0.0.1:1/x?connect_timeout=2"))
    assert "s3cret" not in str(caught.value)


def test_malformed_url_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        start(ServerChoice(pg="postgres://x@h/x?nonsense=1"))
