"""What the filled chain tells, which holds sample rows: each migration forward, back and again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from harness.catalog import Catalog
from harness.checks.rehearsal.chain import Chain, Walk
from harness.checks.rehearsal.evidence import MigrationEvidence
from harness.database import Database
from harness.diff import compare
from harness.execute import Observer, Trace
from harness.plan import Migration, Plan

ObserverFactory = Callable[[Walk], Observer]
"""Makes the observer of a file that is about to run in a database."""

Elsewhere = Callable[[int, Migration], Catalog | None]
"""Applies a migration at its place on a database that nothing else has happened to."""


class Migrations:
    """Rehearses each migration at most once; several threads may ask, one is on the chain.

    ``is_tried`` tells whether the state before a version will be asked for soon: then it is kept.
    So is that of ``room - 1`` others whose trials are still to come.
    """

    def __init__(
        self,
        plan: Plan,
        chain: Chain,
        *,
        elsewhere: Elsewhere,
        observer: ObserverFactory | None,
        is_tried: Callable[[str], bool],
        room: int,
    ) -> None:
        self._plan = plan
        self._chain = chain
        self._elsewhere = elsewhere
        self._observer = observer
        self._is_tried = is_tried
        self._room = room
        self._on_the_chain = threading.RLock()
        self._place = {each.version: place for place, each in enumerate(plan.migrations)}
        self._seen: dict[str, MigrationEvidence] = {}
        self._before: dict[str, Database] = {}

    def rehearse(self, version: str) -> MigrationEvidence:
        """Gather the evidence of one migration, bringing the database to its place first."""
        if version not in self._seen:
            with self._on_the_chain:
                if version not in self._seen:  # nobody has gathered it while we waited
                    place = self._place[version]
                    seen = self._rehearse(place)
                    self._seen[version] = replace(seen, left_out=self._left_out(place))
        return self._seen[version]

    @property
    def has_room(self) -> bool:
        """Whether another state can be kept without giving one up."""
        return len(self._before) < self._room

    @contextmanager
    def state_before(self, version: str, drop: Callable[[Database], None]) -> Iterator[Database]:
        """Lend the state that a rehearsal found, or walk there again; ``drop`` takes it away."""
        kept = self._before.pop(version, None)
        if kept is None:
            with self.clone_at(self._place[version]) as walk:
                walk.rest()
                yield walk.database
            return
        try:
            yield kept
        finally:
            drop(kept)

    @contextmanager
    def clone_at(self, place: int) -> Iterator[Walk]:
        """Lend a copy of the database at a place."""
        with self._on_the_chain, self._chain.clone_at(place) as walk:
            yield walk

    def close(self) -> None:
        """Drop every database of the chain, and what is kept of it."""
        while self._before:
            self._chain.drop(self._before.popitem()[1])
        self._chain.close()

    def _keep_before(self, version: str, walk: Walk) -> None:
        """Keep a copy of what a rehearsal is about to change, if it is to be tried."""
        if not self._is_tried(version):
            return
        self._before[version] = self._chain.copy_of(walk)
        while len(self._before) > self._room:  # the oldest: whoever asks is further on already
            self._chain.drop(self._before.pop(next(iter(self._before))))

    def _left_out(self, place: int) -> tuple[str, ...]:
        """Name what did not apply on the way to a place, consequences apart."""
        behind = (each.version for each in self._plan.migrations[:place])
        broken = (each for each in behind if each in self._chain.broken)
        return tuple(each for each in broken if self._chain.root_cause(each) is None)

    def _rehearse(self, place: int) -> MigrationEvidence:
        migration = self._plan.migrations[place]
        walk = self._chain.at(place)
        before = walk.catalog
        self._keep_before(migration.version, walk)
        forward = walk.run(migration.forward, self._observer(walk) if self._observer else None)
        after = walk.read()
        if not forward.succeeded:
            cause = self._chain.refused(walk, forward, clean=after == before)
            return MigrationEvidence(
                migration=migration, before=before, forward=forward, after=after, blocked_by=cause
            )
        evidence = self._back_and_again(migration, walk, before, forward, after)
        if _stands_applied(evidence):
            self._chain.passed(walk, after)
        else:
            self._chain.spoiled()
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
                # Only on a doubt: a second database tells chance from history.
                if again.succeeded and compare(after, again_after).without_column_order:
                    elsewhere = self._elsewhere(self._place[migration.version], migration)
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


def _stands_applied(evidence: MigrationEvidence) -> bool:
    """Whether the database stands where V alone would have brought it."""
    if evidence.again_after is not None:
        return evidence.again_after == evidence.after
    return evidence.back is None or evidence.back == evidence.after
