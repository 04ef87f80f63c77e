"""Trials: what is tried beside a migration's rehearsal, on copies of the state before it.

The rehearsal tells what V and R do by themselves. Here others are there, too: the application of
the release before, somebody who holds a table, a killer, a backfill that is not complete.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from harness.catalog.model import Catalog, Identity
from harness.checks.downtime import interruption
from harness.checks.downtime.contended import Contended, contended_tables
from harness.checks.downtime.interruption import InterruptionEvidence, interrupt
from harness.checks.downtime.lock_timeout import (
    LockTimeoutEvidence,
    contend,
)
from harness.checks.rehearsal.evidence import MigrationEvidence
from harness.checks.release.asking import Answer
from harness.checks.release.backfill import BackfillEvidence, run_before_backfill
from harness.checks.release.compatibility import Compatibility
from harness.checks.release.data import DataEvidence, Digest, digests, tables_to_digest
from harness.checks.release.domains import Provenance
from harness.checks.release.old_app import OldApp, Recorded, ask_again, prepare_old_app
from harness.checks.release.touched import Touched, touched
from harness.database import Database
from harness.execute import ServerObserver, Trace, run_script
from harness.plan import ChangeType, Plan
from harness.sql import Script, read_script

CONTRACTS = "contracts"
"""Below the db root, by release: statements that the application was recorded to send."""

Copy = Callable[[], AbstractContextManager[Database]]
"""Lends a copy of the state before V, with rows in it."""

_DENIED = "42501"
_WRITING = frozenset({"InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt", "CallStmt"})
_WRITES = re.compile(
    r"\b(insert\s+into|update\s+[\w.\"]+\s+(as\s+\w+\s+)?set|delete\s+from)\b", re.IGNORECASE
)
"""What a DO block says that writes rows itself."""


@dataclass(frozen=True, kw_only=True)
class Trials:
    """All that was tried of one migration; None where there was nothing to try."""

    compatibility: Compatibility | None = None
    data: DataEvidence | None = None
    lock_timeout: LockTimeoutEvidence | None = None
    interruption: InterruptionEvidence | None = None
    backfill: BackfillEvidence | None = None
    as_superuser: Trace | None = None


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A rehearsed migration with what was tried of it, and where removed objects came from.

    ``provenance`` names, of what a contract removes, what its own release created.
    """

    seen: MigrationEvidence
    plan: Plan
    trials: Trials
    provenance: Provenance


def try_migration(
    seen: MigrationEvidence,
    plan: Plan,
    copy: Copy,
    *,
    recorded: tuple[Recorded, ...] = (),
    released: Catalog | None = None,
    runner_timeout_ms: int = 5000,
    thorough: bool = False,
) -> Trials:
    """Try a migration whose rehearsal is known; of one that failed only its privileges.

    ``copy`` lends fresh copies of the state before V. ``released`` is the catalog with which
    V's release began: what is not in it, no application uses yet; None: all is in use.
    ``runner_timeout_ms`` is the lock_timeout that the operators' runner sets, 0 for none.
    """
    as_superuser = _as_superuser(seen, copy) if _may_need_superuser(seen) else None
    if not seen.forward.succeeded:
        return Trials(as_superuser=as_superuser)
    bench = _Bench(
        seen=seen,
        plan=plan,
        copy=copy,
        concerned=touched(seen),
        contended=contended_tables(seen, thorough=thorough),
        young=_young(seen, released),
        recorded=recorded,
        runner_timeout_ms=runner_timeout_ms,
    )
    compatible, rows, lock = bench.try_all()
    return Trials(
        compatibility=compatible,
        data=rows,
        lock_timeout=lock,
        interruption=_interrupted(seen, copy, thorough=thorough),
        backfill=_before_backfill(seen, plan, copy),
        as_superuser=as_superuser,
    )


def _young(seen: MigrationEvidence, released: Catalog | None) -> frozenset[Identity]:
    """Collect what the migration's own release has created so far."""
    if released is None:
        return frozenset()
    return frozenset(seen.before.by_identity.keys() - released.by_identity.keys())


_Outcome = tuple[Compatibility | None, DataEvidence | None, LockTimeoutEvidence | None]


@dataclass(frozen=True, kw_only=True)
class _Bench:
    """One copy of the state before V, on which V is kept waiting, then runs, then R."""

    seen: MigrationEvidence
    plan: Plan
    copy: Copy
    concerned: Touched
    contended: tuple[Contended, ...]
    young: frozenset[Identity]
    recorded: tuple[Recorded, ...]
    runner_timeout_ms: int

    def try_all(self) -> _Outcome:
        """Ask the old application and fold the rows before V, after it, and after R."""
        if not self.concerned and not self.contended:
            return None, None, None
        migration = self.seen.migration
        tables = tables_to_digest(self.seen.before, self.concerned, migration)
        with self.copy() as database:
            app, rows = self._old_app(database), digests(database, self.seen.before, tables)
            lock = self._contend(database)
            if lock is not None and lock.is_spent:
                with self.copy() as fresh:
                    return *self._walk(fresh, app, rows, tables)[:2], lock
            compatible, data_, trace = self._walk(database, app, rows, tables)
            return compatible, data_, lock.retried(trace) if lock is not None else None

    def _walk(
        self, database: Database, app: OldApp, rows: tuple[Digest, ...], tables: tuple[str, ...]
    ) -> tuple[Compatibility, DataEvidence | None, Trace]:
        migration = self.seen.migration
        trace = _run(database, migration.forward)
        after = ask_again(database, app)
        again: tuple[Answer, ...] | None = None
        rows_evidence: DataEvidence | None = None
        if migration.backward is not None and self.seen.is_symmetric:
            _run(database, migration.backward)
            again = ask_again(database, app, released_only=True)
            back = digests(database, self.seen.before, tables)
            rows_evidence = DataEvidence(migration=migration, before=rows, back=back)
        compatible = Compatibility(
            migration=migration,
            forward=self.seen.forward,
            app=app,
            after=after,
            after_rollback=again,
        )
        return compatible, rows_evidence, trace

    def _old_app(self, database: Database) -> OldApp:
        if self.seen.migration.change_type is not ChangeType.EXPAND or not self.plan.app_roles:
            return OldApp()
        return prepare_old_app(
            database,
            self.seen.before,
            self.concerned,
            roles=self.plan.app_roles,
            recorded=self.recorded,
            young=self.young,
        )

    def _contend(self, database: Database) -> LockTimeoutEvidence | None:
        if not self.contended:
            return None
        return contend(
            database,
            self.seen.before,
            self.seen.migration,
            self.contended,
            timeout_ms=self.runner_timeout_ms,
        )


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
    hidden = [
        each.identity.name.removeprefix("public.")  # found without its schema, too
        for each in seen.before.of_kind("table")
        if "row security" in each.facts
    ]
    return any(
        any(name in statement.text for name in hidden)
        for statement in seen.migration.forward.statements
        if statement.kind in _WRITING or _WRITES.search(statement.text) is not None
    )


def _as_superuser(seen: MigrationEvidence, copy: Copy) -> Trace:
    with copy() as database, database.connect() as connection:
        return run_script(
            connection, seen.migration.forward, observer=ServerObserver(database.connect)
        )


def _run(database: Database, script: Script) -> Trace:
    with database.connect(database.owner) as connection:
        return run_script(connection, script)


def recorded_before(plan: Plan, release: str) -> tuple[Recorded, ...]:
    """Read the statements that applications of earlier releases were recorded to send."""
    releases = list(dict.fromkeys(each.release for each in plan.phases))
    earlier = releases[: releases.index(release)]
    return tuple(
        Recorded(
            release=each,
            file=path.relative_to(plan.repository).as_posix(),
            script=read_script(path),
        )
        for each in earlier
        for path in sorted((plan.root / CONTRACTS / each).glob("*.sql"))
    )
