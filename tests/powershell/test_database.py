"""The scripts with a real psql on a real server: what they leave is what the harness computes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.catalog import CatalogObject, read_catalog
from harness.database import Cluster, Database
from harness.diff import compare
from harness.operator import find_psql
from harness.plan import Plan
from tests.powershell.shells import Shell, shells
from tests.powershell.source import SCRIPTS

every_shell = pytest.mark.parametrize("shell", shells())
LEDGER = "migration"


@pytest.fixture
def empty(cluster: Cluster, real_plan: Plan) -> Iterator[Database]:
    cluster.ensure_roles(real_plan.roles)
    database = cluster.create(real_plan.owner)
    yield database
    cluster.drop(database)


def environment(database: Database) -> dict[str, str]:
    psql = find_psql(None, os.environ)
    return psql.environment({"DATABASE_URL": database.dsn, "PSQL_PATH": str(psql.path)})


def is_of_the_ledger(each: CatalogObject) -> bool:
    return each.schema == LEDGER or each.identity.name == LEDGER


@every_shell
def test_all_phases_leave_what_the_harness_computes(
    shell: Shell, empty: Database, real_plan: Plan, real_database: Database, tmp_path: Path
) -> None:
    said = ""
    for phase in real_plan.phases:
        for script in ("apply.ps1", "seed.ps1"):
            done = shell.run(
                SCRIPTS / script, "-Phase", phase.id, cwd=tmp_path, environment=environment(empty)
            )
            assert done.returncode == 0, done.stderr
            said += done.stdout
    assert all(f"{each.version} aplicada" in said for each in real_plan.migrations)
    with empty.connect() as connection, real_database.connect() as expected:
        delta = compare(read_catalog(expected), read_catalog(connection))
    assert [each.identity for each in delta.added if not is_of_the_ledger(each)] == []
    assert (delta.removed, delta.changed) == ((), ())


@every_shell
def test_a_failure_is_closed_and_a_repetition_goes_on(
    shell: Shell, empty: Database, root: Path
) -> None:
    given = environment(empty)
    manifest = root / "migration-manifest.yaml"
    text = manifest.read_text(encoding="utf-8").replace("zoo_owner", "korevitta_owner")
    manifest.write_text(text, encoding="utf-8")
    broken = root / "migrations/phase-100-mvp/apple/V100002__apple__expand__second.sql"
    broken.write_text("SELECT 1 / 0;\n", encoding="utf-8")
    scripts = root / "scripts"

    def applied(phase: str) -> tuple[int, str]:
        done = shell.run(scripts / "apply.ps1", "-Phase", phase, cwd=root, environment=given)
        return done.returncode, done.stderr

    code, said = applied("phase-100-mvp")
    assert (code, "V000001" in said) == (3, True)
    assert applied("phase-000-base") == (0, "")
    code, said = applied("phase-100-mvp")
    assert (code, "division by zero" in said) == (3, True)
    broken.write_text("SELECT 1;\n", encoding="utf-8")
    assert applied("phase-100-mvp") == (0, "")
    assert ends(empty) == [
        ("V000001", "applied"),
        ("V100001", "applied"),
        ("V100002", "failed"),
        ("V100002", "applied"),
        ("V1000010", "applied"),
    ]


def ends(database: Database) -> list[tuple[str, str]]:
    with database.connect() as connection:
        return connection.execute(
            "SELECT version, action FROM migration.history WHERE action <> 'started' ORDER BY id"
        ).fetchall()
