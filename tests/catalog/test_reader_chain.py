"""Every step of KoreVitta's own chain: what is read again is what is read anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from harness.catalog import CatalogReader, read_catalog
from harness.database import Cluster, Database
from harness.execute import run_script
from harness.plan import Phase, read_plan
from harness.sql import Script
from tests.catalog.korevitta import DB_ROOT, apply_phase
from tests.catalog.test_reader import difference

pytestmark = pytest.mark.server
PLAN = read_plan(DB_ROOT)[0]
assert PLAN is not None


@pytest.mark.parametrize("phase", PLAN.phases, ids=lambda phase: phase.id)
def test_each_step_forward_and_back(phase: Phase, cluster: Cluster) -> None:
    with _at_the_start_of(phase, cluster) as database:
        wrong = []
        see = _seeing(database)
        see()
        for migration in phase.migrations:
            assert migration.backward is not None
            for script in (migration.forward, migration.backward, migration.forward):
                _run(script, database)
                wrong += [f"{script.path}: {each}" for each in see()]
        for seed in phase.seeds:
            _run(seed.script, database)
        wrong += [f"seeds of {phase.id}: {each}" for each in see()]
    assert not wrong, "\n".join(wrong)


@contextmanager
def _at_the_start_of(phase: Phase, cluster: Cluster) -> Iterator[Database]:
    assert PLAN is not None
    cluster.ensure_roles(tuple(dict.fromkeys((*PLAN.roles, *PLAN.app_roles, PLAN.owner or ""))))
    database = cluster.create(PLAN.owner)
    for earlier in PLAN.phases[: PLAN.phases.index(phase)]:
        apply_phase(earlier, database)
    yield database
    cluster.drop(database)


def _seeing(database: Database) -> Callable[[], list[str]]:
    """Return how to tell what differs now; each time over a new connection, as a walk does."""
    readers: list[CatalogReader] = []

    def see() -> list[str]:
        with database.connect() as connection:
            known = readers.pop() if readers else CatalogReader(connection)
            reader = known.fork(connection)
            readers.append(reader)
            differs = difference(reader.read(), read_catalog(connection))
        return [differs] if differs else []

    return see


def _run(script: Script, database: Database) -> None:
    with database.connect(database.owner) as connection:
        trace = run_script(connection, script)
    assert trace.failure is None, trace.failure
