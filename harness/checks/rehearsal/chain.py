"""A chain: one database on its way forward through a plan, and the way back to any place of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from harness.catalog import Catalog, CatalogReader
from harness.checks.rehearsal.consequences import cause_of, guarded_by
from harness.checks.rehearsal.creations import Creation, creations_of
from harness.checks.rehearsal.lost import lost_cause
from harness.checks.rehearsal.places import SharedPlaces
from harness.database import Cluster, Database
from harness.execute import Connection, Observer, Trace, run_script
from harness.plan import Migration, Phase, Plan
from harness.sql import Script

Prepare = Callable[[Connection], None]
"""Does something to a database through the session of a superuser that is open anyway."""


class Walk:
    """One database and how many migrations of the plan are behind it.

    A superuser's session stays open for what is done between the files; files never run in it. What
    it has learnt of the database's relations costs more than most files.

    ``reader`` has read the catalog of this or another database of the server: what is alike needs
    not be read again.
    """

    def __init__(
        self, database: Database, place: int = 0, reader: CatalogReader | None = None
    ) -> None:
        self.database = database
        self.place = place
        self.reader = reader
        self._catalog: Catalog | None = None
        self._session: Connection | None = None

    @property
    def catalog(self) -> Catalog:
        """The catalog at this place; read once, until the database moves on."""
        if self._catalog is None:
            self._catalog = self.read()
        return self._catalog

    @property
    def session(self) -> Connection:
        """The session for what is done between the files; in autocommit mode, and idle."""
        if self._session is None:
            self._session = self.database.connect()
        return self._session

    def read(self) -> Catalog:
        """Read the catalog as it stands at this moment."""
        if self.reader is None:
            self.reader = CatalogReader(self.session)
        elif self.reader.connection is not self.session:
            self.reader = self.reader.fork(self.session)
        return self.reader.read()

    def rest(self) -> None:
        """Leave no session open, so that the database can be cloned."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def run(self, script: Script, observer: Observer | None = None) -> Trace:
        """Run a file as the owner of the database, on a fresh connection."""
        with self.database.connect(self.database.owner) as connection:
            return run_script(connection, script, observer=observer)

    def move_to(self, place: int, catalog: Catalog | None = None) -> None:
        """Say that the database stands at a place, with its catalog where that is known."""
        self.place = place
        self._catalog = catalog


class Chain:
    """Brings a database forward, migration by migration, and remembers the ends of phases.

    ``prepare`` runs on the database after each step (sample rows). Seeds of a phase run when
    its last migration is behind. A migration that does not apply is left out and remembered
    with the names that it would have created; the chain goes on without it.

    With ``shared`` places, the chain starts from what others have left on the server and leaves
    its own there, so long as everything on the way has applied.
    """

    def __init__(
        self,
        plan: Plan,
        cluster: Cluster,
        owner: str,
        *,
        prepare: Prepare | None = None,
        keeps_unseeded: bool = False,
        shared: SharedPlaces | None = None,
    ) -> None:
        self.plan = plan
        self.broken: dict[str, frozenset[Creation]] = {}
        self._root_causes: dict[str, str] = {}
        self._cluster = cluster
        self._owner = owner
        self._prepare = prepare
        self._keeps_unseeded = keeps_unseeded
        self._shared = shared
        self._walk: Walk | None = None
        self._reader: CatalogReader | None = None
        self._checkpoints: dict[int, Database] = {}
        self._unseeded: dict[int, Database] = {}
        self._catalogs: dict[int, Catalog] = {}
        self._phase_ends = _phase_ends(plan)

    def at(self, place: int) -> Walk:
        """Bring the chain's own database to a place, from the nearest one behind it."""
        walk = self._walk
        if walk is None or walk.place > place or self._lent_behind(place, walk.place):
            walk = self._restart(place)
        return self._advance(walk, place)

    @contextmanager
    def clone_at(self, place: int) -> Iterator[Walk]:
        """Lend a copy of the database at a place; what happens to it is nobody's concern."""
        here = self.at(place)
        catalog = here.catalog
        here.rest()
        with self._lent(here.database) as copy:
            copy.move_to(place, catalog)
            yield copy

    def copy_of(self, walk: Walk) -> Database:
        """Copy a database on its way; the caller drops the copy."""
        walk.rest()
        return self._cluster.clone(walk.database)

    def drop(self, copy: Database) -> None:
        """Drop a copy."""
        self._cluster.drop(copy)

    def known_catalog(self, place: int) -> Catalog | None:
        """Return the catalog at a place that was asked for before; safe in any thread."""
        return self._catalogs.get(place)

    def catalog_at(self, place: int) -> Catalog:
        """Return the catalog at a place; those that were asked for are remembered."""
        if place not in self._catalogs:
            self._catalogs[place] = self.at(place).catalog
        return self._catalogs[place]

    @contextmanager
    def clone_before_seeds(self, place: int) -> Iterator[Walk]:
        """Lend a copy of the database at the end of a phase, as its migrations alone left it."""
        if place not in self._unseeded:  # who starts at the end finds it with its seeds
            self._advance(self._restart(place - 1), place)
        self.at(place)
        with self._lent(self._unseeded[place]) as copy:
            copy.move_to(place)
            yield copy

    @contextmanager
    def _lent(self, database: Database) -> Iterator[Walk]:
        reader = self._reader if self._walk is None else self._walk.reader
        copy = Walk(self._cluster.clone(database), reader=reader)
        try:
            yield copy
        finally:
            copy.rest()
            self._cluster.drop(copy.database)

    def passed(self, walk: Walk, catalog: Catalog) -> None:
        """Say that the next migration stands applied on the chain's database."""
        walk.move_to(walk.place + 1, catalog)
        self._finish_step(walk)

    def refused(self, walk: Walk, trace: Trace, *, clean: bool) -> str | None:
        """Say that the next migration did not apply; name the root cause if it is not its own.

        ``clean`` tells that the refusal left the catalog as it was.
        """
        cause = self._remember_broken(self.plan.migrations[walk.place], trace)
        if clean:
            walk.move_to(walk.place + 1, walk.catalog)
            self._finish_step(walk)
        else:
            self.spoiled()
        return cause

    def root_cause(self, version: str) -> str | None:
        """Name the earlier failure that explains why a migration did not apply."""
        return self._root_causes.get(version)

    def spoiled(self) -> None:
        """Say that the chain's database is not where any place is: it starts anew."""
        if self._walk is not None:
            self._walk.rest()
            self._reader = self._walk.reader
            self._cluster.drop(self._walk.database)
            self._walk = None

    def close(self) -> None:
        """Drop every database of the chain."""
        self.spoiled()
        for kept in (self._checkpoints, self._unseeded):
            while kept:
                self._cluster.drop(kept.popitem()[1])

    def _restart(self, place: int) -> Walk:
        self.spoiled()
        behind = max((each for each in self._checkpoints if each <= place), default=0)
        lent = self._lent_behind(place, behind)
        if lent is None and behind not in self._checkpoints:
            self._checkpoints[0] = self._cluster.create(self._owner)
        start, database = lent or (behind, self._checkpoints[behind])
        self._walk = Walk(self._cluster.clone(database), start, self._reader)
        return self._walk

    def _advance(self, walk: Walk, place: int) -> Walk:
        while walk.place < place:
            self._step(walk)
        return walk

    def _lent_behind(self, place: int, behind: int) -> tuple[int, Database] | None:
        """Find what others have left further on than a place of our own."""
        if self._shared is None or self.broken:
            return None
        return self._shared.nearest(place, behind=behind)

    def _step(self, walk: Walk) -> None:
        migration = self.plan.migrations[walk.place]
        before = walk.catalog if not migration.forward.transactional else None
        trace = walk.run(migration.forward)
        if trace.succeeded:
            walk.move_to(walk.place + 1)
            self._finish_step(walk)
            return
        self._remember_broken(migration, trace)
        if before is not None and walk.read() != before:
            self._step_over(walk, migration)
        else:
            walk.move_to(walk.place + 1)
            self._finish_step(walk)

    def _step_over(self, walk: Walk, migration: Migration) -> None:
        """Undo what a file without a transaction left half done, as its rollback would."""
        if migration.backward is not None:
            walk.run(migration.backward)
        walk.move_to(walk.place + 1)
        self._finish_step(walk)

    def _finish_step(self, walk: Walk) -> None:
        if self._prepare is not None:
            self._prepare(walk.session)
        ended = self._phase_ends.get(walk.place, ())
        seeds = [seed for phase in ended for seed in phase.seeds]
        if seeds and self._keeps_unseeded:
            self._keep(walk, self._unseeded)
        for seed in seeds:
            walk.run(seed.script)
        if seeds:  # one that changes the catalog is at fault itself, not the migration after it
            walk.move_to(walk.place)
        if self._shared is not None and self._shared.is_kept(walk.place) and not self.broken:
            walk.rest()
            self._shared.keep(walk.place, walk.database)
        elif ended:
            self._keep(walk, self._checkpoints)

    def _keep(self, walk: Walk, kept: dict[int, Database]) -> None:
        """Keep a copy of the database as it stands at this place."""
        if walk.place not in kept:
            walk.rest()
            kept[walk.place] = self._cluster.clone(walk.database)

    def _remember_broken(self, migration: Migration, trace: Trace) -> str | None:
        version = migration.version
        if version not in self.broken and trace.failure is not None:
            cause = (
                cause_of(trace.failure, migration.forward, self.broken)
                or guarded_by(trace.failure, migration.after, self.broken)
                or lost_cause(self.plan, migration, trace.failure)
            )
            if cause is not None:
                self._root_causes[version] = self._root_causes.get(cause, cause)
            self.broken[version] = creations_of(migration.forward)
        return self._root_causes.get(version)


def _phase_ends(plan: Plan) -> dict[int, tuple[Phase, ...]]:
    """Map the place behind a phase's last migration to the phases that end there."""
    ends: dict[int, tuple[Phase, ...]] = {}
    place = 0
    for phase in plan.phases:
        place += len(phase.migrations)
        ends[place] = (*ends.get(place, ()), phase)
    return ends
