"""The observer says what a statement did: checked on a small filled database."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest

from harness.database import Cluster, Database
from harness.execute import Trace, run_script
from harness.execute.observer import ServerObserver
from harness.sql import parse_script

OWNER = "kvh_observed_owner"
SHOP = """
CREATE SCHEMA shop;
CREATE TABLE shop.orders (id bigint PRIMARY KEY, code varchar(20), amount int, note text);
CREATE INDEX orders_code_idx ON shop.orders (code);
INSERT INTO shop.orders SELECT g, 'c' || g, g, repeat('long', 1000) FROM generate_series(1, 100) g;
CREATE TABLE shop.lines (id bigint PRIMARY KEY, order_id bigint);
INSERT INTO shop.lines SELECT g, g FROM generate_series(1, 50) g;
CREATE TABLE shop.bare (id bigint);
CREATE MATERIALIZED VIEW shop.totals AS SELECT order_id, count(*) AS n FROM shop.lines GROUP BY 1;
CREATE UNIQUE INDEX totals_key ON shop.totals (order_id);
CREATE TABLE shop.events (id bigint, at date) PARTITION BY RANGE (at);
CREATE TABLE shop.events_2026 PARTITION OF shop.events
FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
INSERT INTO shop.events VALUES (1, '2026-02-03');
CREATE PROCEDURE shop.work() LANGUAGE plpgsql AS $$
BEGIN
    UPDATE shop.lines SET order_id = order_id;
    COMMIT;
    ALTER TABLE shop.lines ADD COLUMN extra int;
    COMMIT;
END $$;
"""

Observe = Callable[[str], Trace]


def _build(database: Database) -> None:
    with database.connect(OWNER) as connection:
        connection.execute(SHOP.encode())


@pytest.fixture(scope="module")
def template(cluster: Cluster) -> Database:
    cluster.ensure_roles((OWNER,))
    return cluster.template(SHOP, _build, OWNER)


@pytest.fixture
def shop(cluster: Cluster, template: Database) -> Iterator[Database]:
    database = cluster.clone(template)
    yield database
    cluster.drop(database)


@pytest.fixture
def observe(shop: Database) -> Observe:
    def run(text: str) -> Trace:
        with shop.connect(OWNER) as connection:
            return run_script(connection, parse_script(text), observer=ServerObserver(shop.connect))

    return run


def locks(trace: Trace, index: int = 0) -> set[tuple[str, str]]:
    return {(each.object, each.mode) for each in trace.statements[index].locks}


def test_an_index_build_holds_share_lock_and_reads_the_table(observe: Observe) -> None:
    trace = observe("CREATE INDEX ON shop.orders (amount)")
    assert locks(trace) == {("shop.orders", "ShareLock")}
    assert [(each.object, each.tuples) for each in trace.statements[0].scans] == [
        ("shop.orders", 100)
    ]


def test_a_lock_is_told_of_the_statement_that_first_took_it(observe: Observe) -> None:
    trace = observe(
        "ALTER TABLE shop.orders ADD COLUMN a int;\nALTER TABLE shop.orders ADD COLUMN b int;"
    )
    assert locks(trace, 0) == {("shop.orders", "AccessExclusiveLock")}
    assert locks(trace, 1) == set()
    assert [each.line for each in trace.statements] == [1, 2]


def test_relations_of_the_file_itself_are_not_told(observe: Observe) -> None:
    trace = observe("CREATE TABLE shop.fresh (id int); INSERT INTO shop.fresh VALUES (1);")
    assert all(not (each.locks or each.scans or each.writes) for each in trace.statements)


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("ALTER TABLE shop.orders ALTER code TYPE varchar(5)", "from character varying(20) to"),
        ("ALTER TABLE shop.orders ADD x float DEFAULT random()", "default random() for each row"),
        ("ALTER TABLE shop.orders ADD x bigserial", "number from its sequence"),
        ("ALTER TABLE shop.orders ADD x int GENERATED ALWAYS AS IDENTITY", "identity column x"),
        (
            "ALTER TABLE shop.orders ADD x int GENERATED ALWAYS AS (amount + 1) STORED",
            "stores what is generated from (amount + 1)",
        ),
        ("ALTER TABLE shop.orders SET UNLOGGED", "SET UNLOGGED"),
        ("TRUNCATE shop.orders", "emptied"),
        ("CLUSTER shop.orders USING orders_pkey", "copied row by row"),
        ("VACUUM FULL shop.orders", "copied row by row"),
    ],
)
def test_a_rewrite_is_told_with_its_reason(observe: Observe, statement: str, reason: str) -> None:
    [rewrite] = observe(statement).statements[0].rewrites
    assert (rewrite.object, rewrite.rows) == ("shop.orders", True)
    assert reason in rewrite.reason


def test_an_index_built_again_under_a_new_oid_is_a_rewrite(observe: Observe) -> None:
    trace = observe('ALTER TABLE shop.orders ALTER code TYPE varchar(20) COLLATE "POSIX"')
    [rewrite] = trace.statements[0].rewrites
    assert (rewrite.object, rewrite.kind) == ("shop.orders_code_idx", "index")
    assert rewrite.table == "shop.orders"


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE shop.orders ADD COLUMN x int NOT NULL DEFAULT 5",
        "ALTER TABLE shop.orders ADD COLUMN x timestamptz NOT NULL DEFAULT now()",
        "ALTER TABLE shop.orders ALTER code TYPE varchar(40)",
        "ALTER TABLE shop.orders ALTER code TYPE text",
    ],
)
def test_what_keeps_the_files_is_no_rewrite(observe: Observe, statement: str) -> None:
    [traced] = observe(statement).statements
    assert traced.rewrites == ()
    assert traced.scans == ()


def test_a_matview_filled_anew_is_a_rewrite_and_concurrently_is_not(observe: Observe) -> None:
    trace = observe(
        "REFRESH MATERIALIZED VIEW CONCURRENTLY shop.totals; REFRESH MATERIALIZED VIEW shop.totals"
    )
    quiet, loud = trace.statements
    assert quiet.rewrites == ()
    assert [(each.object, each.kind) for each in loud.rewrites] == [
        ("shop.totals", "materialized view")
    ]


def test_an_empty_table_has_no_rows_and_a_partition_fills_its_parent(observe: Observe) -> None:
    trace = observe("LOCK TABLE shop.bare; LOCK TABLE ONLY shop.events;")
    assert [each.rows for each in trace.statements[0].locks] == [False]
    assert [each.rows for each in trace.statements[1].locks] == [True]


def test_a_renamed_table_keeps_the_name_that_it_had(observe: Observe) -> None:
    trace = observe(
        "ALTER TABLE shop.orders RENAME TO sales; UPDATE shop.sales SET amount = 0 WHERE id < 11"
    )
    [write] = trace.statements[1].writes
    assert (write.object, write.updated) == ("shop.orders", 10)


def test_statements_inside_do_blocks_are_seen(observe: Observe) -> None:
    trace = observe("DO $$ BEGIN EXECUTE 'CREATE INDEX ON shop.orders (amount)'; END $$")
    assert locks(trace) == {("shop.orders", "ShareLock")}


def test_the_lock_timeout_in_effect_is_told(observe: Observe) -> None:
    trace = observe("SET LOCAL lock_timeout = '3s'; ALTER TABLE shop.orders ADD COLUMN x int;")
    assert trace.statements[1].lock_timeout == "3s"


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE INDEX CONCURRENTLY fresh_idx ON shop.orders (amount)",
        "DROP INDEX CONCURRENTLY shop.orders_code_idx",
        "REINDEX TABLE CONCURRENTLY shop.orders",
    ],
)
def test_the_locks_of_concurrently_are_read_while_it_waits(
    observe: Observe, statement: str
) -> None:
    [traced] = observe(statement).statements
    # At its end REINDEX locks the index that it drops; whether that is seen is a matter of luck.
    assert {(each.object, each.mode) for each in traced.locks if each.kind == "table"} == {
        ("shop.orders", "ShareUpdateExclusiveLock")
    }
    assert traced.complete


def test_without_a_bystander_the_trace_says_that_it_is_not_complete(shop: Database) -> None:
    with shop.connect(OWNER) as connection:
        trace = run_script(
            connection,
            parse_script("CREATE INDEX CONCURRENTLY fresh_idx ON shop.orders (amount)"),
            observer=ServerObserver(),
        )
    assert not trace.statements[0].complete
    assert trace.statements[0].locks == ()


def test_a_procedure_that_commits_is_watched_from_beside(observe: Observe) -> None:
    [traced] = observe("CALL shop.work()").statements
    assert ("shop.lines", "AccessExclusiveLock") in {(e.object, e.mode) for e in traced.locks}
    assert [(each.object, each.updated) for each in traced.writes] == [("shop.lines", 50)]


def test_detach_concurrently_never_deadlocks(observe: Observe) -> None:
    trace = observe("ALTER TABLE shop.events DETACH PARTITION shop.events_2026 CONCURRENTLY")
    assert trace.succeeded
    assert ("shop.events", "AccessExclusiveLock") not in locks(trace)


def test_a_bystander_leaves_even_when_somebody_else_is_in_the_way(
    shop: Database, observe: Observe
) -> None:
    """A third session blocks the statement for a while: it must still come to its end."""
    with shop.connect(autocommit=False) as third:
        third.execute("SELECT count(*) FROM shop.orders")
        leaver = threading.Timer(0.3, third.rollback)
        leaver.start()
        started = time.monotonic()
        trace = observe("DROP INDEX CONCURRENTLY shop.orders_code_idx")
        leaver.join()
    assert trace.succeeded
    assert 0.2 < time.monotonic() - started < 5


def test_a_single_statement_of_an_autocommit_file_is_read_from_inside(observe: Observe) -> None:
    trace = observe(
        "DROP INDEX CONCURRENTLY shop.orders_code_idx; ALTER TABLE shop.orders ADD COLUMN x int;"
        "UPDATE shop.lines SET order_id = 1;"
    )
    assert locks(trace, 1) == {("shop.orders", "AccessExclusiveLock")}
    assert trace.statements[1].complete
    assert trace.statements[2].writes[0].updated == 50


def test_set_transaction_may_come_first(observe: Observe) -> None:
    trace = observe("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; SELECT 1;")
    assert trace.succeeded


def test_nothing_is_left_behind(shop: Database) -> None:
    with shop.connect(OWNER) as connection:
        observer = ServerObserver(shop.connect)
        run_script(connection, parse_script("SELECT 1; SELECT 2"), observer=observer)
        left: tuple[int, int] | None = connection.execute(
            "SELECT (SELECT count(*) FROM pg_prepared_statements),"
            " (SELECT count(*) FROM pg_class WHERE relpersistence = 't')"
        ).fetchone()
    assert left == (0, 0)


def test_observing_costs_less_than_a_millisecond_a_statement(shop: Database) -> None:
    """On a busy server: not more than a few looks at its locks, which are everybody's, cost."""
    statements = 100

    def run(statement: str, observer: ServerObserver | None = None) -> float:
        text = parse_script(f"{statement};" * statements)
        with shop.connect(OWNER) as connection:
            return min(run_script(connection, text, observer=observer).ms for _ in range(3))

    plain = run("SELECT 1")
    look = run("SELECT count(*) FROM pg_catalog.pg_locks") - plain
    cost = run("SELECT 1", ServerObserver(shop.connect)) - plain
    assert cost / statements < max(1, 5 * look / statements)


def test_a_refusal_is_traced_up_to_the_statement(observe: Observe) -> None:
    trace = observe("ALTER TABLE shop.orders ADD COLUMN x int;\nSELECT nothing;")
    assert trace.failure is not None
    assert (trace.failure.sqlstate, trace.failure.line) == ("42703", 2)
    assert len(trace.statements) == 1


def test_the_second_connection_is_closed(shop: Database, observe: Observe) -> None:
    observe("CREATE INDEX CONCURRENTLY fresh_idx ON shop.orders (amount)")
    with psycopg.connect(shop.dsn) as connection:
        for _ in range(50):
            [(count,)] = connection.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            ).fetchall()
            if count == 1:
                break
            connection.rollback()
            time.sleep(0.02)
    assert count == 1
