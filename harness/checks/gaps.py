"""What could not be proven, and which check tells the cause.

A check whose evidence never came about found nothing wrong, but proved nothing either. It says so
as a gap: whoever runs it passes over it where a check that fails for the same cause is part of
the run, and fails it where none is. So one broken file is one failure, and no run is green with
something left unproven.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from harness.checks.isolation.unprobed import cause_elsewhere
from harness.checks.rehearsal.evidence import LeftOut, MigrationEvidence, PhaseEvidence, Unreached
from harness.checks.rehearsal.trials import Tried
from harness.checks.schema.phase_schema import PhaseSchema
from harness.plan import Migration, Plan

STRUCTURE = "structure"
STATEMENTS = "statements"
SQUAWK = "squawk"
SQLFLUFF = "sqlfluff"
APPLIES = "applies"
ROLLBACK = "rollback_symmetry"
REAPPLIES = "reapplies"
LOCKS = "locks"
EXPAND_CONTRACT = "expand_contract"
COMPATIBILITY = "compatibility"
ROWS = "rows"
LOCK_TIMEOUT = "lock_timeout"
INTERRUPTION = "interruption"
BACKFILL = "backfill"
PLACEMENT = "placement"
REVERSIBLE = "reversible"
LIVE = "live"
SCHEMA = "schema"
ISOLATION = "isolation"
SEEDS = "seeds"
"""The names of the checks that wait for one another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A check of a migration (by version) or of a phase (by id)."""

    of: str
    check: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Why a check could not be made.

    ``because`` is the version of the migration to mend; ``file`` and ``line`` are where a reader
    looks first. Each check of ``told_by`` fails for the same cause, the first one with the full
    story.
    """

    because: str
    reason: str
    file: str
    line: int
    told_by: tuple[Told, ...]


def of_manifest(plan: Plan) -> Gap | None:
    """Say what a run can prove of a plan that was not read as a whole: nothing."""
    fault = plan.incomplete
    if fault is None:
        return None
    return Gap(
        because=plan.manifest_file,
        reason=f"{fault.file}:{fault.line}: {fault.message}",
        file=fault.file,
        line=fault.line,
        told_by=(Told(of=plan.manifest_file, check=STRUCTURE),),
    )


def not_applied(check: str) -> Callable[[MigrationEvidence], Gap | None]:
    """Say what a check of an applied migration can say of one that does not apply: nothing."""

    def gap(seen: MigrationEvidence) -> Gap | None:
        failure = seen.forward.failure
        if failure is None:
            return _nothing_to_run(seen.migration)
        own, root = seen.migration.version, seen.blocked_by
        by_text = (Told(of=own, check=STATEMENTS),) if seen.is_no_sql else ()
        by_root = (Told(of=root, check=check),) if root else ()
        told = (*by_text, *_applying(own, root), *by_root)
        because = f"because {root} does not" if root else failure.message
        reason = f"{own} does not apply: {because}"
        return _gap(root or own, reason, seen.migration.file, failure.line, told)

    return gap


def not_rolled_back(seen: MigrationEvidence) -> Gap | None:
    """Say why nothing is known of a rollback."""
    known = not_applied(ROLLBACK)(seen) or _rollback_missing(seen.migration, ())
    failure = seen.backward.failure if seen.backward is not None else None
    if known is not None or failure is None or seen.migration.rollback_file is None:
        return known
    told = (Told(of=seen.migration.rollback_file, check=STATEMENTS),)
    version = seen.migration.version
    reason = f"the rollback of {version} does not run: {failure.message}"
    return _gap(version, reason, seen.migration.rollback_file, failure.line, told)


def not_reapplied(seen: MigrationEvidence) -> Gap | None:
    """Say why nothing is known of a second try: it needs a rollback that undid the first."""
    migration = seen.migration
    by_rollback = Told(of=migration.version, check=ROLLBACK)
    known = not_applied(REAPPLIES)(seen) or _rollback_missing(migration, (by_rollback,))
    if known is not None or seen.is_reversible:
        return known
    if seen.is_symmetric or seen.comes_again:
        return None
    reason = f"the rollback of {migration.version} does not undo it"
    file = migration.rollback_file or migration.file
    return _gap(migration.version, reason, file, 1, (by_rollback,))


def not_tried(check: str, *, needs_rollback: bool = False) -> Callable[[Tried], Gap | None]:
    """Say why nothing is known of how a migration gets along with others."""

    def gap(tried: Tried) -> Gap | None:
        seen = tried.seen
        known = not_applied(check)(seen)
        if known is not None or not needs_rollback or seen.is_symmetric:
            return known
        told = (Told(of=seen.migration.version, check=ROLLBACK),)
        version = seen.migration.version
        reason = f"the rollback of {version} does not undo it"
        return _gap(version, reason, seen.migration.file, 1, told)

    return gap


def not_walked(seen: PhaseEvidence) -> Gap | None:
    """Say which migrations keep a phase from being walked as a whole."""
    reasons = [*(_absence(each) for each in seen.left_out)]
    told = [*(each for absent in seen.left_out for each in _telling(absent))]
    for version in seen.culprits:
        reasons.append(f"{version} by itself does not go backward and forward again")
        told += [Told(of=version, check=ROLLBACK), Told(of=version, check=REAPPLIES)]
    if not reasons:
        return None
    reason = f"{seen.phase.id} cannot be walked as a whole: " + "; ".join(dict.fromkeys(reasons))
    file, line = seen.manifest_file, seen.phase.line
    return _gap(told[0].of, reason, file, line, tuple(dict.fromkeys(told)))


def not_reached(seen: object) -> Gap | None:
    """Say which migrations keep a phase's end from being judged."""
    if not isinstance(seen, Unreached):
        return None
    reasons = "; ".join(_absence(each) for each in seen.left_out)
    told = tuple(dict.fromkeys(each for absent in seen.left_out for each in _telling(absent)))
    reason = f"the end of {seen.phase.id} is not whole: {reasons}"
    return _gap(told[0].of, reason, seen.manifest_file, seen.phase.line, told)


def not_probed(seen: object) -> Gap | None:
    """Say which function keeps a table from being probed: the schema's check tells of it."""
    known = not_reached(seen)
    if known is not None or not isinstance(seen, PhaseSchema):
        return known
    origin = cause_elsewhere(seen)
    if origin is None or origin.version is None:
        return None
    reason = f"a function of {origin.version} keeps rows out of tables that must be isolated"
    told = (Told(of=seen.phase, check=SCHEMA),)
    return _gap(origin.version, reason, origin.file, origin.line, told)


def _gap(because: str, reason: str, file: str, line: int, told_by: tuple[Told, ...]) -> Gap:
    return Gap(because=because, reason=reason, file=file, line=line, told_by=told_by)


def _nothing_to_run(migration: Migration) -> Gap | None:
    if migration.forward.statements:
        return None
    version = migration.version
    told = tuple(Told(of=version, check=each) for each in (STRUCTURE, STATEMENTS))
    return _gap(version, f"{version} holds no statement that runs", migration.file, 1, told)


def _applying(own: str, root: str | None) -> tuple[Told, ...]:
    """Name the checks that tell why a migration does not apply, the root cause first."""
    return tuple(Told(of=each, check=APPLIES) for each in (root, own) if each is not None)


def _rollback_missing(migration: Migration, others: tuple[Told, ...]) -> Gap | None:
    if migration.backward is not None:
        return None
    version = migration.version
    told = (Told(of=version, check=STRUCTURE), *others)
    return _gap(version, f"{version} has no rollback", migration.file, 1, told)


def _absence(absent: LeftOut) -> str:
    return f"{absent.version} " + ("has no rollback" if absent.applied else "does not apply")


def _telling(absent: LeftOut) -> Iterator[Told]:
    if absent.applied:
        yield Told(of=absent.version, check=STRUCTURE)
        yield Told(of=absent.version, check=ROLLBACK)
    else:
        yield from _applying(absent.version, absent.because)
