"""The scripts decide what has a transaction exactly as the harness does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.database import Cluster
from harness.sql import Script, Statement, parse_script, read_script
from harness.sql.tree import root
from tests.architecture.source import REPOSITORY
from tests.operator.site import SCRIPTS

Verdict = tuple[bool, bool]
"""Whether a file has one transaction, and whether it brings its own."""


@pytest.fixture(scope="module")
def reader(cluster: Cluster) -> Iterator[psycopg.Connection]:
    database = cluster.create()
    with database.connect() as connection:
        connection.execute((SCRIPTS / "lib" / "reading.psql").read_bytes())
        yield connection
    cluster.drop(database)


def by_scripts(reader: psycopg.Connection, text: str) -> Verdict:
    row = reader.execute(
        "SELECT transactional, wrapped FROM pg_temp.reading(%s)", (text,)
    ).fetchone()
    assert row is not None
    return row


def by_harness(script: Script) -> Verdict:
    return script.transactional, script.wrapper is not None


def sources() -> Iterator[Path]:
    for folder in ("backend", "tests", "harness"):
        yield from sorted((REPOSITORY / folder).rglob("*.sql"))


def test_every_file_of_the_repository_is_read_alike(reader: psycopg.Connection) -> None:
    differing, read, alone = [], 0, 0
    for path in sources():
        script = read_script(path)
        if script.fault is None and "\0" not in script.text:
            read += 1
            alone += not script.transactional
            if by_scripts(reader, script.text) != by_harness(script):
                differing.append(str(path))
    assert differing == []
    assert read > 500
    assert alone > 20


NASTY = (
    "/* CREATE INDEX CONCURRENTLY i ON t (x); /* nested */ VACUUM; */ SELECT 1",
    "/* one */ VACUUM /* /* two */ */ t",
    "SELECT 1 -- ; VACUUM\n",
    "-- 'open\nVACUUM;",
    "SELECT 2*/* two */3; VACUUM",
    "SELECT 1 +--;\n2; VACUUM",
    "SELECT 'VACUUM; '' CREATE INDEX CONCURRENTLY'",
    "SELECT E'it\\'s; VACUUM; \\\\'; SELECT 1",
    "SELECT E'it\\\\'; VACUUM; SELECT ''",
    "SELECT 'it\\'; VACUUM",
    "SELECT E'a'\n'b\\'; VACUUM; '",
    "SELECT E'a' -- more\n'b\\'; VACUUM; '",
    "SELECT 'a'\n'b\\'; VACUUM; SELECT ''",
    "SELECT nope'\\'; VACUUM; SELECT ''",
    "SELECT U&'\\0041'; VACUUM",
    "SELECT $$ VACUUM; $$; SELECT 1",
    "SELECT $a$ $b$ VACUUM; $b$ $a$; SELECT 1",
    "SELECT $a$ VACUUM; $b$a$; VACUUM",
    "SELECT $é$ VACUUM; $é$; SELECT 1",
    "SELECT a$b$c FROM t; VACUUM; SELECT x$b$",
    "PREPARE p AS SELECT $1; VACUUM",
    'CREATE TABLE "concurrently" (id int)',
    'CREATE INDEX "concurrently" ON t (x)',
    'DROP INDEX "a"".CONCURRENTLY"',
    'SELECT "a;VACUUM;" FROM t',
    "CREATE INDEX concurrently ON t (x)",
    "CREATE\nUNIQUE  INDEX/**/CONCURRENTLY i ON t (x)",
    "DROP INDEX CONCURRENTLY i",
    "REFRESH MATERIALIZED VIEW CONCURRENTLY v",
    "REINDEX (VERBOSE, CONCURRENTLY off) TABLE t",
    "REINDEX (CONCURRENTLY 'off') TABLE t",
    "REINDEX (CONCURRENTLY) INDEX i",
    "REINDEX TABLE CONCURRENTLY t",
    "REINDEX INDEX i",
    "REINDEX SCHEMA s",
    "ALTER TABLE t DETACH PARTITION s.p CONCURRENTLY",
    "ALTER TABLE t DETACH PARTITION s.p",
    "ALTER TABLE t DETACH PARTITION s.p FINALIZE",
    "CLUSTER",
    "CLUSTER VERBOSE",
    "CLUSTER t",
    "CLUSTER (VERBOSE) t",
    "VACUUM (ANALYZE) t",
    "ANALYZE t",
    "DISCARD ALL",
    "DISCARD PLANS",
    "ALTER SYSTEM SET work_mem = '1MB'",
    "ALTER DATABASE d SET TABLESPACE t",
    "ALTER DATABASE d SET default_tablespace = 't'",
    "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p",
    "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (connect = false)",
    "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (connect = 'false')",
    "CREATE TABLESPACE t LOCATION '/x'",
    "DROP DATABASE d",
    "CALL p()",
    "SET x.y = 1; CALL p(); RESET x.y",
    "SET LOCAL x.y = '1'; CALL p()",
    "SELECT 1; CALL p()",
    "CREATE INDEX CONCURRENTLY i ON t (x); CALL p()",
    "DO $$ BEGIN CALL p(); END $$",
    "DO $$ BEGIN COMMIT; END $$",
    "DO 'BEGIN IF true THEN ROLLBACK; END IF; END'",
    "DO $$ BEGIN RAISE NOTICE 'COMMIT;'; END $$",
    "DO $$ BEGIN -- COMMIT;\n NULL; END $$",
    "DO $$ DECLARE commit int; BEGIN commit := 1; END $$",
    "DO LANGUAGE plpgsql $$ BEGIN COMMIT AND CHAIN; END $$",
    "DO\nLANGUAGE\nplpgsql\n$$ BEGIN COMMIT; END $$",
    "          DO $$ BEGIN COMMIT; END $$",
    "  -- one\n\tDO\n'BEGIN\nCOMMIT;\nEND'",
    "DO LANGUAGE plpgsql $$ BEGIN <<a>> COMMIT; END $$",
    "SELECT 1 AS do, $$ COMMIT; $$",
    "/* DO */ DO/**/$a$BEGIN LOOP ROLLBACK; END LOOP; END$a$",
    "CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$",
    "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE 1 WHEN 1 THEN 2 END; END; VACUUM",
    "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1 AS end; SELECT 2; END",
    "CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM t; DELETE FROM u); SELECT 1",
    "SELECT (ARRAY[1, 2])[1:2]; VACUUM",
    "BEGIN; SELECT 1; COMMIT",
    "START TRANSACTION; SELECT 1; END",
    "BEGIN; SAVEPOINT a; ROLLBACK TO a; COMMIT",
    "BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT 1; COMMIT",
    "BEGIN; SELECT 1; COMMIT AND CHAIN",
    "BEGIN; SELECT 1; ROLLBACK",
    "BEGIN; SELECT 1; COMMIT; SELECT 2",
    "BEGIN; VACUUM; COMMIT",
    "SELECT 1;;; VACUUM;;",
    ";",
    "\ufeffVACUUM",
)


@pytest.mark.parametrize("text", NASTY)
def test_a_nasty_text_is_read_alike(text: str, reader: psycopg.Connection) -> None:
    script = parse_script(text.removeprefix("\ufeff"))
    assert script.fault is None
    assert by_scripts(reader, text.removeprefix("\ufeff")) == by_harness(script)


PIECES = (
    *("SELECT 1", "VACUUM", "CALL p()", "SET x.y = 1", "BEGIN", "COMMIT", "DISCARD ALL"),
    *("DO $$ BEGIN COMMIT; END $$", "DO $x$ BEGIN CALL p(); END $x$", "SELECT $a$ ; $a$"),
    *("SELECT 'a'", "SELECT E'\\''", "SELECT 'it''s'", "SELECT '\\'", 'SELECT 1 AS "a;b"'),
    *("DROP INDEX CONCURRENTLY i", "REINDEX (CONCURRENTLY) TABLE t", "SAVEPOINT s"),
    *("/*", "*/", "--", "\n", "'", '"', "$$", "$a$", ";", " ", "(", ")", "\\", "E"),
)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=14))
def test_whatever_is_put_together_is_read_alike(
    pieces: list[str], reader: psycopg.Connection
) -> None:
    text = ";".join(pieces) if len(pieces) % 2 else " ".join(pieces)
    script = parse_script(text)
    if script.fault is None and not any(_has_two_bodies(each) for each in script.statements):
        assert by_scripts(reader, text) == by_harness(script)


def _has_two_bodies(statement: Statement) -> bool:
    """A DO block with two of them is grammatical; every server refuses it, whatever they hold."""
    parsed = root(statement.text)
    given = parsed.node.get("args", ()) if parsed and statement.kind == "DoStmt" else ()
    return [each["DefElem"]["defname"] for each in given].count("as") > 1


def test_a_large_file_is_read_in_time(reader: psycopg.Connection) -> None:
    rows = ",\n".join(f"({number}, 'it''s; VACUUM', $${number}$$)" for number in range(20_000))
    reader.execute("SET statement_timeout = '20s'")
    assert by_scripts(reader, f"INSERT INTO t VALUES\n{rows};\n") == (True, False)
