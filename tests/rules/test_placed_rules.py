"""Rules that need the plan around a migration: its domain, its release, its owner's rights."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from harness.catalog.model import Identity
from harness.checks.finding import Finding
from harness.checks.rehearsal.trials import try_migration
from harness.checks.release import domains
from harness.checks.release.domains import Placed, Provenance
from harness.database import Cluster, Database
from harness.plan import Migration, Phase, Plan
from harness.render.findings import findings_text
from harness.sql import parse_script
from tests.rules.cases import Case, cases_of, folder_of
from tests.rules.observed import OWNER, filled, migration_of, observe, read_case

RULES = tuple(rule.id for rule in domains.RULES)
_YOUNG = "-- young: "


def cases(rule: str) -> tuple[Case, ...]:
    """Return a rule's cases for a server; a rule with a half in the text keeps them in `run`."""
    run = folder_of(rule) / "run"
    if not run.is_dir():
        return cases_of(rule)
    return tuple(Case(rule=rule, path=path) for path in sorted(run.glob("*.sql")))


CASES = tuple(case for rule in RULES for case in cases(rule))


def plan_around(migration: Migration) -> Plan:
    """Put a migration behind another one of the same release."""
    earlier = replace(migration, version="V100000", forward=parse_script("SELECT 1"))
    phase = Phase(
        id=migration.phase,
        order=100,
        release=migration.release,
        released=False,
        domains=("core", "protocol"),
        migrations=(earlier, migration),
        seeds=(),
        line=1,
    )
    return Plan(
        root=Path("db"),
        repository=Path(),
        manifest_file="db/migration-manifest.yaml",
        project="sample",
        schema_per_domain=True,
        postgres=None,
        owner=OWNER,
        roles=(),
        app_roles=(),
        phases=(phase,),
    )


def provenance_of(setup: str) -> Provenance:
    """Read which objects of the setup stand for those of an earlier migration."""
    named = (line.removeprefix(_YOUNG) for line in setup.splitlines() if line.startswith(_YOUNG))
    return {
        Identity(kind=kind, name=name): "V100000"
        for kind, _, name in (each.partition(" ") for each in named)
    }


@pytest.fixture(scope="module")
def template(cluster: Cluster) -> Database:
    return filled(cluster)


def judged(case: Case, cluster: Cluster, template: Database) -> tuple[Finding, ...]:
    parts = read_case(case)

    @contextmanager
    def copy(setup: str = parts.setup) -> Iterator[Database]:
        database = cluster.clone(template)
        with database.connect(OWNER) as connection:
            if setup.strip():
                connection.execute(setup.encode())
        yield database
        cluster.drop(database)

    with copy("") as database:
        seen = observe(database, parts.setup, parts.migration)
    plan = plan_around(parts.migration)
    placed = Placed(
        seen=seen,
        plan=plan,
        provenance=provenance_of(parts.setup),
        as_superuser=try_migration(seen, plan, copy).as_superuser,
    )
    return tuple(found for rule in domains.RULES for found in rule.findings(placed))


@pytest.mark.parametrize("rule", RULES)
def test_rule_has_a_bad_and_a_good_case(rule: str) -> None:
    assert {case.is_bad for case in cases(rule)} == {True, False}


@pytest.mark.parametrize("case", [each for each in CASES if each.is_bad], ids=lambda c: c.name)
def test_bad_case_is_caught_at_its_lines(
    case: Case, cluster: Cluster, template: Database, snapshot: SnapshotAssertion
) -> None:
    found = judged(case, cluster, template)
    assert {each.rule for each in found} == {case.rule}
    assert tuple(sorted(f"{each.file}:{each.line}" for each in found)) == case.expected
    assert findings_text(found) == snapshot


@pytest.mark.parametrize("case", [each for each in CASES if not each.is_bad], ids=lambda c: c.name)
def test_good_case_is_not_caught(case: Case, cluster: Cluster, template: Database) -> None:
    assert judged(case, cluster, template) == ()


def test_a_migration_that_is_done_as_superuser_alone_is_tried_as_one(
    cluster: Cluster, template: Database
) -> None:
    migration = migration_of(parse_script("ALTER SYSTEM SET work_mem = '8MB'"))
    database = cluster.clone(template)
    seen = observe(database, "", migration)
    cluster.drop(database)
    assert seen.forward.failure is not None
    assert seen.forward.failure.sqlstate == "42501"
