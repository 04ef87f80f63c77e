"""A file of `tests/rules` as the only migration of a plan, run, with the schema that it leaves."""

from __future__ import annotations

from pathlib import Path

from harness.catalog import read_catalog
from harness.checks.schema.phase_schema import PhaseSchema, gather_phase_schema
from harness.database import Database
from harness.plan import Migration, Phase, Plan, Seed
from harness.sql import read_script
from tests.rules.cases import Case
from tests.rules.observed import APP, OWNER, migration_of

ALSO = "-- also:"
AS_SUPERUSER = "-- as superuser"


def schema_of(database: Database, case: Case) -> PhaseSchema:
    """Run a case's file and gather what it leaves behind."""
    script = read_script(case.path)
    role = None if script.text.startswith(AS_SUPERUSER) else OWNER
    with database.connect(role) as connection:
        connection.execute(script.text.encode())
    plan = plan_of((migration_of(script, file=case.path.name),))
    with database.connect() as admin:
        catalog = read_catalog(admin)
    return gather_phase_schema(database, catalog, plan, plan.phases[0], disposable=True)


def also(case: Case) -> frozenset[str]:
    """Name the rules that rightly catch a case beside its own."""
    lines = case.path.read_text(encoding="utf-8").splitlines()[:2]
    said = [line.removeprefix(ALSO) for line in lines if line.startswith(ALSO)]
    return frozenset(name.strip() for line in said for name in line.split(","))


def plan_of(migrations: tuple[Migration, ...], seeds: tuple[Seed, ...] = ()) -> Plan:
    """Make a plan of one phase."""
    phase = Phase(
        id="phase-100-mvp",
        order=100,
        release="1.0",
        released=False,
        domains=("core",),
        migrations=migrations,
        seeds=seeds,
        line=1,
    )
    return Plan(
        root=Path(),
        repository=Path(),
        manifest_file="migration-manifest.yaml",
        project="cases",
        schema_per_domain=False,
        postgres=None,
        owner=OWNER,
        roles=(APP,),
        app_roles=(APP,),
        phases=(phase,),
    )
