"""Stored files that no test answers for: of a phase, schema or migration that is gone."""

from __future__ import annotations

from tests.snapshots.extension import STORE
from tests.snapshots.store import UPDATE, Store, files_in
from tests.snapshots.tree import (
    MIGRATIONS,
    PHASES,
    TREE,
    file_of_ledger,
    folder_of_phase,
    folder_of_schema,
    schemas_at,
)


def test_every_stored_file_has_a_test(store: Store) -> None:
    assert not TREE.read.faults, "a db root that is not whole cannot tell what is left over"
    owned = {file_of_ledger(each) for each in MIGRATIONS}
    for phase in PHASES:
        owned |= files_in(folder_of_phase(phase))
        for schema in schemas_at(phase.id):
            owned |= files_in(folder_of_schema(phase, schema))
    stored = files_in("schema", "**/*") | files_in("ledger", "**/*")
    assert not store.tidied(stored - owned), f"nobody's any more; to remove them: {UPDATE}"


def test_no_test_module_stands_beside_the_store() -> None:
    """The store would be that module's own to syrupy, which deletes what it does not know."""
    assert [each.name for each in STORE.parent.glob("test_*.py")] == []
