"""What the text rules judge: a plan as it was read, and each of its files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from harness.plan import Fault, Migration, Plan, Seed
from harness.sql import Script


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRead:
    """A plan and what was wrong with its files when it was read."""

    plan: Plan
    faults: tuple[Fault, ...]


class FileRole(Enum):
    """What a file of SQL is for."""

    FORWARD = "forward"
    BACKWARD = "backward"
    SEED = "seed"
    QUERY = "query"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptOf:
    """A file of SQL, with the migration and the plan that it belongs to.

    ``file`` is named as findings name it. ``migration`` is None for a seed or an operators' query.
    """

    script: Script
    file: str
    role: FileRole
    plan: Plan
    migration: Migration | None = None

    @property
    def version(self) -> str | None:
        """The migration's version; None for a seed."""
        return self.migration.version if self.migration else None


def scripts_of(plan: Plan) -> tuple[ScriptOf, ...]:
    """Return every file of a plan, each migration's forward file before its rollback."""
    return tuple(
        each
        for phase in plan.phases
        for group in (
            *(scripts_of_migration(plan, migration) for migration in phase.migrations),
            *(scripts_of_seed(plan, seed) for seed in phase.seeds),
        )
        for each in group
    )


def scripts_of_migration(plan: Plan, migration: Migration) -> tuple[ScriptOf, ...]:
    """Return the forward file of a migration, and its rollback where there is one."""
    return tuple(_both(plan, migration))


def _both(plan: Plan, migration: Migration) -> Iterator[ScriptOf]:
    yield ScriptOf(
        script=migration.forward,
        file=migration.file,
        role=FileRole.FORWARD,
        plan=plan,
        migration=migration,
    )
    if migration.backward is not None and migration.rollback_file is not None:
        yield ScriptOf(
            script=migration.backward,
            file=migration.rollback_file,
            role=FileRole.BACKWARD,
            plan=plan,
            migration=migration,
        )


def scripts_of_seed(plan: Plan, seed: Seed) -> tuple[ScriptOf, ...]:
    """Return the file of a seed."""
    return (ScriptOf(script=seed.script, file=seed.file, role=FileRole.SEED, plan=plan),)
