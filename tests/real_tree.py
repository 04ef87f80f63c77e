"""The real tree at the end of its last phase, without a row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.database import Cluster, Database
from harness.execute import run_script
from harness.plan import Plan, read_plan

ROOT = Path(__file__).parents[1] / "backend" / "db"


@pytest.fixture(scope="session")
def real_plan() -> Plan:
    return read_plan(ROOT)[0]


@pytest.fixture(scope="session")
def real_end(cluster: Cluster, real_plan: Plan) -> Database:
    """Provide the template of a database with every migration behind it."""
    cluster.ensure_roles(real_plan.roles)

    def build(database: Database) -> None:
        for migration in real_plan.migrations:
            with database.connect(database.owner) as connection:
                failure = run_script(connection, migration.forward).failure
            assert failure is None, (migration.file, failure)

    key = "".join(each.forward.sha256 for each in real_plan.migrations)
    return cluster.template(key, build, real_plan.owner)


@pytest.fixture
def real_database(cluster: Cluster, real_end: Database) -> Iterator[Database]:
    clone = cluster.clone(real_end)
    yield clone
    cluster.drop(clone)
