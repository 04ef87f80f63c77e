"""Each safe pattern of `backend/db` turned into its unsafe twin is caught, at its line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from harness.checks.downtime import locks
from harness.checks.finding import Finding
from harness.checks.registry import MIGRATION_CHECKS
from harness.checks.rehearsal.chain import Chain
from harness.checks.rehearsal.evidence import MigrationEvidence
from harness.checks.rehearsal.prepare import SAMPLE_ROWS
from harness.checks.rehearsal.trials import Tried, try_migration
from harness.checks.release import expand_contract
from harness.database import Cluster, Database
from harness.execute import Connection, ServerObserver
from harness.plan import Migration, Plan, read_plan
from harness.samples import fill
from harness.sql import parse_script
from tests.rules.twins import TWINS, Twin

ROOT = Path(__file__).parents[2] / "backend" / "db"
PLAN: Plan = read_plan(ROOT)[0]


def _fill(session: Connection) -> None:
    fill(session, rows=SAMPLE_ROWS)


@pytest.fixture(scope="module")
def chain(cluster: Cluster) -> Iterator[Chain]:
    assert PLAN.owner is not None
    cluster.ensure_roles(
        (*PLAN.roles, *PLAN.app_roles, PLAN.owner), {"korevitta_monitor": ("pg_monitor",)}
    )
    opened = Chain(PLAN, cluster, PLAN.owner, prepare=_fill)
    yield opened
    opened.close()


def edited(twin: Twin) -> Migration:
    """Turn the migration into its twin."""
    migration = PLAN.migration(twin.version)
    text = migration.forward.text
    if twin.old:
        assert twin.old in text, f"{twin.version} does not say {twin.old!r} any more"
        text = text.replace(twin.old, twin.new)
    else:
        text = f"{text}\n{twin.new}\n"
    return replace(migration, forward=parse_script(text, migration.path))


def line_of(twin: Twin, text: str) -> int:
    """Find the last line that begins as the twin says."""
    place = text.rindex(f"\n{twin.at}") + 1 if f"\n{twin.at}" in text else text.index(twin.at)
    return text.count("\n", 0, place) + 1


@contextmanager
def _copy(cluster: Cluster, source: Database) -> Iterator[Database]:
    copy = cluster.clone(source)
    yield copy
    cluster.drop(copy)


def judged(chain: Chain, cluster: Cluster, twin: Twin, migration: Migration) -> Iterator[Finding]:
    place = PLAN.migrations.index(PLAN.migration(twin.version))
    with chain.clone_at(place) as walk:
        before = walk.catalog
        spare = chain.copy_of(walk)
        trace = walk.run(migration.forward, ServerObserver(walk.database.connect))
        seen = MigrationEvidence(
            migration=migration, before=before, forward=trace, after=walk.read()
        )
        assert trace.failure is None, trace.failure
        for rule in (*locks.RULES, *expand_contract.RULES):
            yield from rule.findings(seen)
        if twin.tried:
            trials = try_migration(seen, PLAN, lambda: _copy(cluster, spare))
            tried = Tried(seen=seen, plan=PLAN, trials=trials, provenance={})
            for check in MIGRATION_CHECKS:
                if twin.rule in check.ids:
                    yield from check.findings(tried)


def test_there_are_at_least_twenty_five() -> None:
    assert len(TWINS) >= 25


IN_ORDER: tuple[Twin, ...] = tuple(sorted(TWINS, key=lambda twin: twin.version))


@pytest.mark.parametrize("twin", IN_ORDER, ids=lambda twin: twin.name)
def test_unsafe_twin_is_caught_at_its_line(twin: Twin, chain: Chain, cluster: Cluster) -> None:
    migration = edited(twin)
    found = [each for each in judged(chain, cluster, twin, migration) if each.rule == twin.rule]
    assert found, f"nothing told by {twin.rule}"
    assert line_of(twin, migration.forward.text) in {each.line for each in found}
