"""The rehearsal: run a plan on a real server, forward and backward, and gather evidence.

Two chains carry it. The *filled* one holds sample rows and runs V, R and V again of each
migration in place, observed. The *plain* one holds the seeds alone: whole phases start their
walk backward from it, and doubts are settled on it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import TracebackType

from harness.catalog import Catalog
from harness.checks.downtime.live import LivePhase, run_live
from harness.checks.rehearsal.chain import Chain, Prepare, Walk
from harness.checks.rehearsal.evidence import MigrationEvidence, PhaseEvidence, Unreached
from harness.checks.rehearsal.phase_walk import bounds, left_out, on_the_way, walk_through
from harness.checks.rehearsal.places import SharedPlaces
from harness.checks.rehearsal.trials import Tried, recorded_before, try_migration
from harness.checks.release.domains import Provenance
from harness.checks.release.old_app import prepare_old_app
from harness.checks.release.touched import everything
from harness.checks.schema.origins import Origin, Origins
from harness.checks.schema.phase_schema import PhaseSchema, gather_phase_schema
from harness.checks.seeds.facts import SeedEvidence, gather_seeds
from harness.database import Cluster, Database
from harness.diff import compare, roots
from harness.execute import Observer, Trace
from harness.plan import ChangeType, Migration, Phase, Plan

PLAIN_OWNER = "kvh_owner"
"""Runs the migrations of a tree whose manifest names no owner: a role without any privilege."""

ObserverFactory = Callable[[Walk], Observer]
"""Makes the observer of a file that is about to run in a database."""


class Rehearsal:
    """Rehearses the migrations and phases of a plan on one cluster, each at most once.

    ``share`` are the places whose databases it leaves to other rehearsals on the server, and finds
    there; None shares nothing. ``is_tried`` tells whether the trials of a version will be asked for
    soon: then the state before it is kept for them.
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
    ) -> None:
        owner = plan.owner or PLAIN_OWNER
        cluster.ensure_roles(tuple(dict.fromkeys((*plan.roles, *plan.app_roles, owner))))
        self.plan = plan
        self._cluster = cluster
        self._observer = observer
        self._thorough = thorough
        self._is_tried = is_tried
        filled, plain = (
            None if share is None else SharedPlaces(plan, cluster, owner, kind=kind, places=share)
            for kind in (f"filled by {getattr(fill, '__qualname__', None)}", "plain")
        )
        self._filled = Chain(plan, cluster, owner, prepare=fill, shared=filled)
        self._plain = Chain(plan, cluster, owner, keeps_unseeded=True, shared=plain)
        self._place = {each.version: place for place, each in enumerate(plan.migrations)}
        self._migrations: dict[str, MigrationEvidence] = {}
        self._phases: dict[str, PhaseEvidence] = {}
        self._ends: dict[str, Catalog | Unreached] = {}
        self._schemas: dict[str, PhaseSchema | Unreached] = {}
        self._seeds: dict[str, SeedEvidence | Unreached] = {}
        self._trials: dict[str, Tried] = {}
        self._before: tuple[str, Database] | None = None

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
        """Drop every database of the rehearsal."""
        self._forget_before()
        self._filled.close()
        self._plain.close()

    def migration(self, version: str) -> MigrationEvidence:
        """Gather the evidence of one migration, bringing the database to its place first."""
        if version not in self._migrations:
            self._migrations[version] = self._rehearse(self._place[version])
        return self._migrations[version]

    def phase(self, phase: Phase) -> PhaseEvidence:
        """Gather the evidence of a whole phase, from its end backward and forward again."""
        if phase.id not in self._phases:
            self._phases[phase.id] = self._walked(phase)
        return self._phases[phase.id]

    def phase_end(self, phase: Phase) -> Catalog | Unreached:
        """Return the catalog that a phase leaves; cheapest where phases are asked for in order."""
        if phase.id not in self._ends:
            end = bounds(self.plan, phase)[1]
            self._ends[phase.id] = self._unreached(phase) or self._plain.catalog_at(end)
        return self._ends[phase.id]

    def schema(self, phase: Phase) -> PhaseSchema | Unreached:
        """Gather what the schema at the end of a phase is, and what it does when it is tried."""
        if phase.id not in self._schemas:
            self._schemas[phase.id] = self._unreached(phase) or self._try_schema(phase)
        return self._schemas[phase.id]

    def seeds(self, phase: Phase) -> SeedEvidence | Unreached:
        """Gather what the seeds of a phase do: once, twice, and after the others."""
        if phase.id not in self._seeds:
            self._seeds[phase.id] = self._unreached(phase) or self._try_seeds(phase)
        return self._seeds[phase.id]

    def trials(self, version: str) -> Tried:
        """Gather what clients, accidents and impatience do to a migration."""
        if version not in self._trials:
            seen = self.migration(version)
            with self._state_before(version) as before:
                trials = try_migration(
                    seen,
                    self.plan,
                    lambda: self._filled.lent(before),
                    recorded=recorded_before(self.plan, seen.migration.release),
                    released=self._released(seen.migration),
                    thorough=self._thorough,
                )
            self._trials[version] = Tried(
                seen=seen, plan=self.plan, trials=trials, provenance=self._provenance(seen)
            )
        return self._trials[version]

    def live(self, phase: Phase) -> LivePhase | Unreached:
        """Apply a phase while clients of the release before go on working."""
        missing = self._unreached(phase)
        if missing is not None:
            return missing
        seen = [self.migration(each.version) for each in phase.migrations]
        with self._filled.clone_at(bounds(self.plan, phase)[0]) as walk:
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

    def _walked(self, phase: Phase) -> PhaseEvidence:
        seen = walk_through(self.plan, self._plain, phase)
        if not seen.went_wrong:
            return seen
        way = on_the_way(self.plan, phase)
        return replace(seen, suspects=tuple(self.migration(each.version) for each in way))

    def _unreached(self, phase: Phase) -> Unreached | None:
        _, end = bounds(self.plan, phase)
        self._plain.at(end)
        behind = left_out(self._plain, self.plan.migrations[:end])
        missing = tuple(each for each in behind if not each.applied)
        if not missing:
            return None
        return Unreached(phase=phase, manifest_file=self.plan.manifest_file, left_out=missing)

    def _try_schema(self, phase: Phase) -> PhaseSchema:
        with self._plain.clone_at(bounds(self.plan, phase)[1]) as walk:
            return gather_phase_schema(
                walk.database, walk.catalog, self.plan, phase, disposable=True
            )

    def _try_seeds(self, phase: Phase) -> SeedEvidence:
        earlier = [each for each in self.plan.phases if each.order < phase.order and each.seeds]
        before = self.seeds(earlier[-1]) if earlier else None
        waiting = before.waiting if isinstance(before, SeedEvidence) else ()
        if not phase.seeds:
            return SeedEvidence(phase=phase, waiting=waiting)
        with self._plain.clone_before_seeds(bounds(self.plan, phase)[1]) as walk:
            return gather_seeds(walk.database, phase, waiting)

    @contextmanager
    def _state_before(self, version: str) -> Iterator[Database]:
        """Lend the state that the latest rehearsal found, or walk there again."""
        if self._before is not None and self._before[0] == version:
            yield self._before[1]
        else:
            with self._filled.clone_at(self._place[version]) as walk:
                walk.rest()
                yield walk.database

    def _keep_before(self, version: str, walk: Walk) -> None:
        """Keep a copy of what a rehearsal is about to change, if it is to be tried."""
        self._forget_before()
        if self._is_tried(version):
            self._before = (version, self._filled.copy_of(walk))

    def _forget_before(self) -> None:
        if self._before is not None:
            self._cluster.drop(self._before[1])
            self._before = None

    def _released(self, migration: Migration) -> Catalog:
        """Return the catalog with which the migration's release began."""
        release = migration.release
        first = next(each for each in self.plan.migrations if each.release == release)
        return self._plain.catalog_at(self._place[first.version])

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

    def _rehearse(self, place: int) -> MigrationEvidence:
        migration = self.plan.migrations[place]
        walk = self._filled.at(place)
        before = walk.catalog
        self._keep_before(migration.version, walk)
        forward = walk.run(migration.forward, self._observer(walk) if self._observer else None)
        after = walk.read()
        if not forward.succeeded:
            cause = self._filled.refused(walk, forward, clean=after == before)
            return MigrationEvidence(
                migration=migration, before=before, forward=forward, after=after, blocked_by=cause
            )
        evidence = self._back_and_again(migration, walk, before, forward, after)
        if _stands_applied(evidence):
            self._filled.passed(walk, after)
        else:
            self._filled.spoiled()
        return evidence

    def _back_and_again(
        self, migration: Migration, walk: Walk, before: Catalog, forward: Trace, after: Catalog
    ) -> MigrationEvidence:
        backward = again = None
        back = again_after = elsewhere = None
        if migration.backward is not None:
            backward = walk.run(migration.backward)
            back = walk.read()
            if backward.succeeded:
                again = walk.run(migration.forward)
                again_after = walk.read()
                if again.succeeded:
                    elsewhere = self._elsewhere(migration, after, again_after)
        return MigrationEvidence(
            migration=migration,
            before=before,
            forward=forward,
            after=after,
            backward=backward,
            back=back,
            again=again,
            again_after=again_after,
            elsewhere=elsewhere,
        )

    def _elsewhere(
        self, migration: Migration, after: Catalog, again_after: Catalog
    ) -> Catalog | None:
        """Apply V on a second fresh database, to tell chance from history: only on a doubt."""
        if not compare(after, again_after).without_column_order:
            return None
        with self._plain.clone_at(self._place[migration.version]) as fresh:
            return fresh.read() if fresh.run(migration.forward).succeeded else None


def _stands_applied(evidence: MigrationEvidence) -> bool:
    """Whether the database stands where V alone would have brought it."""
    if evidence.again_after is not None:
        return evidence.again_after == evidence.after
    return evidence.back is None or evidence.back == evidence.after
