"""The metrics of backend/db against the states that they are there to tell."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest

from harness.checks.operations import Stage
from harness.checks.operations.collectors import Metric, read_collector
from harness.checks.operations.promtool import PROGRAM
from harness.checks.operations.stage import Rows
from harness.checks.rehearsal.prepare import rehearse
from harness.database import Cluster, Database
from harness.plan import read_plan
from harness.server import Server, ServerChoice, running
from harness.server.settings import as_arguments
from tests.operations.exposition import Connection, Series, exposition, scrape

ROOT = Path(__file__).parents[2] / "backend" / "db"
FILES = sorted((ROOT / "observability" / "queries").glob("*.collector.yml"))
METRICS = {each.name: each for path in FILES for each in read_collector(path).metrics}
MONITOR, OWNER, APP = "korevitta_monitor", "korevitta_owner", "korevitta_app"


@pytest.fixture(scope="module")
def stage(postgres_server: Server, cluster: Cluster) -> Stage:
    plan, _ = read_plan(ROOT)
    rehearse(plan, cluster, postgres_server.kind.value).close()  # the roles, as an administrator
    return Stage(plan, cluster)


@pytest.fixture
def database(stage: Stage) -> Iterator[Database]:
    with stage.lend(Rows.FILLED) as lent:
        yield lent


@pytest.fixture
def monitor(database: Database) -> Iterator[Connection]:
    with database.connect(MONITOR) as connection:
        yield connection


@pytest.fixture
def owner(database: Database) -> Iterator[Connection]:
    with database.connect(OWNER) as connection:
        yield connection


def seen(connection: Connection, name: str) -> Series:
    return scrape(connection, METRICS[name])


def test_the_monitor_is_who_runs_what_names_no_role(stage: Stage) -> None:
    assert stage.readers.default == MONITOR
    assert set(stage.readers.allowed) == {MONITOR, "korevitta_readonly"}


@pytest.mark.skipif(shutil.which(PROGRAM) is None, reason=f"{PROGRAM} is not installed")
def test_prometheus_finds_nothing_to_say_of_the_metrics(monitor: Connection) -> None:
    done = subprocess.run(
        [PROGRAM, "check", "metrics"],
        input=exposition(monitor, FILES),
        text=True,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("metric", "change"),
    [
        ("unprotected_tables", "ALTER TABLE core.goals NO FORCE ROW LEVEL SECURITY"),
        ("unprotected_tables", "ALTER TABLE daily.tasks DISABLE ROW LEVEL SECURITY"),
        ("unprotected_tables", "CREATE TABLE core.copies (patient_id uuid)"),
        ("side_doors", "GRANT SELECT ON checkin.checkins_default TO korevitta_app"),
        ("side_doors", "GRANT SELECT ON analytics.mv_patient_dashboard TO korevitta_readonly"),
        ("public_privileges", "GRANT SELECT ON core.goals TO PUBLIC"),
        ("public_privileges", "GRANT EXECUTE ON FUNCTION ops.refresh_matview TO PUBLIC"),
        ("open_policies", "CREATE POLICY a ON core.goals FOR SELECT TO PUBLIC USING (TRUE)"),
        ("open_policies", "CREATE POLICY a ON core.goals FOR INSERT WITH CHECK (TRUE)"),
    ],
)
def test_what_weakens_the_isolation_is_counted(
    owner: Connection, monitor: Connection, metric: str, change: str
) -> None:
    name = f"korevitta_isolation_{metric}"
    assert sum(seen(monitor, name).values()) == 0
    owner.execute(change.encode())
    assert sum(seen(monitor, name).values()) == 1


def test_a_role_that_passes_by_row_security_is_counted(
    database: Database, monitor: Connection
) -> None:
    name = "korevitta_isolation_bypassing_roles"
    with database.connect(autocommit=False) as administrator:
        administrator.execute("SET LOCAL ROLE NONE")
        assert seen(administrator, name) == {(): 0}
        administrator.execute(f"ALTER ROLE {APP} BYPASSRLS".encode())
        administrator.execute(f"GRANT {OWNER} TO korevitta_readonly".encode())
        assert seen(administrator, name) == {(): 2}
        administrator.rollback()  # roles are the whole server's
    assert seen(monitor, name) == {(): 0}


def test_a_policy_more_or_less_changes_the_count(owner: Connection, monitor: Connection) -> None:
    before = seen(monitor, "korevitta_isolation_policies")
    owner.execute("DROP POLICY goals_patient_select ON core.goals")
    after = seen(monitor, "korevitta_isolation_policies")
    assert {k: v for k, v in after.items() if before[k] != v} == {("core",): before[("core",)] - 1}


def test_a_wait_is_told_by_table_and_length(database: Database, monitor: Connection) -> None:
    assert seen(monitor, "korevitta_lock_waiting_sessions") == {(): 0}
    with database.connect(autocommit=False) as holder, database.connect() as waiter:
        holder.execute("LOCK TABLE core.patients")
        waiter.execute("SET statement_timeout = '20s'")
        waiting = Thread(target=waiter.execute, args=(b"SELECT FROM core.patients",))
        waiting.start()
        found = _until_not_empty(monitor, METRICS["korevitta_lock_wait_seconds"])
        assert list(found) == [("core.patients",)]
        assert 0 <= found[("core.patients",)] < 20
        assert seen(monitor, "korevitta_lock_waiters") == {("core.patients",): 1}
        assert seen(monitor, "korevitta_lock_waiting_sessions") == {(): 1}
        assert seen(monitor, "korevitta_table_bytes"), "sizes are told while a table is locked"
        holder.rollback()
        waiting.join()


def test_who_waits_for_a_row_is_told_by_its_table(database: Database, monitor: Connection) -> None:
    change = b"UPDATE identity.plans SET name = name"
    with database.connect(autocommit=False) as holder, database.connect() as waiter:
        holder.execute(change)
        waiter.execute("SET statement_timeout = '20s'")
        waiting = Thread(target=waiter.execute, args=(change,))
        waiting.start()
        found = _until_not_empty(monitor, METRICS["korevitta_lock_wait_seconds"])
        assert list(found) == [("identity.plans",)]
        holder.rollback()
        waiting.join()


def test_partitions_jobs_matviews_and_backfills_tell_what_is_wrong(
    owner: Connection, monitor: Connection
) -> None:
    owner.execute("SET app.maintenance = 'on'")
    owner.execute(
        "UPDATE ops.partitioned_tables SET last_error = 'x' WHERE table_name = 'audit.log'"
    )
    owner.execute("UPDATE ops.scheduled_jobs SET last_started_at = now() - interval '1 hour'")
    owner.execute("UPDATE ops.scheduled_jobs SET last_finished_at = now() - interval '2 hours'")
    owner.execute("UPDATE ops.matviews SET last_refreshed_at = now() - interval '1 hour'")
    owner.execute("UPDATE ops.backfill_jobs SET status = 'failed'")
    assert seen(monitor, "korevitta_partition_upkeep_failed")[("audit.log",)] == 1
    month_behind = "SELECT to_char(now() + interval '1 month', 'YYYY_MM')"
    (month,) = owner.execute(month_behind).fetchone() or ("",)
    owner.execute("CALL ops.ensure_partitions()")
    owner.execute(f"DROP TABLE communication.messages_{month}".encode())
    missing = seen(monitor, "korevitta_partition_next_month_exists")
    assert {k: v for k, v in missing.items() if v == 0} == {("communication.messages",): 0}
    assert seen(monitor, "korevitta_job_late_seconds")[("refresh-matviews",)] == pytest.approx(
        3300, abs=30
    )
    assert seen(monitor, "korevitta_job_running_seconds")[("refresh-matviews",)] == pytest.approx(
        3600, abs=30
    )
    ages = seen(monitor, "korevitta_matview_age_seconds")
    periods = seen(monitor, "korevitta_matview_period_seconds")
    assert (
        ages.keys()
        == periods.keys()
        == {
            ("analytics.mv_patient_dashboard",),
            ("analytics.mv_protocol_effectiveness",),
        }
    )
    assert all(age == pytest.approx(3600, abs=30) for age in ages.values())
    assert set(seen(monitor, "korevitta_backfill_failed").values()) == {1}


def test_an_index_left_invalid_is_counted(database: Database, monitor: Connection) -> None:
    assert seen(monitor, "korevitta_invalid_indexes") == {(): 0}
    with database.connect() as administrator:
        administrator.execute(
            "UPDATE pg_index SET indisvalid = FALSE"
            " WHERE indexrelid = 'core.patients_risk_score_idx'::regclass"
        )
    assert seen(monitor, "korevitta_invalid_indexes") == {(): 1}


def test_without_pg_stat_statements_nothing_fails(database: Database, monitor: Connection) -> None:
    assert seen(monitor, "korevitta_statements_available") == {(): 0}
    assert seen(monitor, "korevitta_query_calls_total") == {}
    with database.connect() as administrator:  # created, but not loaded by the server
        administrator.execute("CREATE EXTENSION pg_stat_statements SCHEMA public")
    assert seen(monitor, "korevitta_statements_available") == {(): 0}
    assert seen(monitor, "korevitta_query_calls_total") == {}


@pytest.mark.server
def test_with_pg_stat_statements_marked_queries_are_measured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loaded = [*as_arguments(), "-c", "shared_preload_libraries=pg_stat_statements"]
    monkeypatch.setattr("harness.server.embedded.as_arguments", lambda: loaded)
    with running(ServerChoice(pg="embedded")) as server, Cluster(server.dsn) as cluster:
        cluster.ensure_roles((MONITOR,), {MONITOR: ("pg_monitor",)})
        database = cluster.create()
        with database.connect() as administrator:
            administrator.execute("CREATE EXTENSION pg_stat_statements SCHEMA public")
            for seconds in (0.01, 0.03):
                marked = f"SELECT /* korevitta:patient-list */ pg_sleep({seconds})"
                administrator.execute(marked.encode())
            administrator.execute("SELECT /* another:patient-list */ 1")
        with database.connect(MONITOR) as monitor:
            assert seen(monitor, "korevitta_statements_available") == {(): 1}
            assert seen(monitor, "korevitta_query_calls_total") == {("patient-list",): 2}
            seconds = seen(monitor, "korevitta_query_seconds_total")[("patient-list",)]
            squared = seen(monitor, "korevitta_query_squared_seconds_total")[("patient-list",)]
        variance = squared / 2 - (seconds / 2) ** 2
        assert 0.04 <= seconds < 1
        assert variance**0.5 >= 0.009, "two calls that differ by 20 ms deviate by 10 ms"


def _until_not_empty(connection: Connection, metric: Metric) -> Series:
    give_up = monotonic() + 10
    while monotonic() < give_up:
        found = scrape(connection, metric)
        if found:
            return found
        sleep(0.02)
    pytest.fail(f"{metric.name} stayed empty")
