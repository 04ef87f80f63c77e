"""A database made by the scripts is the one that the harness computes, forward and backward."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.catalog import Catalog, read_catalog
from harness.database import Cluster, Database
from harness.execute import run_script
from harness.operator import Verb, applying, seeding
from harness.plan import Plan
from harness.sql import Script
from tests.catalog.dumping import DUMPS_UP_TO
from tests.operator.site import OWNER, Site
from tests.render.replaying import difference, dump_difference


@pytest.fixture
def rehearsed(cluster: Cluster, plan: Plan) -> Iterator[Database]:
    """Provide the database that the harness makes, seeds in the order of the specification."""
    cluster.ensure_roles(plan.roles)
    made = cluster.create(OWNER)
    for phase in plan.phases:
        for migration in phase.migrations:
            run_as_harness(made, migration.forward)
        for seed in phase.seeds:
            run_as_harness(made, seed.script)
    yield made
    cluster.drop(made)


def run_as_harness(database: Database, script: Script) -> None:
    with database.connect(OWNER) as connection:
        assert run_script(connection, script).failure is None


def without_ledger(database: Database) -> Catalog:
    with database.connect() as connection:
        connection.execute("DROP SCHEMA migration CASCADE")
        return read_catalog(connection)


def assert_dumps_agree(one: Database, other: Database) -> None:
    """Ask a second witness, where the wheel's pg_dump reads this server."""
    with one.connect() as connection:
        readable = connection.info.server_version // 10000 <= DUMPS_UP_TO
    if readable:
        assert dump_difference(one, other) == ""


def operate(site: Site) -> None:
    for phase in site.plan.phases:
        assert site.run(Verb.APPLY, applying(site.plan, [phase.id])).code == 0
        assert site.run(Verb.SEED, seeding(site.plan, [phase.id])).code == 0


def test_four_phases_with_their_seeds_make_what_the_harness_computes(
    real_site: Site, rehearsed: Database
) -> None:
    operate(real_site)
    made = without_ledger(real_site.database)
    with rehearsed.connect() as connection:
        assert difference(made, read_catalog(connection)) == ""
    assert_dumps_agree(real_site.database, rehearsed)


def test_seeds_write_the_same_number_of_rows(real_site: Site, rehearsed: Database) -> None:
    operate(real_site)
    counted = "SELECT count(*) FROM protocol.foods"
    with rehearsed.connect() as connection:
        expected = connection.execute(counted).fetchall()
    assert real_site.rows(counted) == expected
    assert expected[0][0] > 0


def test_every_phase_rolled_back_gives_the_start(real_site: Site, cluster: Cluster) -> None:
    operate(real_site)
    for phase in reversed(real_site.plan.phases):
        versions = [each.version for each in reversed(phase.migrations)]
        assert real_site.undo(*versions).code == 0
    pristine = cluster.create(OWNER)
    with pristine.connect() as connection:
        start = read_catalog(connection)
    assert difference(without_ledger(real_site.database), start) == ""
    assert_dumps_agree(real_site.database, pristine)
    cluster.drop(pristine)


def test_migrations_alone_in_one_call(real_site: Site, plan: Plan) -> None:
    ran = real_site.apply()
    assert ran.code == 0
    assert set(real_site.states().values()) == {"applied"}
    assert len(real_site.states()) == len(plan.migrations)
