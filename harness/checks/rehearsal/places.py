"""Databases at places of a chain that rehearsals on one server lend to each other.

What stands at a place follows from what ran to reach it: the owner, the files in their order and
what was done after each. Its digest is the key under which the database is kept, so any plan that
begins with the same files finds it, in this process or another one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from itertools import accumulate

from harness.database import Cluster, Database
from harness.plan import Plan


class SharedPlaces:
    """Finds and keeps the databases of one kind of chain, at chosen places of one plan.

    ``kind`` tells chains apart that do other things between the same files. Only what is at
    ``places`` is kept; what was kept by others there, or at an end of a phase, is found.
    """

    def __init__(
        self, plan: Plan, cluster: Cluster, owner: str, *, kind: str, places: Collection[int]
    ) -> None:
        self._cluster = cluster
        self._owner = owner
        self._keys = tuple(_keys(plan, f"{owner} {kind}"))
        self._places = sorted({*places, *_phase_ends(plan)} & set(range(1, len(self._keys))))
        self._kept = frozenset(places)

    def nearest(self, place: int, *, behind: int = 0) -> tuple[int, Database] | None:
        """Find the last place before or at this one, and after ``behind``, that is kept."""
        for each in reversed(self._places):
            if behind < each <= place:
                database = self._cluster.kept(self._keys[each], self._owner)
                if database is not None:
                    return each, database
        return None

    def is_kept(self, place: int) -> bool:
        """Whether others shall find what stands at this place."""
        return place in self._kept

    def keep(self, place: int, database: Database) -> None:
        """Keep a copy of a database at this place; nobody may be connected to it."""
        self._cluster.keep(self._keys[place], database)


def _keys(plan: Plan, start: str) -> Iterator[str]:
    """Yield a key for each place, from the empty database on."""
    digests = [hashlib.sha256(start.encode()).hexdigest()]
    for phase in plan.phases:
        steps = [each.forward.sha256 for each in phase.migrations]
        seeds = "".join(each.script.sha256 for each in phase.seeds)
        if steps:
            steps[-1] += seeds
        else:
            digests[-1] += seeds
        digests += steps
    yield from accumulate(digests, _folded)


def _folded(behind: str, step: str) -> str:
    return hashlib.sha256(f"{behind} {step}".encode()).hexdigest()


def _phase_ends(plan: Plan) -> Iterator[int]:
    return accumulate(len(each.migrations) for each in plan.phases)
