"""Stored files against what they should hold; a test that came to its end leaves no stale ones."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.snapshots.extension import STORE

UPDATE = "pytest tests/snapshots --snapshot-update"
_SHOWN = 3
"""Differences that one failure shows; all of them are named."""


class Store:
    """The stored files, compared by syrupy; ``tidies`` removes what no longer belongs there."""

    def __init__(self, snapshot: SnapshotAssertion, *, tidies: bool) -> None:
        self._snapshot = snapshot
        self._tidies = tidies

    def holds(self, files: Mapping[str, str], *, alone_in: str | None = None) -> None:
        """Compare texts by their path; ``alone_in`` is the folder where no other file may stand."""
        stale: Collection[str] = files_in(alone_in) - files.keys() if alone_in else ()
        differing = {path: self._difference(path, text) for path, text in files.items()}
        differing = {path: text for path, text in differing.items() if text}
        if not differing:
            stale = self.tidied(stale)
        if stale or differing:
            pytest.fail("\n".join(_complaint(differing, stale)), pytrace=False)

    def tidied(self, stale: Collection[str]) -> Collection[str]:
        """Remove files, and the folders that they leave empty; return those that have to stay."""
        if not self._tidies:
            return stale
        for path in stale:
            (STORE / path).unlink()
        for folder in {(STORE / path).parent for path in stale}:
            if not any(folder.iterdir()):
                folder.rmdir()
        return ()

    def _difference(self, path: str, text: str) -> str:
        if self._snapshot(name=path) == text:
            return ""
        return "\n".join(self._snapshot.get_assert_diff())


def files_in(folder: str, pattern: str = "*") -> frozenset[str]:
    """Name the stored files of a folder, relative to the store."""
    found = (each for each in (STORE / folder).glob(pattern) if each.is_file())
    return frozenset(each.relative_to(STORE).as_posix() for each in found)


def _complaint(differing: Mapping[str, str], stale: Collection[str]) -> Iterator[str]:
    yield from (f"not as stored: {path}" for path in differing)
    yield from (f"stored, but nothing any more: {path}" for path in sorted(stale))
    yield f"if the migrations mean it: {UPDATE}"
    for path in list(differing)[:_SHOWN]:
        yield f"\n{path}\n{differing[path]}"
