"""The rehearsals of a session: one per db root, on the run's one server."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from harness.checks.memory import Memory, Proof
from harness.checks.operations import Stage
from harness.checks.registry import MIGRATION_CHECKS, PHASE_CHECKS, SEEDS, Check
from harness.checks.rehearsal.prepare import rehearse
from harness.checks.rehearsal.rehearsal import Asked, Rehearsal
from harness.checks.static import Cache
from harness.database import Cluster
from harness.errors import ServerLostError
from harness.plan import Migration, Phase
from harness.plugin.shared_server import SharedServer, described
from harness.plugin.trees import Tree
from harness.plugin.verdict import JudgedItem

_CHECKS = {each.name: each for each in (*MIGRATION_CHECKS, *PHASE_CHECKS, SEEDS)}


class Rehearsals:
    """Opens a rehearsal at its first use and closes them all at the end."""

    def __init__(
        self,
        shared: SharedServer,
        *,
        thorough: bool = False,
        cache: Cache | None = None,
        items: Sequence[pytest.Item] = (),
    ) -> None:
        self._shared = shared
        self._items = items
        self._thorough = thorough
        self._cache = cache
        self._memories: dict[Path, Memory] = {}
        self._cluster: Cluster | None = None
        self._open: dict[Path, Rehearsal] = {}
        self._stages: dict[Path, Stage] = {}

    def of(self, tree: Tree) -> Rehearsal:
        """Return the rehearsal of a tree."""
        if tree.root not in self._open:
            server = self._shared.server()
            self._cluster = self._cluster or Cluster(server.dsn)
            self._open[tree.root] = rehearse(
                tree.plan,
                self._cluster,
                server.kind.value,
                thorough=self._thorough,
                is_tried=lambda version: self._is_tried(tree, version),
                soon=tuple(self._soon(tree)),
            )
        return self._open[tree.root]

    def _is_tried(self, tree: Tree, version: str) -> bool:
        """Whether a trial of a migration is not remembered, so that it will have to be made."""
        migration = tree.plan.migration(version)
        costly = (each for each in MIGRATION_CHECKS if each.is_costly)
        return not all(
            self._has_passed(
                tree, each, partial(Memory.of_migration, check=each.name, migration=migration)
            )
            for each in costly
        )

    def _has_passed(self, tree: Tree, check: Check, recall: Callable[[Memory], Proof]) -> bool:
        proof = self.remembered(tree, check, recall)
        return proof is not None and proof.passed

    def _soon(self, tree: Tree) -> Iterator[Asked]:
        """Name the evidence that the items of this process will ask for."""
        for item in self._items:
            if isinstance(item, JudgedItem) and item.tree is tree and item.told.check in _CHECKS:
                check = _CHECKS[item.told.check]
                of = _judged_by(tree, check, item)
                if isinstance(of, Migration):
                    proof = partial(Memory.of_migration, check=check.name, migration=of)
                    asked: Asked = (check.gather, of.version)
                else:
                    seed = item.told.of if check is SEEDS else None
                    proof = partial(Memory.of_phase, check=check.name, phase=of, of=seed)
                    asked = (check.gather, of)
                if not self._has_passed(tree, check, proof):
                    yield asked

    def stage(self, tree: Tree) -> Stage:
        """Return the stage of a tree: its whole database, for its operators' queries."""
        self.of(tree)  # provides the roles
        assert self._cluster is not None
        return self._stages.setdefault(tree.root, Stage(tree.plan, self._cluster))

    def remembered(
        self, tree: Tree, check: Check | None, recall: Callable[[Memory], Proof]
    ) -> Proof | None:
        """Recall a proof; None where nothing is remembered of checks like this one.

        The rehearsal itself always runs; ``check`` None stands for what operators use.
        """
        if self._cache is None or (check is not None and not check.is_costly):
            return None
        if tree.root not in self._memories:
            setting = f"{self.server_said} {self._thorough}"
            self._memories[tree.root] = Memory(self._cache, tree.plan, setting)
        return recall(self._memories[tree.root])

    @property
    def server_said(self) -> str:
        """Say which PostgreSQL the proofs come from."""
        return described(self._shared.server())

    def close(self) -> None:
        """Drop every database that the session made; a server that is gone took them along."""
        for rehearsal in self._open.values():
            with suppress(ServerLostError):
                rehearsal.close()
        if self._cluster is not None:
            self._cluster.close()


def _judged_by(tree: Tree, check: Check, item: JudgedItem) -> Migration | Phase:
    """Find what a check's item judges: a migration, or a phase by its id or by one of its seeds."""
    if check in MIGRATION_CHECKS:
        return tree.plan.migration(item.told.of)
    if check is SEEDS:
        phase = tree.phase_of_seed(item.path)
        assert phase is not None  # else the file had no such item
        return phase
    return tree.phase(item.told.of)
