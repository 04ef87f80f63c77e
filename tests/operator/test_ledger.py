"""What the ledger says, what it refuses, and what the files of a call cannot change about it."""

from __future__ import annotations

import hashlib

import psycopg
import pytest

from harness.operator import Verb, baselining, seeding
from tests.operator.conftest import MakeSite
from tests.operator.site import OWNER, Site
from tests.trees.builder import migration, seed

A = migration("V100001", "CREATE TABLE a (id int)", "DROP TABLE a", slug="a")
B = migration("V100002", "CREATE TABLE b (id int)", "DROP TABLE b", slug="b")
ROWS = seed("S100001", "INSERT INTO a VALUES (1)")
INDEX = migration(
    "V100002",
    "DROP INDEX CONCURRENTLY IF EXISTS a_id;\nCREATE INDEX CONCURRENTLY a_id ON a (id)",
    "DROP INDEX CONCURRENTLY IF EXISTS a_id",
    slug="index",
)


def test_each_run_leaves_a_start_and_an_end(site: MakeSite) -> None:
    here = site(A, INDEX, ROWS)
    assert here.apply().code == 0
    assert here.run(Verb.SEED, seeding(here.plan)).code == 0
    assert here.undo("V100002").code == 0
    assert here.history() == [
        ("V100001", "started"),
        ("V100001", "applied"),
        ("V100002", "started"),
        ("V100002", "applied"),
        ("S100001", "started"),
        ("S100001", "seeded"),
        ("V100002", "started"),
        ("V100002", "rolled back"),
    ]
    assert here.states() == {"V100001": "applied", "V100002": "rolled back", "S100001": "seeded"}


def test_a_row_says_what_when_by_whom_and_how_long(site: MakeSite) -> None:
    here = site(A, INDEX)
    here.apply()
    rows = here.rows(
        "SELECT file, checksum, by_role, at <= now(), duration > '0', transactional, backend > 0"
        " FROM migration.history WHERE action = 'applied' ORDER BY id"
    )
    first, second = here.plan.migrations
    ((login,),) = here.rows("SELECT session_user::text")
    assert rows == [
        (
            f"migrations/phase-100-mvp/core/{each.path.name}",
            hashlib.sha256(each.path.read_bytes()).hexdigest(),
            login,
            True,
            True,
            each is first,
            True,
        )
        for each in (first, second)
    ]


def test_the_end_is_written_by_the_transaction_of_the_file(site: MakeSite) -> None:
    here = site(A)
    here.apply()
    (same,) = here.rows(
        "SELECT h.transaction::xid = c.xmin FROM migration.history AS h, pg_class AS c"
        " WHERE h.action = 'applied' AND c.relname = 'a'"
    )
    assert same == (True,)


def test_everything_belongs_to_the_owner(site: MakeSite) -> None:
    here = site(A)
    here.apply()
    owners = here.rows(
        "SELECT DISTINCT relowner::regrole::text FROM pg_class"
        " WHERE relnamespace::regnamespace::text IN ('public', 'migration')"
    )
    assert owners == [(OWNER,)]


def test_applying_twice_finds_nothing_to_do(site: MakeSite) -> None:
    here = site(A, B)
    here.apply()
    before = here.history()
    ran = here.apply()
    assert ran.code == 0
    assert here.history() == before
    assert all("já estava aplicada" in line for line in ran.out)
    assert ran.err == ()


def test_seeds_run_again_and_each_time_is_recorded(site: MakeSite) -> None:
    here = site(A, ROWS)
    here.apply()
    for _ in range(2):
        assert here.run(Verb.SEED, seeding(here.plan)).code == 0
    assert here.history()[-4:] == [("S100001", "started"), ("S100001", "seeded")] * 2


def test_a_changed_file_is_refused(site: MakeSite) -> None:
    here = site(A, B)
    here.apply()
    path = here.plan.migrations[0].path
    path.write_text(path.read_text() + "-- depois\n")
    ran = here.apply()
    assert ran.code == 3
    assert "V100001 foi aplicada em" in ran.err[-1]
    assert "com outro conteúdo" in ran.err[-1]
    assert ran.outcome.failed is not None
    assert ran.outcome.failed.version == "V100001"
    assert len(here.history()) == 4


def test_a_rolled_back_file_may_change(site: MakeSite) -> None:
    here = site(A)
    here.apply()
    here.undo("V100001")
    path = here.plan.migrations[0].path
    path.write_text("CREATE TABLE a (id bigint);\n")
    assert here.apply().code == 0
    assert here.states() == {"V100001": "applied"}


def test_a_failure_leaves_nothing_but_its_record(site: MakeSite) -> None:
    here = site(A, migration("V100002", "CREATE TABLE b ();\nSELECT 1/0", "DROP TABLE b"))
    ran = here.apply()
    assert ran.code == 3
    assert ran.err[-1] == (
        "V100002__core__expand__step.sql falhou, e nada dela ficou no banco: corrija a causa acima"
        " e repita o comando"
    )
    assert any("V100002__core__expand__step.sql:2: ERROR:" in line for line in ran.err)
    assert here.states() == {"V100001": "applied", "V100002": "failed"}
    assert here.rows("SELECT to_regclass('b')") == [(None,)]
    (detail,) = here.rows("SELECT detail FROM migration.state WHERE state = 'failed'")
    assert "division by zero" in detail[0]


def test_a_deferred_constraint_refuses_the_whole_file(site: MakeSite) -> None:
    broken = """
        CREATE TABLE b (id int PRIMARY KEY, up int REFERENCES b DEFERRABLE INITIALLY DEFERRED);
        INSERT INTO b VALUES (1, 2);
    """
    here = site(migration("V100001", broken, "DROP TABLE b"))
    assert here.apply().code == 3
    assert here.states() == {"V100001": "failed"}
    assert here.rows("SELECT to_regclass('b')") == [(None,)]


def test_a_file_with_its_own_transaction_is_one_with_its_record(site: MakeSite) -> None:
    wrapped = "BEGIN;\nCREATE TABLE b (id int);\nSELECT {};\nCOMMIT;"
    here = site(A, migration("V100002", wrapped.format("1/0"), "DROP TABLE b"))
    assert here.apply().code == 3
    assert here.states()["V100002"] == "failed"
    path = here.plan.migrations[1].path
    path.write_text(path.read_text().replace("1/0", "1"))
    assert here.apply().code == 0
    (same,) = here.rows(
        "SELECT h.transaction::xid = c.xmin FROM migration.history AS h, pg_class AS c"
        " WHERE h.action = 'applied' AND h.version = 'V100002' AND c.relname = 'b'"
    )
    assert same == (True,)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE migration.history SET by_role = 'x'",
        "DELETE FROM migration.history",
        "TRUNCATE migration.history",
        "SET session_replication_role = replica; DELETE FROM migration.history",
    ],
)
def test_the_history_only_grows(site: MakeSite, statement: str) -> None:
    here = site(A)
    here.apply()
    with (
        here.database.connect() as connection,
        pytest.raises(psycopg.errors.RaiseException, match="só recebe linhas"),
    ):
        connection.execute(statement.encode())
    assert len(here.history()) == 2


def test_only_those_who_operate_read_it(site: MakeSite) -> None:
    here = site(A)
    here.apply()
    for role in ("korevitta_monitor", "korevitta_readonly"):
        with here.database.connect(role) as connection:
            assert connection.execute("SELECT count(*) FROM migration.state").fetchone() == (1,)
    with (
        here.database.connect("korevitta_app") as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("SELECT FROM migration.history")


def test_nothing_of_the_scripts_stays_behind(site: MakeSite) -> None:
    here = site(A)
    here.apply()
    assert here.rows("SELECT count(*) FROM pg_largeobject_metadata") == [(0,)]
    functions = here.rows(
        "SELECT oid::regprocedure::text FROM pg_proc"
        " WHERE oid >= 16384 AND pronamespace::regnamespace::text !~ '^pg_temp'"
    )
    assert functions == [("migration.refuse_change()",)]


LITTER = """
    SET search_path TO nowhere;
    SET statement_timeout = '50s';
    SET lock_timeout = '50s';
    SET ROLE korevitta_app;
    RESET ROLE;
    SET ROLE korevitta_owner;
    CREATE TEMPORARY TABLE litter (id int);
    PREPARE litter AS SELECT 1;
    LISTEN litter;
    SET ROLE korevitta_app;
"""
CLEAN = """
    CREATE TABLE clean AS SELECT
        current_user::text AS role,
        current_setting('search_path') AS path,
        current_setting('lock_timeout') AS lock_timeout,
        current_setting('statement_timeout') AS statement_timeout,
        to_regclass('litter') AS litter,
        (SELECT count(*) FROM pg_prepared_statements) AS prepared,
        (SELECT count(*) FROM pg_listening_channels()) AS listening;
"""


def test_a_file_finds_nothing_of_the_one_before(site: MakeSite) -> None:
    here = site(migration("V100001", LITTER, "SELECT 1"), migration("V100002", CLEAN, "SELECT 1"))
    assert here.apply().code == 0, here.history()
    assert here.rows("TABLE public.clean") == [
        (OWNER, '"$user", public', "5s", "0", None, 0, 0),
    ]


def test_a_file_may_set_the_isolation_of_its_transaction(site: MakeSite) -> None:
    first = "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;\nCREATE TABLE a AS SELECT {}"
    query = first.format("current_setting('transaction_isolation') AS level")
    here = site(migration("V100001", query, "DROP TABLE a"))
    assert here.apply().code == 0
    assert here.rows("TABLE a") == [("serializable",)]


def test_the_words_of_the_call_are_none_of_the_files(site: MakeSite) -> None:
    slices = """
        CREATE TABLE a (
            file int, previous int, owner int, wait int, kv_file int, x int[] DEFAULT '{1,2,3}'
        );
        INSERT INTO a VALUES (2, 2, 2, 2, 2);
        CREATE TABLE b AS SELECT x[1:file] AS f, x[1:previous] AS p, x[1:owner] AS o, x[1:wait] AS w
        FROM a;
    """
    here = site(migration("V100001", slices, "DROP TABLE b; DROP TABLE a"))
    assert here.apply(wait=5).code == 0
    assert here.rows("TABLE b") == [([1, 2],) * 4]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "não tem nenhum comando"),
        (b"-- nada\n/* nem aqui */ ;\n", "não tem nenhum comando"),
        (b"SELECT '\xe9';\n", "não é texto em UTF-8"),
        (b"SELECT 1;\0\n", "não é texto em UTF-8"),
        (b"SELECT 1;\n\\! touch stray\n", "barra invertida"),
        (b"CREATE TABLE b ();\nCOMMIT;\nCREATE TABLE c ();\n", "abre ou encerra transações"),
    ],
)
def test_a_file_that_is_no_migration_is_refused_unread(
    site: MakeSite, content: bytes, said: str
) -> None:
    here = site(A)
    here.plan.migrations[0].path.write_bytes(content)
    ran = here.apply()
    assert ran.code == 3
    assert said in ran.err[-1]
    assert here.history() == []


def test_a_byte_order_mark_is_no_part_of_the_text(site: MakeSite) -> None:
    here = site(A)
    path = here.plan.migrations[0].path
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert here.apply().code == 0


def test_a_baseline_records_without_running(site: MakeSite) -> None:
    here = site(A, B)
    with here.database.connect(OWNER) as connection:
        connection.execute("CREATE TABLE a (id int)")
    assert here.apply().code == 3  # so one finds out
    assert here.run(Verb.BASELINE, baselining(here.plan, "V100001")).code == 0
    assert here.states() == {"V100001": "baselined"}
    assert here.apply().code == 0
    assert here.states() == {"V100001": "baselined", "V100002": "applied"}
    again = here.run(Verb.BASELINE, baselining(here.plan, "V100001"))
    assert again.code == 0
    refused = here.run(Verb.BASELINE, baselining(here.plan, "V100002", {"V100001"}))
    assert refused.code == 3
    assert "já tem história neste banco" in refused.err[-1]


def test_a_baseline_leaves_no_gap(site: MakeSite) -> None:
    here = site(A, B)
    ran = here.run(Verb.BASELINE, baselining(here.plan, "V100002", {"V100001"}))
    assert ran.code == 3
    assert "V100002 vem depois de V100001, que não está aplicada" in ran.err[-1]


def test_a_status_without_a_ledger_is_empty(real_site: Site) -> None:
    assert real_site.states() == {}
