"""A file runs as psql would run it with ON_ERROR_STOP, and a refusal knows its line."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from harness.database import Cluster, Database
from harness.errors import ServerLostError
from harness.execute import Trace, run_script
from harness.sql import parse_script


@pytest.fixture(scope="module")
def database(cluster: Cluster) -> Iterator[Database]:
    made = cluster.create()
    yield made
    cluster.drop(made)


@pytest.fixture
def connection(database: Database) -> Iterator[psycopg.Connection]:
    with database.connect() as opened:
        opened.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        yield opened


def run(connection: psycopg.Connection, text: str) -> Trace:
    return run_script(connection, parse_script(text))


def tables(connection: psycopg.Connection) -> set[str]:
    rows = connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    )
    return {name for (name,) in rows}


def test_a_file_runs_in_one_transaction(connection: psycopg.Connection) -> None:
    trace = run(connection, "CREATE TABLE a (id int);\nCREATE TABLE b (id int);\n")
    assert trace.succeeded
    assert trace.transactional
    assert [(each.line, each.kind) for each in trace.statements] == [
        (1, "CreateStmt"),
        (2, "CreateStmt"),
    ]
    assert trace.ms + 0.01 >= sum(each.ms for each in trace.statements) > 0  # each is rounded
    assert tables(connection) == {"a", "b"}


def test_a_refusal_takes_the_whole_file_back(connection: psycopg.Connection) -> None:
    trace = run(connection, "CREATE TABLE a (id int);\nSELECT 1 / 0;\nCREATE TABLE b (id int);\n")
    assert trace.failure is not None
    assert (trace.failure.sqlstate, trace.failure.line, trace.failure.statement) == ("22012", 2, 1)
    assert len(trace.statements) == 1
    assert tables(connection) == set()
    assert connection.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("-- aviso\n\nSELECT\n    1,\n    nothing;\n", 5),
        ("SELECT 1;\n/* longo\ncomentário */ SELECT 'ação', nothing;\n", 3),
        ("CREATE TABLE a (\n    id int,\n    x no_type\n);\n", 3),
        ("SELECT 1;\n\nDROP TABLE nothing;\n", 3),
        ("SELECT 1;\n\nDO $$\nBEGIN\n    RAISE 'não';\nEND\n$$;\n", 3),
    ],
    ids=["position", "after text that is not ASCII", "inside", "no position", "a block"],
)
def test_a_refusal_names_the_line_that_the_server_points_at(
    connection: psycopg.Connection, text: str, line: int
) -> None:
    failure = run(connection, text).failure
    assert failure is not None
    assert failure.line == line


def test_a_refusal_keeps_detail_hint_and_context(connection: psycopg.Connection) -> None:
    text = "DO $$ BEGIN RAISE 'a' USING DETAIL = 'b', HINT = 'c'; END $$;"
    failure = run(connection, text).failure
    assert failure is not None
    assert (failure.message, failure.detail, failure.hint) == ("a", "b", "c")
    assert "line 1 at RAISE" in (failure.context or "")


def test_what_is_refused_at_the_commit_is_told_at_the_last_statement(
    connection: psycopg.Connection,
) -> None:
    trace = run(
        connection,
        "CREATE TABLE a (id int PRIMARY KEY);\n"
        "CREATE TABLE b (a_id int REFERENCES a DEFERRABLE INITIALLY DEFERRED);\n"
        "INSERT INTO b VALUES (1);\n",
    )
    assert trace.failure is not None
    assert (trace.failure.sqlstate, trace.failure.line, trace.failure.statement) == ("23503", 3, 3)
    assert tables(connection) == set()


def test_a_statement_that_cannot_have_a_transaction_runs_alone(
    connection: psycopg.Connection,
) -> None:
    run(connection, "CREATE TABLE a (id int);")
    trace = run(connection, "CREATE INDEX CONCURRENTLY a_idx ON a (id);\nSELECT 1 / 0;\n")
    assert not trace.transactional
    assert trace.failure is not None
    assert trace.failure.line == 2
    assert tables(connection) == {"a", "a_idx"}


def test_a_procedure_may_commit(connection: psycopg.Connection) -> None:
    run(
        connection,
        "CREATE TABLE a (id int);\n"
        "CREATE PROCEDURE fill() LANGUAGE plpgsql AS\n"
        "$$ BEGIN INSERT INTO a VALUES (1); COMMIT; RAISE 'stop'; END $$;\n",
    )
    trace = run(connection, "CALL fill();")
    assert trace.failure is not None
    assert connection.execute("SELECT count(*) FROM a").fetchone() == (1,)


def test_a_file_without_statements_does_nothing(connection: psycopg.Connection) -> None:
    trace = run(connection, "-- nada\n")
    assert (trace.succeeded, trace.statements) == (True, ())


def test_a_percent_sign_is_no_parameter(connection: psycopg.Connection) -> None:
    assert run(connection, "SELECT 'a' LIKE '%s', 5 % 2;").succeeded


def test_a_server_that_went_away_is_no_verdict(
    connection: psycopg.Connection, database: Database
) -> None:
    with database.connect() as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (connection.info.backend_pid,))
    with pytest.raises(ServerLostError, match="went away while a file ran"):
        run(connection, "SELECT 1;")


def test_rows_that_a_client_would_send_or_take_do_not_lose_the_server(
    connection: psycopg.Connection,
) -> None:
    text = (
        "CREATE TABLE a (id int);\nCOPY a FROM stdin;\n7\n\\.\nCOPY pg_class TO stdout;\nSELECT 1;"
    )
    trace = run(connection, text)
    assert trace.succeeded
    assert [each.line for each in trace.statements] == [1, 2, 5, 6]
    assert tables(connection) == {"a"}
