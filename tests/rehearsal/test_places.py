"""Shared places: a rehearsal starts where another one has been, and finds the same there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.catalog import Catalog
from harness.checks.rehearsal.chain import Chain
from harness.checks.rehearsal.places import SharedPlaces
from harness.checks.rehearsal.prepare import rehearse
from harness.checks.rehearsal.rehearsal import PLAIN_OWNER
from harness.database import Cluster
from harness.plan import Plan, read_plan
from tests.trees import migration, seed, write_tree

pytestmark = pytest.mark.server


def plan_of(folder: Path, *, second: str = "CREATE TABLE app.b ()", last: str = "app.c") -> Plan:
    """Read a tree of three migrations and a seed; what they do can differ from the second on."""
    write_tree(
        folder,
        migration(
            "V100001",
            "CREATE SCHEMA app; CREATE TABLE app.a (n int)",
            "DROP TABLE app.a; DROP SCHEMA app",
        ),
        migration("V100002", second, "DROP TABLE app.b"),
        migration("V100003", f"CREATE TABLE {last} ()", f"DROP TABLE {last}"),
        seed("S100001", "INSERT INTO app.a VALUES (1)"),
        migration("V200001", "CREATE TABLE app.d ()", "DROP TABLE app.d"),
    )
    plan, faults = read_plan(folder)
    assert not faults
    return plan


def shared(plan: Plan, cluster: Cluster, *places: int) -> SharedPlaces:
    return SharedPlaces(plan, cluster, PLAIN_OWNER, kind="of a test", places=places)


def chain(plan: Plan, cluster: Cluster, *places: int) -> Chain:
    cluster.ensure_roles((PLAIN_OWNER,))
    return Chain(
        plan, cluster, PLAIN_OWNER, keeps_unseeded=True, shared=shared(plan, cluster, *places)
    )


def catalog_at(one: Chain, place: int) -> Catalog:
    walk = one.at(place)
    catalog = walk.catalog
    walk.rest()
    return catalog


@pytest.fixture
def own(postgres_server: object, cluster: Cluster) -> Iterator[Cluster]:
    """Return a second process' view of the server, whose templates go with the test."""
    with Cluster(cluster.dsn) as opened:
        yield opened


def test_a_chain_starts_where_another_has_been(own: Cluster, tmp_path: Path) -> None:
    plan = plan_of(tmp_path / "db")
    first = chain(plan, own, 2)
    found = catalog_at(first, 4)
    place, _ = shared(plan, own, 2).nearest(4) or (0, None)
    assert place == 2
    assert catalog_at(chain(plan, own), 4) == found


def test_only_a_plan_with_the_same_files_finds_it(own: Cluster, tmp_path: Path) -> None:
    catalog_at(chain(plan_of(tmp_path / "one"), own, 1, 2), 3)
    later = plan_of(tmp_path / "two", last="app.e")
    other = plan_of(tmp_path / "three", second="CREATE TABLE app.b (n int)")
    assert (shared(later, own, 1, 2).nearest(3) or (0,))[0] == 2
    assert (shared(other, own, 1, 2).nearest(3) or (0,))[0] == 1


def test_nothing_is_kept_behind_a_migration_that_does_not_apply(
    own: Cluster, tmp_path: Path
) -> None:
    plan = plan_of(tmp_path / "db", second="CREATE TABLE nowhere.b ()")
    catalog_at(chain(plan, own, 1, 2, 3), 4)
    assert (shared(plan, own, 1, 2, 3).nearest(4) or (0,))[0] == 1


def test_the_end_of_a_phase_without_its_seeds_is_still_to_be_had(
    own: Cluster, tmp_path: Path
) -> None:
    plan = plan_of(tmp_path / "db")
    catalog_at(chain(plan, own, 2, 3), 3)
    with (
        chain(plan, own, 2, 3).clone_before_seeds(3) as walk,
        walk.database.connect() as connection,
    ):
        assert connection.execute("SELECT count(*) FROM app.a").fetchone() == (0,)


def test_verdicts_do_not_depend_on_where_a_rehearsal_starts(own: Cluster, tmp_path: Path) -> None:
    plan = plan_of(tmp_path / "db")
    seen = []
    for _ in range(2):
        with rehearse(plan, own, "embedded", share=(1, 2, 3)) as rehearsal:
            evidence = rehearsal.migration("V200001")
            seen.append((evidence.before, evidence.after, evidence.back, evidence.again_after))
            assert rehearsal.phase(plan.phases[-1]).went_wrong is False
    assert seen[0] == seen[1]
