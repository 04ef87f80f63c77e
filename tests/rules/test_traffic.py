"""Several at once: runners that race, and clients that go on working while a migration runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from harness.checks.downtime import live, runners
from harness.checks.downtime.live import LiveEvidence, live_traffic
from harness.checks.downtime.runners import Race, Run, race
from harness.checks.finding import Finding
from harness.checks.release.old_app import prepare_old_app
from harness.checks.release.touched import Touched
from harness.database import Cluster, Database
from harness.plan import Migration
from harness.sql import parse_script
from tests.rules.observed import APP, OWNER, catalog_of, filled, migration_of, observe

FILE = "scripts/apply.sql"


def second_runner(seen: Race) -> tuple[Finding, ...]:
    return tuple(found for rule in runners.RULES for found in rule.findings(seen))


def test_runners_that_wait_for_each_other_are_good() -> None:
    ledger: list[str] = []
    turn = threading.Lock()

    def apply() -> Run:
        with turn:
            if not ledger:
                ledger.extend(("V1", "V2"))
        return Run(exit_code=0)

    seen = race(apply, lambda: ledger, file=FILE, expected=("V1", "V2"))
    assert seen.applied == ("V1", "V2")
    assert second_runner(seen) == ()


def test_a_migration_applied_twice_is_reported() -> None:
    ledger: list[str] = []

    def apply() -> Run:
        ledger.append("V1")
        return Run(exit_code=0)

    [found] = second_runner(race(apply, lambda: ledger, file=FILE, expected=("V1",)))
    assert found.message == "2 runners at once applied V1 2 times"
    assert (found.file, found.migration) == (FILE, "V1")


def test_a_runner_that_fails_instead_of_waiting_is_reported() -> None:
    ledger: list[str] = []
    turn = threading.Lock()

    def apply() -> Run:
        with turn:
            if ledger:
                return Run(exit_code=3, said="somebody else is\nat work")
            ledger.append("V1")
            return Run(exit_code=0)

    [found] = second_runner(race(apply, lambda: ledger, file=FILE, expected=("V1",)))
    assert "fails with exit code 3: somebody else is at work" in found.message


def test_runners_that_both_leave_it_to_the_other_are_reported() -> None:
    seen = race(lambda: Run(exit_code=0), tuple, file=FILE, expected=("V1", "V2"))
    [found] = second_runner(seen)
    assert found.message.endswith("nobody applied V1, V2")


@pytest.fixture(scope="module")
def template(cluster: Cluster) -> Database:
    return filled(cluster)


@pytest.fixture
def database(cluster: Cluster, template: Database) -> Iterator[Database]:
    clone = cluster.clone(template)
    yield clone
    cluster.drop(clone)


def under_traffic(database: Database, migration: Migration) -> LiveEvidence:
    catalog = catalog_of(database)
    app = prepare_old_app(
        database, catalog, Touched(tables=("core.notes", "core.diaries")), roles=(APP,)
    )
    with live_traffic(database, app) as traffic:
        seen = observe(database, "SELECT pg_sleep(0.1)", migration)
    return traffic.take(seen)


def failures(met: LiveEvidence) -> tuple[Finding, ...]:
    return tuple(found for rule in live.RULES for found in rule.findings(met))


def test_clients_go_on_working_under_an_additive_migration(database: Database) -> None:
    met = under_traffic(
        database, migration_of(parse_script("ALTER TABLE core.notes ADD COLUMN size int"))
    )
    assert met.statements > 20
    assert met.longest_ms < 5000
    assert failures(met) == ()


def test_clients_that_meet_an_error_are_reported(database: Database) -> None:
    met = under_traffic(
        database,
        migration_of(
            parse_script("ALTER TABLE core.notes RENAME COLUMN body TO contents; SELECT 1;")
        ),
    )
    assert {each.object for each in failures(met)} == {"table core.notes"}


def test_a_migration_that_keeps_a_table_closed_makes_clients_stall(database: Database) -> None:
    met = under_traffic(
        database,
        migration_of(
            parse_script("ALTER TABLE core.notes ADD COLUMN size int; SELECT pg_sleep(0.4);")
        ),
    )
    assert met.longest_ms > 300


def test_traffic_leaves_the_rows_as_they_are(database: Database) -> None:
    under_traffic(database, migration_of(parse_script("SELECT 1")))
    with database.connect(OWNER) as connection:
        assert connection.execute("SELECT count(*) FROM core.notes").fetchone() == (80,)
