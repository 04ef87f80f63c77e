"""The rehearsal: run a plan on a real server, forward and backward, and gather evidence.

Two chains carry it. The *filled* one holds sample rows and runs V, R and V again of each
migration in place, observed. The *plain* one holds the seeds alone: whole phases start their
walk backward from it, and doubts are settled on it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from types import TracebackType

from harness.catalog import Catalog
from harness.checks.chain import Chain, Prepare, Walk
from harness.checks.evidence import (
    LeftOut,
    MigrationEvidence,
    PhaseEvidence,
    Step,
    Unreached,
)
from harness.checks.phase_schema import PhaseSchema, gather_phase_schema
from harness.checks.places import SharedPlaces
from harness.checks.seed_facts import SeedEvidence, gather_seeds
from harness.database import Cluster, Database
from harness.diff import compare
from harness.execute import Observer, Trace
from harness.plan import Migration, Phase, Plan

PLAIN_OWNER = "kvh_owner"
"""Runs the migrations of a tree whose manifest names no owner: a role without any privilege."""

ObserverFactory = Callable[[Database], Observer]


class Rehearsal:
    """Rehearses the migrations and phases of a plan on one cluster, each at most once.

    ``share`` are the places whose databases it leaves to other rehearsals on the server, and finds
    there; None shares nothing.
    """

    def __init__(
        self,
        plan: Plan,
        cluster: Cluster,
        *,
        observer: ObserverFactory | None = None,
        fill: Prepare | None = None,
        share: Collection[int] | None = None,
    ) -> None:
        owner = plan.owner or PLAIN_OWNER
        cluster.ensure_roles(tuple(dict.fromkeys((*plan.roles, *plan.app_roles, owner))))
        self.plan = plan
        self._observer = observer
        filled, plain = (
            None if share is None else SharedPlaces(plan, cluster, owner, kind=kind, places=share)
            for kind in (f"filled by {getattr(fill, '__qualname__', None)}", "plain")
        )
        self._filled = Chain(plan, cluster, owner, prepare=fill, shared=filled)
        self._plain = Chain(plan, cluster, owner, keeps_unseeded=True, shared=plain)
        self._place = {each.version: place for place, each in enumerate(plan.migrations)}
        self._migrations: dict[str, MigrationEvidence] = {}
        self._phases: dict[str, PhaseEvidence] = {}
        self._schemas: dict[str, PhaseSchema | Unreached] = {}
        self._seeds: dict[str, SeedEvidence | Unreached] = {}

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
            self._phases[phase.id] = self._walk_through(phase)
        return self._phases[phase.id]

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

    def _unreached(self, phase: Phase) -> Unreached | None:
        end = self._end_of(phase)
        self._plain.at(end)
        behind = self._left_out(self.plan.migrations[:end])
        missing = tuple(each for each in behind if not each.applied)
        if not missing:
            return None
        return Unreached(phase=phase, manifest_file=self.plan.manifest_file, left_out=missing)

    def _try_schema(self, phase: Phase) -> PhaseSchema:
        with self._plain.clone_at(self._end_of(phase)) as walk:
            return gather_phase_schema(
                walk.database, walk.catalog, self.plan, phase, disposable=True
            )

    def _try_seeds(self, phase: Phase) -> SeedEvidence:
        earlier = [each for each in self.plan.phases if each.order < phase.order and each.seeds]
        before = self.seeds(earlier[-1]) if earlier else None
        waiting = before.waiting if isinstance(before, SeedEvidence) else ()
        with self._plain.clone_before_seeds(self._end_of(phase)) as walk:
            return gather_seeds(walk.database, phase, waiting)

    def _end_of(self, phase: Phase) -> int:
        return sum(len(each.migrations) for each in self.plan.phases if each.order <= phase.order)

    def _rehearse(self, place: int) -> MigrationEvidence:
        migration = self.plan.migrations[place]
        walk = self._filled.at(place)
        before = walk.catalog
        forward = walk.run(
            migration.forward, self._observer(walk.database) if self._observer else None
        )
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

    def _walk_through(self, phase: Phase) -> PhaseEvidence:
        first = self._place[phase.migrations[0].version] if phase.migrations else 0
        last = first + len(phase.migrations)
        start = self._plain.at(first).catalog
        with self._plain.clone_at(last) as walk:
            end = walk.catalog
            backward = self._run_backward(walk, last, first)
            back = walk.read()
            forward = self._run_forward(walk, first, last) if _all_ran(backward) else ()
            again = walk.read()
            pristine, downward = self._down_to_the_bottom(walk, phase, forward)
            bottom = walk.read() if downward else None
        seen = PhaseEvidence(
            phase=phase,
            manifest_file=self.plan.manifest_file,
            start=start,
            end=end,
            backward=backward,
            back=back,
            forward=forward,
            again=again if forward and _all_ran(forward) else None,
            pristine=pristine,
            downward=downward,
            bottom=bottom,
            left_out=tuple(self._left_out(self._on_the_way(phase))),
        )
        return replace(seen, suspects=self._suspects(seen)) if seen.went_wrong else seen

    def _suspects(self, seen: PhaseEvidence) -> tuple[MigrationEvidence, ...]:
        return tuple(self.migration(each.version) for each in self._on_the_way(seen.phase))

    def _left_out(self, migrations: Iterable[Migration]) -> Iterator[LeftOut]:
        for each in migrations:
            if each.version in self._plain.broken:
                cause = self._plain.root_cause(each.version)
                yield LeftOut(version=each.version, applied=False, because=cause)
            elif each.backward is None:
                yield LeftOut(version=each.version, applied=True)

    def _on_the_way(self, phase: Phase) -> tuple[Migration, ...]:
        """The last phase's walk goes on down to the first migration of all."""
        return self.plan.migrations if self._is_last(phase) else phase.migrations

    def _is_last(self, phase: Phase) -> bool:
        """Whether no later phase has a migration."""
        return bool(phase.migrations) and phase.migrations[-1] is self.plan.migrations[-1]

    def _down_to_the_bottom(
        self, walk: Walk, phase: Phase, forward: tuple[Step, ...]
    ) -> tuple[Catalog | None, tuple[Step, ...]]:
        """From the last phase's end, go back to the database that the first migration found."""
        if not self._is_last(phase) or not forward or not _all_ran(forward):
            return None, ()
        pristine = self._plain.at(0).catalog
        return pristine, self._run_backward(walk, len(self.plan.migrations), 0)

    def _run_backward(self, walk: Walk, place: int, target: int) -> tuple[Step, ...]:
        return self._run_all(walk, reversed(self.plan.migrations[target:place]), backward=True)

    def _run_forward(self, walk: Walk, place: int, target: int) -> tuple[Step, ...]:
        return self._run_all(walk, self.plan.migrations[place:target], backward=False)

    def _run_all(
        self, walk: Walk, migrations: Iterable[Migration], *, backward: bool
    ) -> tuple[Step, ...]:
        """Run files one after another until one is refused; leave out what never applied."""
        steps: list[Step] = []
        for migration in migrations:
            script = migration.backward if backward else migration.forward
            if script is None or migration.version in self._plain.broken:
                continue
            steps.append(Step(migration=migration, trace=walk.run(script)))
            if not steps[-1].trace.succeeded:
                break
        return tuple(steps)


def _stands_applied(evidence: MigrationEvidence) -> bool:
    """Whether the database stands where V alone would have brought it."""
    if evidence.again_after is not None:
        return evidence.again_after == evidence.after
    return evidence.back is None or evidence.back == evidence.after


def _all_ran(steps: tuple[Step, ...]) -> bool:
    return all(each.trace.succeeded for each in steps)
