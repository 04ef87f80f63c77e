"""How syrupy stores a file of the repository's snapshots: under the path that the test names.

    assert snapshot(name="schema/phase-100-mvp/core/table.patients.sql") == text

Which stored files are stale, the tests decide and not syrupy. It takes for unused whatever a run
has not compared, and would delete what belongs to a test that failed or was never reached. Here
every file has a test that answers for it, and one that came to its end, in a run that has all of
them, removes what nobody made.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from syrupy.data import SnapshotCollections
from syrupy.extensions.single_file import SingleFileSnapshotExtension
from syrupy.location import PyTestLocation
from syrupy.types import SerializableData, SerializedData, SnapshotIndex

STORE = Path(__file__).parents[1] / "__snapshots__"


class StoredFile(SingleFileSnapshotExtension):
    """One snapshot, one file, its bytes the text in UTF-8 with line feeds on every system."""

    file_extension = ""

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        """Return the one store, wherever the test stands."""
        return str(STORE)

    @classmethod
    def discovery_dirname(cls, *, test_location: PyTestLocation) -> str:
        """Return the folder that `discover_snapshots` answers for."""
        return str(STORE)

    @classmethod
    def get_file_basename(cls, *, test_location: PyTestLocation, index: SnapshotIndex) -> str:
        """Return the path below the store: the name that the test gives."""
        return str(index)

    @classmethod
    def matches_test_location(
        cls, *, test_location: PyTestLocation, snapshot_location: str
    ) -> bool:
        """Tell syrupy that a test may store wherever it says, below the store."""
        return Path(snapshot_location).is_relative_to(STORE)

    def discover_snapshots(
        self, *, test_location: PyTestLocation, ignore_extensions: list[str] | None = None
    ) -> SnapshotCollections:
        """Offer nothing to be judged as unused."""
        return SnapshotCollections()

    def serialize(self, data: SerializableData, **_: Any) -> SerializedData:
        """Turn a text into the bytes of its file."""
        return str(data).encode()

    def diff_lines(
        self, serialized_data: SerializedData, snapshot_data: SerializedData
    ) -> Iterator[str]:
        """Show a difference as a pull request does."""
        stored, now = (
            each.decode() if isinstance(each, bytes) else each
            for each in (snapshot_data, serialized_data)
        )
        yield from difflib.unified_diff(
            stored.splitlines(), now.splitlines(), "stored", "now", lineterm=""
        )
