"""The copied tree of a process, and the places that rehearsals of its mutants share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from harness.checks.rehearsal.prepare import rehearse
from harness.checks.rehearsal.rehearsal import Rehearsal
from harness.checks.subjects import PlanRead
from harness.database import Cluster
from harness.server import Server
from tests.mutations.all_mutations import MUTATIONS
from tests.mutations.copied import CopiedTree, place_of
from tests.mutations.judging import is_of_phase, is_of_run
from tests.mutations.mutation import Mutation

Rehearsing = Callable[[PlanRead, Mutation], AbstractContextManager[Rehearsal]]


@pytest.fixture(scope="session")
def tree(tmp_path_factory: pytest.TempPathFactory) -> CopiedTree:
    """Return this process' copy of the real tree."""
    return CopiedTree(tmp_path_factory.mktemp("mutated"))


@pytest.fixture(scope="session")
def rehearsing(tree: CopiedTree, cluster: Cluster, postgres_server: Server) -> Rehearsing:
    """Return what opens the rehearsal of a mutant, from where others have brought the tree.

    Each mutation changes nothing before its own place: what stands there is kept on the server.
    The plain chain is walked for phases alone, so the two kinds of mutation keep places apart.
    """
    plan = tree.original.plan
    places: dict[bool, set[int]] = {True: set(), False: set()}
    for each in filter(is_of_run, MUTATIONS):
        places[is_of_phase(each)].add(place_of(plan, each.version))

    @contextmanager
    def opened(read: PlanRead, mutation: Mutation) -> Iterator[Rehearsal]:
        own = place_of(plan, mutation.version)
        share = {place for place in places[is_of_phase(mutation)] if place <= own}
        kind = postgres_server.kind.value
        with rehearse(read.plan, cluster, kind, share=share) as rehearsal:
            yield rehearsal

    return opened
