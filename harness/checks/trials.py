"""Trials: what is tried beside a migration's rehearsal, on copies of the state before it.

The rehearsal tells what V and R do by themselves. Here others are there, too: the application of
the release before, somebody who holds a table, a killer, a backfill that is not complete.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from harness.checks import backfill, compatibility, data, interruption, lock_timeout
from harness.checks.backfill import BackfillEvidence, run_before_backfill
from harness.checks.compatibility import Compatibility
from harness.checks.data import DataEvidence, Digest, digests, tables_to_digest
from harness.checks.evidence import MigrationEvidence
from harness.checks.finding import Finding, Rule, Subject
from harness.checks.interruption import InterruptionEvidence, interrupt
from harness.checks.lock_timeout import LockTimeoutEvidence, contend, contended_tables
from harness.checks.old_app import Answer, OldApp, Recorded, ask_again, prepare_old_app
from harness.checks.touched import Touched, touched
from harness.database import Database
from harness.execute import ServerObserver, Trace, run_script
from harness.plan import ChangeType, Plan
from harness.sql import Script

Copy = Callable[[], AbstractContextManager[Database]]
"""Lends a copy of the state before V, with rows in it."""

_DENIED = "42501"
_WRITES = re.compile(r"\b(update|delete|insert|merge|call)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Trials:
    """All that was tried of one migration; None where there was nothing to try."""

    compatibility: Compatibility | None = None
    data: DataEvidence | None = None
    lock_timeout: LockTimeoutEvidence | None = None
    interruption: InterruptionEvidence | None = None
    backfill: BackfillEvidence | None = None
    as_superuser: Trace | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Apply every rule to its own part."""
        return (
            *_judged(compatibility.RULES, self.compatibility),
            *_judged(data.RULES, self.data),
            *_judged(lock_timeout.RULES, self.lock_timeout),
            *_judged(interruption.RULES, self.interruption),
            *_judged(backfill.RULES, self.backfill),
        )


def _judged(rules: tuple[Rule[Subject], ...], evidence: Subject | None) -> tuple[Finding, ...]:
    if evidence is None:
        return ()
    return tuple(found for rule in rules for found in rule.findings(evidence))


def try_migration(
    seen: MigrationEvidence,
    plan: Plan,
    copy: Copy,
    *,
    recorded: tuple[Recorded, ...] = (),
    runner_timeout_ms: int = 5000,
    thorough: bool = False,
) -> Trials:
    """Try a migration whose rehearsal is known; of one that failed only its privileges.

    ``copy`` lends fresh copies of the state before V. ``runner_timeout_ms`` is the lock_timeout
    that the operators' runner sets, 0 for none.
    """
    as_superuser = _as_superuser(seen, copy) if _may_need_superuser(seen) else None
    if not seen.forward.succeeded:
        return Trials(as_superuser=as_superuser)
    concerned = touched(seen)
    compatible, rows = _with_clients(seen, plan, copy, concerned, recorded)
    return Trials(
        compatibility=compatible,
        data=rows,
        lock_timeout=_contended(seen, copy, runner_timeout_ms, thorough=thorough),
        interruption=_interrupted(seen, copy, thorough=thorough),
        backfill=_before_backfill(seen, plan, copy),
        as_superuser=as_superuser,
    )


def _with_clients(
    seen: MigrationEvidence,
    plan: Plan,
    copy: Copy,
    concerned: Touched,
    recorded: tuple[Recorded, ...],
) -> tuple[Compatibility | None, DataEvidence | None]:
    """Ask the old application and fold the rows: before V, after it, and after R."""
    if not concerned:
        return None, None
    migration = seen.migration
    tables = tables_to_digest(seen.before, concerned, migration)
    with copy() as database:
        app, rows = OldApp(), digests(database, seen.before, tables)
        if migration.change_type is ChangeType.EXPAND and plan.app_roles:
            app = prepare_old_app(
                database, seen.before, concerned, roles=plan.app_roles, recorded=recorded
            )
        _run(database, migration.forward)
        after = ask_again(database, app)
        again: tuple[Answer, ...] | None = None
        back: tuple[Digest, ...] | None = None
        if migration.backward is not None and seen.is_symmetric:
            _run(database, migration.backward)
            again, back = ask_again(database, app), digests(database, seen.before, tables)
    compatible = Compatibility(
        migration=migration, forward=seen.forward, app=app, after=after, after_rollback=again
    )
    if back is None:
        return compatible, None
    return compatible, DataEvidence(migration=migration, before=rows, back=back)


def _contended(
    seen: MigrationEvidence, copy: Copy, timeout_ms: int, *, thorough: bool
) -> LockTimeoutEvidence | None:
    tables = contended_tables(seen, thorough=thorough)
    if not tables:
        return None
    with copy() as database:
        return contend(database, seen.before, seen.migration, tables, timeout_ms=timeout_ms)


def _interrupted(
    seen: MigrationEvidence, copy: Copy, *, thorough: bool
) -> InterruptionEvidence | None:
    if not interruption.points_of(seen.migration.forward, thorough=thorough):
        return None
    return interrupt(copy, seen.before, seen.after, seen.migration, thorough=thorough)


def _before_backfill(seen: MigrationEvidence, plan: Plan, copy: Copy) -> BackfillEvidence | None:
    if seen.migration.ready is None:
        return None
    with copy() as database:
        return run_before_backfill(database, seen.before, plan, seen.migration)


def _may_need_superuser(seen: MigrationEvidence) -> bool:
    """Whether the owner was denied something, or writes to tables whose rows it may not see."""
    failure = seen.forward.failure
    if failure is not None:
        return failure.sqlstate == _DENIED
    text = seen.migration.forward.text
    return _WRITES.search(text) is not None and any(
        "row security" in each.facts and each.identity.name in text
        for each in seen.before.of_kind("table")
    )


def _as_superuser(seen: MigrationEvidence, copy: Copy) -> Trace:
    with copy() as database, database.connect() as connection:
        return run_script(
            connection, seen.migration.forward, observer=ServerObserver(database.connect)
        )


def _run(database: Database, script: Script) -> None:
    with database.connect(database.owner) as connection:
        run_script(connection, script)
