"""backend/db's own files, broken one at a time: each is caught by the rule that is there for it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.checks.operations import Kind, Operations, Stage
from harness.checks.operations.operating import judge_operation
from harness.checks.operations.promtool import PROGRAM
from harness.checks.rehearsal.prepare import rehearse
from harness.database import Cluster
from harness.plan import read_plan
from harness.server import Server

REPOSITORY = Path(__file__).parents[2]
OBSERVABILITY = "backend/db/observability"
RUNBOOKS = "backend/runbooks"
BY_THEMSELVES = frozenset({Kind.QUERY, Kind.COLLECTOR, Kind.RUNBOOK})
"""A change to another file changes nothing in what these do."""

pytestmark = pytest.mark.skipif(
    shutil.which(PROGRAM) is None, reason=f"{PROGRAM} is not installed (it comes with Prometheus)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutation:
    """One change, and the files in which some rule must see it."""

    name: str
    file: str
    old: str
    new: str
    caught: frozenset[tuple[str, str]]


def mutation(name: str, file: str, old: str, new: str, *caught: tuple[str, str]) -> Mutation:
    return Mutation(name=name, file=file, old=old, new=new, caught=frozenset(caught))


def queries(name: str) -> str:
    return f"{OBSERVABILITY}/queries/{name}"


def alerts(name: str) -> str:
    return f"{OBSERVABILITY}/alerts/{name}"


def dashboards(name: str) -> str:
    return f"{OBSERVABILITY}/dashboards/{name}"


MUTATIONS = (
    mutation(
        "metric-renamed",
        queries("matviews.collector.yml"),
        "korevitta_matview_age_seconds",
        "korevitta_matview_age",
        ("alert-invalid", alerts("analytics.yml")),
        ("dashboard-invalid", dashboards("analytics.json")),
    ),
    mutation(
        "label-renamed",
        queries("locks.collector.yml"),
        "key_labels: [table]",
        "key_labels: [relation]",
        ("query-fails", queries("locks.collector.yml")),
        ("dashboard-invalid", dashboards("partitions.json")),
    ),
    mutation(
        "value-column-renamed",
        queries("jobs.collector.yml"),
        "h.seconds_late AS late,",
        "h.seconds_late AS seconds_late,",
        ("query-fails", queries("jobs.collector.yml")),
    ),
    mutation(
        "table-without-schema",
        queries("jobs.collector.yml"),
        "FROM ops.backfill_jobs AS b",
        "FROM backfill_jobs AS b",
        ("query-fails", queries("jobs.collector.yml")),
    ),
    mutation(
        "boolean-value",
        queries("partitions.collector.yml"),
        "h.next_month_exists::integer AS",
        "h.next_month_exists AS",
        ("query-fails", queries("partitions.collector.yml")),
    ),
    mutation(
        "one-series-many-rows",
        queries("isolation.collector.yml"),
        "      GROUP BY p.nspname\n",
        "      GROUP BY p.nspname, p.oid\n",
        ("query-fails", queries("isolation.collector.yml")),
    ),
    mutation(
        "query-beyond-the-role",
        queries("practice_summary.sql"),
        "FROM analytics.practice_dashboard AS d",
        "FROM analytics.mv_patient_dashboard AS d",
        ("query-fails", queries("practice_summary.sql")),
    ),
    mutation(
        "declared-column-dropped",
        queries("dead_rows.sql"),
        "    t.n_dead_tup AS dead_rows,\n",
        "",
        ("query-fails", queries("dead_rows.sql")),
    ),
    mutation(
        "alert-never-fires",
        alerts("partitions.yml"),
        "korevitta_partition_default_rows > 0",
        "korevitta_partition_default_rows < 0",
        ("alert-invalid", alerts("tests/partitions.test.yml")),
    ),
    mutation(
        "alert-on-a-label-that-is-not-there",
        alerts("health.yml"),
        '{role=~"korevitta_(app|readonly)"}',
        '{usename=~"korevitta_(app|readonly)"}',
        ("alert-invalid", alerts("health.yml")),
        ("alert-invalid", alerts("tests/health.test.yml")),
    ),
    mutation(
        "alert-without-severity",
        alerts("isolation.yml"),
        "expr: korevitta_isolation_side_doors > 0\n        labels:\n          severity: critical",
        "expr: korevitta_isolation_side_doors > 0\n        labels:\n          team: db",
        ("alert-invalid", alerts("isolation.yml")),
        ("alert-invalid", alerts("tests/isolation.test.yml")),
    ),
    mutation(
        "alert-that-is-no-promql",
        alerts("health.yml"),
        "increase(korevitta_deadlocks_total[15m]) > 3",
        "increase(korevitta_deadlocks_total) > 3",
        ("alert-invalid", alerts("health.yml")),
        ("alert-invalid", alerts("tests/health.test.yml")),
    ),
    mutation(
        "heading-of-an-alert-renamed",
        f"{RUNBOOKS}/particoes.md",
        "## A manutenção falha",
        "## Quando a manutenção falha",
        ("alert-invalid", alerts("partitions.yml")),
    ),
    mutation(
        "panel-of-another-database",
        dashboards("health.json"),
        "rate(korevitta_commits_total[$__rate_interval])",
        "rate(pg_stat_database_xact_commit[$__rate_interval])",
        ("dashboard-invalid", dashboards("health.json")),
    ),
    mutation(
        "panel-that-is-no-promql",
        dashboards("partitions.json"),
        "sum(korevitta_partition_default_rows)",
        "sum(korevitta_partition_default_rows",
        ("dashboard-invalid", dashboards("partitions.json")),
    ),
    mutation(
        "dashboard-uid-taken",
        dashboards("isolation.json"),
        '"uid": "korevitta-isolation"',
        '"uid": "korevitta-health"',
        ("dashboard-invalid", dashboards("isolation.json")),
        ("dashboard-invalid", dashboards("health.json")),
    ),
    mutation(
        "runbook-names-a-table-that-is-not-there",
        f"{RUNBOOKS}/incidente-de-isolamento.md",
        "REVOKE ALL ON TABLE progress.progress_photos",
        "REVOKE ALL ON TABLE progress.photos",
        ("runbook-broken", f"{RUNBOOKS}/incidente-de-isolamento.md"),
    ),
    mutation(
        "runbook-calls-a-routine-that-is-not-there",
        f"{RUNBOOKS}/particoes.md",
        "CALL ops.ensure_partitions();",
        "CALL ops.create_partitions();",
        ("runbook-broken", f"{RUNBOOKS}/particoes.md"),
    ),
    mutation(
        "runbook-step-that-a-later-one-needs-gone",
        f"{RUNBOOKS}/ensaio-de-rollback.md",
        "CREATE TEMPORARY TABLE rows_before (",
        "CREATE TEMPORARY TABLE rows_then (",
        ("runbook-broken", f"{RUNBOOKS}/ensaio-de-rollback.md"),
    ),
    mutation(
        "runbook-promises-a-refusal",
        f"{RUNBOOKS}/ambiente-novo.md",
        "SELECT count(*) FROM communication.messages_default;",
        "SELECT count(*) FROM communication.messages;",
        ("runbook-broken", f"{RUNBOOKS}/ambiente-novo.md"),
    ),
    mutation(
        "runbook-link-to-nowhere",
        f"{RUNBOOKS}/README.md",
        "(matviews.md)",
        "(views.md)",
        ("runbook-broken", f"{RUNBOOKS}/README.md"),
    ),
)


@pytest.fixture(scope="module")
def stage(postgres_server: Server, cluster: Cluster) -> Stage:
    plan, _ = read_plan(REPOSITORY / "backend" / "db")
    rehearse(plan, cluster, postgres_server.kind.value).close()  # the roles, as an administrator
    return Stage(plan, cluster)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for folder in (OBSERVABILITY, RUNBOOKS):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder)
    return tmp_path


def caught(repository: Path, stage: Stage, changed: str) -> set[tuple[str, str]]:
    """Judge what a change can reach; return the rules that see something, and where."""
    operations = Operations(repository / "backend" / "db", repository)
    found: set[tuple[str, str]] = set()
    for file in operations.files:
        if file.file == changed or _is_reached(file.kind, changed):
            judged = judge_operation(file, operations, stage)
            found |= {(each.rule, each.file) for each in judged.findings}
    return found


def _is_reached(kind: Kind, changed: str) -> bool:
    if kind is Kind.ALERT_TESTS:
        return changed.startswith(alerts(""))
    return kind not in BY_THEMSELVES


@pytest.mark.parametrize("change", MUTATIONS, ids=lambda each: each.name)
def test_each_mutation_is_caught(change: Mutation, copied: Path, stage: Stage) -> None:
    path = copied / change.file
    text = path.read_text(encoding="utf-8")
    assert change.old in text
    path.write_text(text.replace(change.old, change.new), encoding="utf-8")
    assert caught(copied, stage, change.file) == change.caught
