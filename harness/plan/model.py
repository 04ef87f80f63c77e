"""The values that a manifest and its folders are read into."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from harness.sql import Script


class ChangeType(Enum):
    """What a migration may do: add without breaking anybody, or take away what is unused."""

    EXPAND = "expand"
    CONTRACT = "contract"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong with the layout or the manifest, by the id of the rule that it breaks."""

    rule: str
    file: str
    line: int
    message: str
    object: str | None = None
    migration: str | None = None
    fix: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """A forward file and its mirror.

    ``file`` and ``rollback_file`` are relative to the plan's repository; ``line`` is the entry's
    in the manifest. ``rollback_file`` is None where no file could be found;
    ``expected_rollback_file`` is where it should stand.
    """

    version: str
    path: Path
    file: str
    rollback_path: Path | None
    rollback_file: str | None
    expected_rollback_file: str
    domain: str
    change_type: ChangeType
    slug: str
    phase: str
    release: str
    line: int
    after: tuple[str, ...]
    ready: str | None
    loses: tuple[str, ...]
    forward: Script
    backward: Script | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A migration that the manifest lists and that has no file that can be read.

    ``place`` is the number of migrations that run before it; ``backward`` its rollback, if any.
    """

    version: str
    place: int
    backward: Script | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """A file of rows that belongs to a phase."""

    version: str
    path: Path
    file: str
    domain: str
    slug: str
    phase: str
    line: int
    script: Script


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A phase and its files, in the order of their versions."""

    id: str
    order: int
    release: str
    released: bool
    domains: tuple[str, ...]
    migrations: tuple[Migration, ...]
    seeds: tuple[Seed, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A db root, ready to be run: phases by order, and what they need from the server.

    ``repository`` is the folder that every ``file`` is relative to; ``root`` is the db root.
    ``incomplete`` is the fault of the manifest because of which nobody knows all that would run,
    or as whom: what is here is judged as text, and a run of it would prove nothing.
    """

    root: Path
    repository: Path
    manifest_file: str
    project: str
    schema_per_domain: bool
    postgres: int | None
    owner: str | None
    roles: tuple[str, ...]
    app_roles: tuple[str, ...]
    phases: tuple[Phase, ...]
    incomplete: Fault | None = None
    missing: tuple[Missing, ...] = ()

    @property
    def migrations(self) -> tuple[Migration, ...]:
        """All migrations, in the order in which they run."""
        return tuple(each for phase in self.phases for each in phase.migrations)

    @property
    def seeds(self) -> tuple[Seed, ...]:
        """All seeds, in the order in which they run."""
        return tuple(each for phase in self.phases for each in phase.seeds)

    def migration(self, version: str) -> Migration:
        """Return the migration of this version; KeyError where there is none."""
        for each in self.migrations:
            if each.version == version:
                return each
        raise KeyError(version)

    def phase(self, id: str) -> Phase:  # noqa: A002 - the manifest's own word
        """Return the phase of this id; KeyError where there is none."""
        for each in self.phases:
            if each.id == id:
                return each
        raise KeyError(id)
