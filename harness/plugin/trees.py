"""The db roots that a run meets: each is read once, from its files alone."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path

from harness.checks.operations import Operations
from harness.checks.operations.scripts import scripts_of_queries
from harness.checks.subjects import PlanRead, ScriptOf, scripts_of
from harness.plan import MANIFEST, Migration, Phase, Plan, changed_since, read_plan


class Tree:
    """One db root: its plan, its structural faults, and what each of its files is."""

    def __init__(self, root: Path, since: str | None = None) -> None:
        self.root = root
        self._since = since

    @cached_property
    def read(self) -> PlanRead:
        """The plan that the manifest and the folders make, and what is wrong with them."""
        plan, faults = read_plan(self.root)
        since = changed_since(plan, self._since, faults) if self._since else ()
        return PlanRead(plan=plan, faults=(*faults, *since))

    @property
    def plan(self) -> Plan:
        """The plan that the manifest and the folders make."""
        return self.read.plan

    @cached_property
    def migrations(self) -> dict[Path, Migration]:
        """The migrations by the path of their forward file."""
        return {each.path.resolve(): each for each in self.plan.migrations}

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each version in the chain."""
        return {each.version: place for place, each in enumerate(self.plan.migrations)}

    @cached_property
    def scripts(self) -> dict[str, ScriptOf]:
        """Every file of SQL in the plan, and every query of its operators, by name."""
        queries = scripts_of_queries(self.plan, self.operations)
        return {each.file: each for each in (*scripts_of(self.plan), *queries)}

    @cached_property
    def operations(self) -> Operations:
        """What its operators use: queries, alerts, dashboards, runbooks."""
        return Operations(self.root, self.plan.repository)

    def phase_of_seed(self, path: Path) -> Phase | None:
        """Return the phase whose seeds a file is one of."""
        own = path.resolve()
        return next(
            (
                phase
                for phase in self.plan.phases
                if any(seed.path.resolve() == own for seed in phase.seeds)
            ),
            None,
        )

    def name_of(self, path: Path) -> str:
        """Name a file as findings name it: relative to the repository, with forward slashes."""
        return Path(os.path.relpath(path, self.plan.repository)).as_posix()

    def phase(self, phase_id: str) -> Phase:
        """Return a phase by its id."""
        return next(each for each in self.plan.phases if each.id == phase_id)


class Forest:
    """Every tree that was met so far."""

    def __init__(self, since: str | None = None) -> None:
        self._since = since
        self._trees: dict[Path, Tree] = {}

    def tree_of(self, path: Path) -> Tree | None:
        """Find the tree that a file belongs to: the nearest folder above it with a manifest."""
        for folder in path.parents:
            if (folder / MANIFEST).is_file():
                return self._trees.setdefault(folder, Tree(folder, self._since))
        return None
