"""What a migration does: the page that the reviewer of a pull request reads first."""

from __future__ import annotations

import pytest

from harness.checks.rehearsal.rehearsal import Rehearsal
from harness.plan import Migration
from harness.render.ledger import ledger
from tests.snapshots.store import Store
from tests.snapshots.tree import MIGRATIONS, file_of_ledger

pytestmark = pytest.mark.server


@pytest.mark.parametrize("migration", MIGRATIONS, ids=lambda migration: migration.version)
def test_ledger(migration: Migration, rehearsal: Rehearsal, store: Store) -> None:
    seen = rehearsal.migration(migration.version)
    if seen.forward.failure is not None:
        pytest.fail(
            f"{migration.version} does not apply: {seen.forward.failure.message}", pytrace=False
        )
    store.holds({file_of_ledger(migration): ledger(seen)})
