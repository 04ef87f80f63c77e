"""The rehearsal: run a plan on a real server, forward and backward, and gather evidence.

Two chains carry it. The *filled* one holds sample rows and runs V, R and V again of each
migration in place, observed. The *plain* one holds the seeds alone: whole phases start their
walk backward from it, and doubts are settled on it. Where it is known what will be asked for, each
chain goes ahead in a thread of its own, and so do the trials on copies.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import Any

from harness.catalog import Catalog
from harness.checks.downtime.live import LivePhase, run_live
from harness.checks.rehearsal.ahead import Ahead, Job
from harness.checks.rehearsal.chain import Chain, Prepare
from harness.checks.rehearsal.evidence import MigrationEvidence, PhaseEvidence, Unreached
from harness.checks.rehearsal.migrations import Migrations, ObserverFactory
from harness.checks.rehearsal.phase_walk import bounds, on_the_way
from harness.checks.rehearsal.phases import Phases
from harness.checks.rehearsal.places import SharedPlaces
from harness.checks.rehearsal.trials import Tried, recorded_before, try_migration
from harness.checks.release.domains import Provenance
from harness.checks.release.old_app import prepare_old_app
from harness.checks.release.touched import everything
from harness.checks.schema.origins import Origin, Origins
from harness.checks.schema.phase_schema import PhaseSchema
from harness.checks.seeds.facts import SeedEvidence
from harness.database import Cluster, Database
from harness.diff import roots
from harness.errors import ServerLostError
from harness.plan import ChangeType, Migration, Phase, Plan

PLAIN_OWNER = "kvh_owner"
"""Runs the migrations of a tree whose manifest names no owner: a role without any privilege."""

Asked = tuple[Callable[..., object], Any]
"""A method of `Rehearsal` that gathers evidence, and of what: a version or a phase."""

_ROOM_AHEAD = 3
"""States before a migration that are kept while the rehearsal is ahead of the trials."""

_COLLECT_SELDOM = (10_000, 20, 20)
"""Catalogs are many small values that stay and never refer to each other in circles: Python's
collector would spend a sixth of the client's time on walking through them again and again."""


class Rehearsal:
    """Rehearses the migrations and phases of a plan on one cluster, each at most once.

    ``share`` are the places whose databases it leaves to other rehearsals on the server, and finds
    there; None shares nothing. ``is_tried`` tells whether the trials of a version will be asked for
    soon: then the state before it is kept for them. What is asked for ``soon`` is begun at once,
    beside whoever asks; one thread at a time may ask.
    """

    def __init__(
        self,
        plan: Plan,
        cluster: Cluster,
        *,
        observer: ObserverFactory | None = None,
        fill: Prepare | None = None,
        share: Collection[int] | None = None,
        thorough: bool = False,
        is_tried: Callable[[str], bool] = lambda _: True,
        soon: Sequence[Asked] = (),
    ) -> None:
        owner = plan.owner or PLAIN_OWNER
        cluster.ensure_roles(tuple(dict.fromkeys((*plan.roles, *plan.app_roles, owner))))
        self.plan = plan
        self._cluster = cluster
        self._thorough = thorough
        # A thread needs a cluster of its own; without threads, one is enough for all.
        self._clusters = [Cluster(cluster.dsn) if soon else cluster for _ in range(3)]
        filled, plain = (
            None if share is None else SharedPlaces(plan, own, owner, kind=kind, places=share)
            for own, kind in zip(
                self._clusters,
                (f"filled by {getattr(fill, '__qualname__', None)}", "plain"),
                strict=False,
            )
        )
        self._phases = Phases(
            plan, Chain(plan, self._clusters[1], owner, keeps_unseeded=True, shared=plain)
        )
        self._migrations = Migrations(
            plan,
            Chain(plan, self._clusters[0], owner, prepare=fill, shared=filled),
            elsewhere=self._phases.apply_at,
            observer=observer,
            is_tried=is_tried,
            room=_ROOM_AHEAD if soon else 1,
        )
        self._place = {each.version: place for place, each in enumerate(plan.migrations)}
        self._suspected: dict[str, PhaseEvidence] = {}
        self._trials: dict[str, Tried] = {}
        self._on_trial = threading.RLock()
        self._ahead = self._planned(soon) if soon else ()
        self._collector = gc.get_threshold()
        if soon:
            gc.freeze()
            gc.set_threshold(*_COLLECT_SELDOM)
        for ahead in self._ahead:
            ahead.start()

    def __enter__(self) -> Rehearsal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Drop every database of the rehearsal, and end what is ahead of those who asked."""
        for ahead in self._ahead:
            ahead.stop()
        for ahead, cluster in zip(self._ahead, self._clusters, strict=False):
            with suppress(ServerLostError):
                ahead.join(cluster.abandon)
        self._migrations.close()
        self._phases.close()
        if self._ahead:
            gc.set_threshold(*self._collector)
            gc.unfreeze()
            for cluster in self._clusters:
                cluster.close()

    def migration(self, version: str) -> MigrationEvidence:
        """Gather the evidence of one migration, bringing the database to its place first."""
        self._wait_for(version)
        return self._migrations.rehearse(version)

    def phase(self, phase: Phase) -> PhaseEvidence:
        """Gather the evidence of a whole phase, from its end backward and forward again."""
        self._wait_for(f"walk {phase.id}")
        seen = self._phases.walk(phase)
        if not seen.went_wrong:
            return seen
        if phase.id not in self._suspected:
            way = on_the_way(self.plan, phase)
            suspects = tuple(self.migration(each.version) for each in way)
            self._suspected[phase.id] = replace(seen, suspects=suspects)
        return self._suspected[phase.id]

    def phase_end(self, phase: Phase) -> Catalog | Unreached:
        """Return the catalog that a phase leaves; cheapest where phases are asked for in order."""
        return self._phases.end(phase)

    def schema(self, phase: Phase) -> PhaseSchema | Unreached:
        """Gather what the schema at the end of a phase is, and what it does when it is tried."""
        self._wait_for(f"schema {phase.id}")
        return self._phases.schema(phase)

    def seeds(self, phase: Phase) -> SeedEvidence | Unreached:
        """Gather what the seeds of a phase do: once, twice, and after the others."""
        self._wait_for(f"seeds {phase.id}")
        return self._phases.seeds(phase)

    def trials(self, version: str) -> Tried:
        """Gather what clients, accidents and impatience do to a migration."""
        self._wait_for(f"try {version}")
        return self._try(version)

    def live(self, phase: Phase) -> LivePhase | Unreached:
        """Apply a phase while clients of the release before go on working."""
        missing = self._phases.unreached(phase)
        if missing is not None:
            return missing
        seen = [self.migration(each.version) for each in phase.migrations]
        with self._migrations.clone_at(bounds(self.plan, phase)[0]) as walk:
            catalog = walk.catalog
            walk.rest()
            app = prepare_old_app(
                walk.database,
                catalog,
                everything(catalog),
                roles=self.plan.app_roles,
                recorded=recorded_before(self.plan, phase.release),
            )
            return run_live(walk.database, app, seen)

    def _planned(self, soon: Sequence[Asked]) -> tuple[Ahead, ...]:
        """Plan what is asked for soon, in the order of the chains."""
        wanted = {of for gather, of in soon if gather is Rehearsal.trials}
        seen = {of for gather, of in soon if gather is Rehearsal.migration}
        tried = [each for each in self._place if each in wanted]
        rehearsed = [each for each in self._place if each in wanted | seen]
        return (
            Ahead(
                [(each, partial(self._migrations.rehearse, each)) for each in rehearsed],
                may_go_on=lambda: self._migrations.has_room,
            ),
            Ahead(self._jobs_of_phases([each for each in soon if each[0] in _OF_PHASES], wanted)),
            Ahead([(f"try {each}", partial(self._try, each)) for each in tried]),
        )

    def _jobs_of_phases(self, soon: Sequence[Asked], tried: Collection[str]) -> Iterator[Job]:
        for phase in self.plan.phases:
            if any(each.version in tried for each in phase.migrations):
                yield f"start {phase.id}", partial(self._phases.start, phase)
            if (Rehearsal.phase, phase) in soon:
                yield f"walk {phase.id}", partial(self._phases.walk, phase)
            if (Rehearsal.schema, phase) in soon:
                yield f"schema {phase.id}", partial(self._phases.schema, phase)
            if (Rehearsal.seeds, phase) in soon:
                yield f"seeds {phase.id}", partial(self._phases.seeds, phase)

    def _try(self, version: str) -> Tried:
        if version not in self._trials:
            with self._on_trial:
                if version not in self._trials:  # nobody has gathered it while we waited
                    self._trials[version] = self._tried(version)
        return self._trials[version]

    def _tried(self, version: str) -> Tried:
        seen = self.migration(version)
        released = self._released(seen.migration)
        with self._migrations.state_before(version, self._drop) as before:
            trials = try_migration(
                seen,
                self.plan,
                lambda: self._lent(before),
                recorded=recorded_before(self.plan, seen.migration.release),
                released=released,
                thorough=self._thorough,
            )
        return Tried(seen=seen, plan=self.plan, trials=trials, provenance=self._provenance(seen))

    def _wait_for(self, key: str) -> None:
        for each in self._ahead:
            each.wait_for(key)

    @contextmanager
    def _lent(self, database: Database) -> Iterator[Database]:
        """Lend a copy of a database that nobody is connected to."""
        copy = self._clusters[2].clone(database)
        try:
            yield copy
        finally:
            self._clusters[2].drop(copy)

    def _drop(self, database: Database) -> None:
        self._clusters[2].drop(database)
        if self._ahead:
            self._ahead[0].notify()

    def _released(self, migration: Migration) -> Catalog:
        """Return the catalog with which the migration's release began."""
        release = migration.release
        first = next(each for each in self.plan.migrations if each.release == release)
        self._wait_for(f"start {first.phase}")
        return self._phases.catalog_at(self._place[first.version])

    def _provenance(self, seen: MigrationEvidence) -> Provenance:
        """Name the migrations of the same release that made what a contract removes."""
        migration = seen.migration
        if migration.change_type is not ChangeType.CONTRACT:
            return {}
        place = self._place[migration.version]
        own = tuple(
            each for each in self.plan.migrations[:place] if each.release == migration.release
        )
        known = self._released(migration).by_identity
        young = [each for each in roots(seen.forward_delta.removed) if each.identity not in known]
        if not own or not young:
            return {}
        first = Origin(file=own[0].file, line=1, version=own[0].version)
        made = Origins(otherwise=first, migrations=own)
        return {each.identity: made.of(each.identity.name).version or "" for each in young}


_OF_PHASES = (Rehearsal.phase, Rehearsal.schema, Rehearsal.seeds)
