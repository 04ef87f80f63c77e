"""What we read in a text is what a server reads in it: statements, faults and their places."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.database import Cluster
from harness.sql import SyntaxFault, parse_script
from harness.sql.embedded import faults
from harness.sql.transactions import refuses_transaction
from harness.sql.tree import roots
from tests.sql.asking import Connection, answer, dispute

HERE = Path(__file__).parent
SEPARATOR = "\n@@\n"


def cases(name: str) -> list[str]:
    text = (HERE / name).read_text(encoding="utf-8")
    return [each.strip("\n") for each in text.rstrip("\n").split(SEPARATOR)]


@pytest.fixture(scope="module")
def connection(cluster: Cluster) -> Iterator[Connection]:
    made = cluster.create()
    with made.connect() as opened:
        yield opened
    cluster.drop(made)


CHARACTERS = [
    "SELECT 1;\f SELECT 2",
    "SELECT\u00a01",
    "SELECT 1 AS a\u00a0; SELECT 2",
    "SELECT\u2003 1",
    "SELECT 1;\u00a0",
    "SELECT 1;\ufeff",
    "SELECT 1;\r\nSELECT 2;\r\n",
    "SELECT 1;\rSELECT 2;",
    "SELECT 1 -- a\r, 2",
    "SELECT 1 -- a\r; SELECT 2\n; SELECT 3",
    "SELECT 'a'\r'b;'; SELECT 2",
    "SELECT 'a'\f'b'",
    "SELECT 1\u2028; SELEC",
    "SELECT '\u2028' x y z",
    "SELECT 'a\u0301' x y z",
    "SELECT\x1c1",
    "SELECT\x851",
    "SELECT 1;\x1f",
    "SELECT \x011",
    "SELECT 1;\u3000SELECT 2",
    "SELECT 1 AS \u00aa, 2 AS \u00b2",
    "SELECT 1 \u20132",
    "SELECT \u2018a\u2019",
    "SELECT \u0663",
    "SELECT \u00e9'a;b'",
    "SELECT $\u00e91$;$\u00e91$; SELECT 2",
    "SELECT $\u00b7$;$\u00b7$; SELECT 2",
    "SELECT 1$$;$$",
    "SELECT \u00b7$$;$$",
    "SELECT '" + "x" * 200_000 + "' y z w",
    "SELECT 1" + " " * 100_000 + "x y",
    "SELECT 1;" * 2000,
    "\n" * 50_000 + "SELEC",
]


@pytest.mark.parametrize("text", [*cases("tricky.txt"), *CHARACTERS], ids=lambda text: text[:40])
def test_a_text_is_read_as_the_server_reads_it(connection: Connection, text: str) -> None:
    assert dispute(connection, text) is None


def test_a_parameter_that_the_grammar_is_kinder_to_is_left_to_the_server(
    connection: Connection,
) -> None:
    assert answer(connection, "SELECT $1abc").refusal is not None
    assert parse_script("SELECT $1abc").fault is None


def test_a_string_of_bytes_that_are_no_characters_has_its_place() -> None:
    fault = parse_script("SELECT 'é';\nSELECT 'a', E'b', E'\\xff';\n").fault
    assert fault is not None
    assert (fault.line, fault.column) == (2, 19)


SCHEMA = """
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE INDEX ti ON t (a);
CLUSTER t USING ti;
CREATE TABLE parted (id int NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE part PARTITION OF parted FOR VALUES FROM (0) TO (9);
CREATE INDEX parted_idx ON parted (id);
CREATE MATERIALIZED VIEW mv AS SELECT * FROM t;
CREATE UNIQUE INDEX mvi ON mv (id);
CREATE TYPE en AS ENUM ('a');
CREATE PUBLICATION pub FOR TABLE t;
"""
# What only the catalog knows: whether a table is partitioned.
LEFT_TO_THE_SERVER = {
    "CLUSTER parted USING parted_idx",
    "REINDEX INDEX parted_idx",
    "REINDEX TABLE parted",
}


@pytest.fixture(scope="module")
def filled(cluster: Cluster) -> Iterator[Connection]:
    made = cluster.create()
    with made.connect() as opened:
        opened.execute(SCHEMA.encode())
        yield opened
    cluster.drop(made)


@pytest.mark.parametrize("text", cases("blocks.txt"))
def test_a_statement_refuses_a_transaction_where_the_server_says_so(
    filled: Connection, text: str
) -> None:
    filled.execute("SET statement_timeout = '20s'")
    refusal = answer(filled, text).refusal
    refuses = refusal is not None and "transaction block" in refusal.message
    (parsed,) = roots(text)
    if text in LEFT_TO_THE_SERVER:
        assert refuses is not refuses_transaction(parsed.kind, parsed.node, text)
    else:
        assert refuses is refuses_transaction(parsed.kind, parsed.node, text)


WAYS = {
    "block": "DO $f$\n{}\n$f$;",
    "function": "CREATE FUNCTION f() RETURNS SETOF int LANGUAGE plpgsql AS $f$\n{}\n$f$;",
    "procedure": "CREATE PROCEDURE f(x int, INOUT y int) AS $f$\n{}\n$f$ LANGUAGE plpgsql;",
    "quoted": "CREATE FUNCTION f() RETURNS SETOF int LANGUAGE plpgsql AS '\n{}\n';",
}


def written(way: str, body: str) -> str:
    return WAYS[way].format(body.replace("'", "''") if way == "quoted" else body)


def fault_of_body(text: str) -> SyntaxFault | None:
    script = parse_script(text)
    found = list(faults(script, script.statements[-1]))
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("body", cases("good_bodies.txt"), ids=lambda text: text[:40])
def test_a_body_that_the_server_takes_has_no_fault(
    connection: Connection, way: str, body: str
) -> None:
    text = "CREATE TABLE t (id int, a int);\n" + written(way, body)
    assert fault_of_body(text) is None
    assert answer(connection, text).refusal is None


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("body", cases("bad_bodies.txt"), ids=lambda text: text[:40])
def test_a_fault_of_a_body_stands_where_the_server_sees_it(
    connection: Connection, way: str, body: str
) -> None:
    text = "-- ç\n" + written(way, body)
    fault, refusal = fault_of_body(text), answer(connection, text).refusal
    assert fault is not None
    assert refusal is not None
    assert fault.message == refusal.message
    if fault.message.endswith("end of input"):  # the server points behind the last line
        assert fault.line <= refusal.line
    elif refusal.line:
        assert fault.line == refusal.line
