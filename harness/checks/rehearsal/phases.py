"""What the plain chain tells, which holds the seeds alone: whole phases, and how each one ends."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from harness.catalog import Catalog
from harness.checks.rehearsal.chain import Chain
from harness.checks.rehearsal.evidence import PhaseEvidence, Unreached
from harness.checks.rehearsal.phase_walk import bounds, left_out, walk_through
from harness.checks.schema.phase_schema import PhaseSchema, gather_phase_schema
from harness.checks.seeds.facts import SeedEvidence, gather_seeds
from harness.plan import Migration, Phase, Plan

Seen = TypeVar("Seen")


class Phases:
    """Gathers what there is to know of each phase, at most once; several threads may ask.

    Only one of them at a time is on the chain. What is known already keeps nobody waiting.
    """

    def __init__(self, plan: Plan, chain: Chain) -> None:
        self._plan = plan
        self._chain = chain
        self._on_the_chain = threading.RLock()
        self._walks: dict[str, PhaseEvidence] = {}
        self._ends: dict[str, Catalog | Unreached] = {}
        self._schemas: dict[str, PhaseSchema | Unreached] = {}
        self._seeds: dict[str, SeedEvidence | Unreached] = {}

    def walk(self, phase: Phase) -> PhaseEvidence:
        """Walk a phase from its end backward and forward again."""
        return self._once(
            self._walks, phase, lambda each: walk_through(self._plan, self._chain, each)
        )

    def start(self, phase: Phase) -> Catalog:
        """Return the catalog that a phase finds."""
        return self.catalog_at(bounds(self._plan, phase)[0])

    def end(self, phase: Phase) -> Catalog | Unreached:
        """Return the catalog that a phase leaves; cheapest where phases are asked for in order."""
        return self._once(
            self._ends,
            phase,
            lambda each: self._unreached(each) or self.catalog_at(bounds(self._plan, each)[1]),
        )

    def schema(self, phase: Phase) -> PhaseSchema | Unreached:
        """Gather what the schema at the end of a phase is, and what it does when it is tried."""
        return self._once(
            self._schemas, phase, lambda each: self._unreached(each) or self._try_schema(each)
        )

    def seeds(self, phase: Phase) -> SeedEvidence | Unreached:
        """Gather what the seeds of a phase do: once, twice, and after the others."""
        return self._once(
            self._seeds, phase, lambda each: self._unreached(each) or self._try_seeds(each)
        )

    def catalog_at(self, place: int) -> Catalog:
        """Return the catalog at a place of the chain."""
        known = self._chain.known_catalog(place)
        if known is not None:
            return known
        with self._on_the_chain:
            return self._chain.catalog_at(place)

    def apply_at(self, place: int, migration: Migration) -> Catalog | None:
        """Apply V on a second fresh database; None where it does not apply there."""
        with self._on_the_chain, self._chain.clone_at(place) as fresh:
            return fresh.read() if fresh.run(migration.forward).succeeded else None

    def close(self) -> None:
        """Drop every database of the chain."""
        self._chain.close()

    def _once(self, kept: dict[str, Seen], phase: Phase, gather: Callable[[Phase], Seen]) -> Seen:
        if phase.id not in kept:
            with self._on_the_chain:
                if phase.id not in kept:  # nobody has gathered it while we waited
                    kept[phase.id] = gather(phase)
        return kept[phase.id]

    def _unreached(self, phase: Phase) -> Unreached | None:
        _, end = bounds(self._plan, phase)
        self._chain.at(end)
        behind = left_out(self._chain, self._plan.migrations[:end])
        missing = tuple(each for each in behind if not each.applied)
        if not missing:
            return None
        return Unreached(phase=phase, manifest_file=self._plan.manifest_file, left_out=missing)

    def unreached(self, phase: Phase) -> Unreached | None:
        """Say what is missing at the end of a phase; None where it can be reached whole."""
        with self._on_the_chain:
            return self._unreached(phase)

    def _try_schema(self, phase: Phase) -> PhaseSchema:
        with self._chain.clone_at(bounds(self._plan, phase)[1]) as walk:
            return gather_phase_schema(
                walk.database, walk.catalog, self._plan, phase, disposable=True
            )

    def _try_seeds(self, phase: Phase) -> SeedEvidence:
        earlier = [each for each in self._plan.phases if each.order < phase.order and each.seeds]
        before = self.seeds(earlier[-1]) if earlier else None
        waiting = before.waiting if isinstance(before, SeedEvidence) else ()
        if not phase.seeds:
            return SeedEvidence(phase=phase, waiting=waiting)
        with self._chain.clone_before_seeds(bounds(self._plan, phase)[1]) as walk:
            return gather_seeds(walk.database, phase, waiting)
