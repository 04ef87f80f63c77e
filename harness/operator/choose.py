"""From a plan to the files of one call, each with the version that must stand before it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from harness.errors import UsageError
from harness.operator.ledger import State, VersionState
from harness.plan import Migration, Phase, Plan


class Verb(Enum):
    """What is done with files; the word is also the name of the script."""

    APPLY = "apply"
    SEED = "seed"
    ROLLBACK = "rollback"
    BASELINE = "baseline"

    @property
    def script(self) -> str:
        """The file name of its psql script."""
        return f"{self.value}.psql"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One file; `previous` is None where the order is the script's to judge (rollback)."""

    version: str
    file: Path
    previous: str | None = None


def applying(
    plan: Plan, phases: Sequence[str] = (), through: str | None = None
) -> tuple[Step, ...]:
    """Choose the migrations of some phases (all by default), up to and including a version.

    Raises `UsageError` for a phase or version that the plan does not have.
    """
    wanted = {each.id for each in _phases(plan, phases)}
    chosen = [(previous, each) for previous, each in _chain(plan, through) if each.phase in wanted]
    return tuple(
        Step(version=each.version, file=each.path, previous=previous) for previous, each in chosen
    )


def seeding(plan: Plan, phases: Sequence[str] = ()) -> tuple[Step, ...]:
    """Choose the seeds of some phases; each needs the last migration up to its phase's end."""
    wanted = {each.id for each in _phases(plan, phases)}
    return tuple(
        Step(version=seed.version, file=seed.path, previous=_last(plan, phase))
        for phase in plan.phases
        if phase.id in wanted
        for seed in phase.seeds
    )


def undoing(plan: Plan, states: Mapping[str, VersionState], back_to: str) -> tuple[Step, ...]:
    """Choose the rollbacks, last first, of what stands, or may stand, after a version.

    Raises `UsageError` where the plan does not have the version, or one of the rollbacks.
    """
    after = [each for _, each in _chain(plan, None)]
    del after[: after.index(_migration(plan, back_to)) + 1]
    present = [each for each in after if _may_stand(each, states.get(each.version))]
    return tuple(_undone(each) for each in reversed(present))


def _may_stand(migration: Migration, found: VersionState | None) -> bool:
    """Tell whether there is something to undo, also after a runner that died unnoticed.

    What had begun to be undone was there; what had begun to be applied is there only if it may
    have been left half-way.
    """
    if found is None or found.state is not State.STARTED:
        return found is not None and found.state.is_present
    return found.is_rollback or not migration.forward.transactional


def baselining(plan: Plan, through: str, known: Collection[str] = ()) -> tuple[Step, ...]:
    """Choose the migrations up to and including a version, without those that are `known`."""
    return tuple(each for each in applying(plan, (), through) if each.version not in known)


def _chain(plan: Plan, through: str | None) -> Iterator[tuple[str, Migration]]:
    """Yield each migration with the version before it, empty for the first."""
    last = _migration(plan, through) if through is not None else None
    previous = ""
    for each in plan.migrations:
        yield previous, each
        if each is last:
            return
        previous = each.version


def _last(plan: Plan, through: Phase) -> str:
    """Return the last version up to the end of a phase, empty where there is none."""
    upto = plan.phases[: plan.phases.index(through) + 1]
    versions = [each.version for phase in upto for each in phase.migrations]
    return versions[-1] if versions else ""


def _undone(migration: Migration) -> Step:
    if migration.rollback_path is None:
        raise UsageError(
            f"{migration.version} has no rollback: {migration.expected_rollback_file} is missing"
        )
    return Step(version=migration.version, file=migration.rollback_path)


def _phases(plan: Plan, ids: Sequence[str]) -> tuple[Phase, ...]:
    known = {each.id: each for each in plan.phases}
    for each in ids:
        if each not in known:
            raise UsageError(f"no phase {each!r}: the manifest has {', '.join(known)}")
    return tuple(known[each] for each in ids) or plan.phases


def _migration(plan: Plan, version: str) -> Migration:
    try:
        return plan.migration(version)
    except KeyError:
        raise UsageError(
            f"no migration {version!r}: give a version of the manifest, such as"
            f" {plan.migrations[0].version}"
            if plan.migrations
            else f"no migration {version!r}: the manifest lists none"
        ) from None
