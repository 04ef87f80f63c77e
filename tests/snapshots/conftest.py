"""What the snapshots come from: the same rehearsal that the tree's own checks use."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from harness.catalog import Catalog
from harness.checks.rehearsal.rehearsal import Rehearsal
from harness.plan import MANIFEST, Migration, Phase
from harness.plugin.rehearsals import Rehearsals
from harness.render.schema import changed_files, schema_files
from tests.snapshots.extension import StoredFile
from tests.snapshots.store import Store
from tests.snapshots.tree import PHASES, TREE, answering

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put each snapshot behind the checks that need the same evidence, where the run has them.

    A rehearsal costs much and a snapshot of it next to nothing: side by side, one worker has both.
    """
    at = {each: place for place, each in enumerate(items)}
    last = {each.path: place for place, each in enumerate(items)}
    beside = {each: path for each in items if (path := _beside(each)) in last}
    items.sort(key=lambda each: (last[beside[each]], 1) if each in beside else (at[each], 0))


def _beside(item: pytest.Item) -> Path | None:
    """Return the file of the tree with whose checks a snapshot shares its evidence."""
    if item.path.parent != HERE or not isinstance(item, pytest.Function):
        return None
    given: dict[str, Any] = item.callspec.params if hasattr(item, "callspec") else {}
    if "migration" in given:
        migration: Migration = given["migration"]
        return migration.path
    return TREE.root / MANIFEST if "phase" in given else None


class PhaseEnds:
    """What each phase leaves, and the files that show how it differs from the one before."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self._rehearsal = rehearsal
        self._files: dict[str, Mapping[str, str]] = {}

    def catalog(self, phase: Phase) -> Catalog:
        """Return the catalog at the end of a phase; fail where a migration does not apply."""
        found = self._rehearsal.phase_end(phase)
        if isinstance(found, Catalog):
            return found
        missing = ", ".join(each.version for each in found.left_out if not each.applied)
        pytest.fail(f"{phase.id} is not reached: {missing} does not apply", pytrace=False)

    def files(self, phase: Phase) -> Mapping[str, str]:
        """Return the schema files that a phase writes, by their path in its folder."""
        if phase.id not in self._files:
            place = PHASES.index(phase)
            self._files[phase.id] = (
                changed_files(self.catalog(PHASES[place - 1]), self.catalog(phase))
                if place
                else schema_files(self.catalog(phase))
            )
        return self._files[phase.id]


@pytest.fixture(scope="session")
def rehearsal(rehearsals: Rehearsals) -> Rehearsal:
    """Return the rehearsal of the repository's db root."""
    return rehearsals.of(TREE)


@pytest.fixture(scope="session")
def ends(rehearsal: Rehearsal) -> PhaseEnds:
    """Return what the phases leave, computed once."""
    return PhaseEnds(rehearsal)


@pytest.fixture(scope="session")
def is_whole(request: pytest.FixtureRequest) -> bool:
    """Tell whether the run has every test that answers for stored files: only then may one go."""
    chosen = (each for each in request.session.items if each.path.parent == HERE)
    return sum("store" in getattr(each, "fixturenames", ()) for each in chosen) == answering()


@pytest.fixture
def store(snapshot: SnapshotAssertion, pytestconfig: pytest.Config, *, is_whole: bool) -> Store:
    """Return the stored files, which `--snapshot-update` writes anew."""
    option = pytestconfig.option
    return Store(
        snapshot.use_extension(StoredFile),
        tidies=is_whole and option.update_snapshots and not option.no_cleanup,
    )
