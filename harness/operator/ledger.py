"""The ledger as the operator reads it: the lines of `status.psql`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum


class State(Enum):
    """Where a version is; the words are those of the view `migration.state`."""

    APPLIED = "applied"
    BASELINED = "baselined"
    ROLLED_BACK = "rolled back"
    FAILED = "failed"
    INCOMPLETE = "incomplete"
    STARTED = "started"
    SEEDED = "seeded"

    @property
    def is_present(self) -> bool:
        """Whether the version, or a part of it, is in the database."""
        return self.is_whole or self is State.INCOMPLETE

    @property
    def is_whole(self) -> bool:
        """Whether the version counts as applied."""
        return self in {State.APPLIED, State.BASELINED}


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionState:
    """One version: `at` and `duration` are the server's text, `duration` empty where unknown."""

    version: str
    state: State
    at: str
    by_role: str
    checksum: str
    duration: str
    file: str

    @property
    def is_rollback(self) -> bool:
        """Whether what is told of is a rollback's run."""
        return self.file.rpartition("/")[2].startswith("R")


def read_states(lines: Iterable[str]) -> Iterator[VersionState]:
    """Read what `status.psql` prints."""
    for line in filter(None, lines):
        version, state, at, by_role, checksum, duration, file = line.split("\t")
        yield VersionState(
            version=version,
            state=State(state),
            at=at,
            by_role=by_role,
            checksum=checksum,
            duration=duration,
            file=file,
        )
