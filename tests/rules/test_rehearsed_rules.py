"""Rules that need more than one run of a migration: each gathers its evidence on clones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from harness.checks.downtime import interruption, lock_timeout
from harness.checks.downtime.contended import contended_tables
from harness.checks.finding import Finding
from harness.checks.release import backfill, data
from harness.checks.release.data import DataEvidence, digests, tables_to_digest
from harness.checks.release.touched import touched
from harness.database import Cluster, Database
from harness.execute import run_script
from harness.plan import Plan
from harness.render.findings import findings_text
from tests.rules.cases import Case, cases_of
from tests.rules.observed import OWNER, catalog_of, filled, observe, read_case

PLAN = Plan(
    root=Path("db"),
    repository=Path(),
    manifest_file="db/migration-manifest.yaml",
    project="sample",
    schema_per_domain=True,
    postgres=None,
    owner=OWNER,
    roles=(),
    app_roles=(),
    phases=(),
)


@dataclass(frozen=True)
class Bench:
    """Clones of the filled database, each with a case's setup."""

    cluster: Cluster
    template: Database

    @contextmanager
    def clone(self, setup: str) -> Iterator[Database]:
        database = self.cluster.clone(self.template)
        try:
            if setup.strip():
                with database.connect(OWNER) as connection:
                    connection.execute(setup.encode())
            yield database
        finally:
            self.cluster.drop(database)


@pytest.fixture(scope="module")
def bench(cluster: Cluster) -> Bench:
    return Bench(cluster, filled(cluster))


def data_findings(case: Case, bench: Bench) -> tuple[Finding, ...]:
    parts = read_case(case)
    with bench.clone(parts.setup) as before, bench.clone("") as database:
        seen = observe(database, parts.setup, parts.migration)
        tables = tables_to_digest(seen.before, touched(seen), parts.migration)
        assert parts.migration.backward is not None
        with database.connect(OWNER) as connection:
            assert run_script(connection, parts.migration.backward).failure is None
        evidence = DataEvidence(
            migration=parts.migration,
            before=digests(before, seen.before, tables),
            back=digests(database, seen.before, tables),
        )
    return tuple(found for rule in data.RULES for found in rule.findings(evidence))


def lock_timeout_findings(case: Case, bench: Bench) -> tuple[Finding, ...]:
    parts = read_case(case)
    with bench.clone("") as database:
        seen = observe(database, parts.setup, parts.migration)
        tables = contended_tables(seen)
    with bench.clone(parts.setup) as database:
        evidence = lock_timeout.contend(
            database,
            seen.before,
            parts.migration,
            tables,
            timeout_ms=0 if "-- runner: 0" in parts.setup else 5000,
        )
        if not evidence.is_spent:
            with database.connect(OWNER) as connection:
                evidence = evidence.retried(run_script(connection, parts.migration.forward))
    return tuple(found for rule in lock_timeout.RULES for found in rule.findings(evidence))


def interruption_findings(case: Case, bench: Bench) -> tuple[Finding, ...]:
    parts = read_case(case)

    def clones() -> AbstractContextManager[Database]:
        return bench.clone(parts.setup)

    with bench.clone("") as database:
        seen = observe(database, parts.setup, parts.migration)
    evidence = interruption.interrupt(
        clones, seen.before, seen.after, parts.migration, thorough=True
    )
    assert evidence.interruptions
    return tuple(found for rule in interruption.RULES for found in rule.findings(evidence))


def backfill_findings(case: Case, bench: Bench) -> tuple[Finding, ...]:
    parts = read_case(case)
    with bench.clone(parts.setup) as database:
        evidence = backfill.run_before_backfill(
            database, catalog_of(database), PLAN, parts.migration
        )
    assert evidence is not None
    return tuple(found for rule in backfill.RULES for found in rule.findings(evidence))


GATHERED: dict[str, Callable[[Case, Bench], tuple[Finding, ...]]] = {
    **{rule.id: data_findings for rule in data.RULES},
    **{rule.id: lock_timeout_findings for rule in lock_timeout.RULES},
    **{rule.id: interruption_findings for rule in interruption.RULES},
    **{rule.id: backfill_findings for rule in backfill.RULES},
}
CASES = tuple(case for rule in GATHERED for case in cases_of(rule))


@pytest.mark.parametrize("rule", GATHERED)
def test_rule_has_a_bad_and_a_good_case(rule: str) -> None:
    assert {case.is_bad for case in cases_of(rule)} == {True, False}


@pytest.mark.parametrize("case", [each for each in CASES if each.is_bad], ids=lambda c: c.name)
def test_bad_case_is_caught(case: Case, bench: Bench, snapshot: SnapshotAssertion) -> None:
    found = GATHERED[case.rule](case, bench)
    assert {each.rule for each in found} == {case.rule}
    if case.expected:
        assert {f"{each.file}:{each.line}" for each in found} == set(case.expected)
    assert findings_text(found) == snapshot


@pytest.mark.parametrize("case", [each for each in CASES if not each.is_bad], ids=lambda c: c.name)
def test_good_case_is_not_caught(case: Case, bench: Bench) -> None:
    assert GATHERED[case.rule](case, bench) == ()
