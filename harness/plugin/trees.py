"""The db roots that a run meets: each is read once, from its files alone."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path

from harness.checks.operations import Operations
from harness.checks.operations.scripts import scripts_of_queries
from harness.checks.subjects import PlanRead, ScriptOf, scripts_of
from harness.checks.text.files import Concerns
from harness.plan import MANIFEST, Migration, Phase, Plan, changed_since, printable, read_plan


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

    @cached_property
    def _collected(self) -> frozenset[str]:
        """The files of SQL that pytest makes items of."""
        found = (each for each in self.root.rglob("*.sql") if each.is_file())
        return frozenset(self.name_of(each) for each in found if self.collects(each))

    def collects(self, path: Path) -> bool:
        """Whether a file has items of its own.

        Not where its name cannot be printed, as pytest prints and stores names; and what stands
        behind a link to a folder, which the plan does not follow either, only where it is listed.
        """
        below = path.relative_to(self.root).as_posix()
        if printable(below) != below or path.suffix == "":
            return False
        return path.parent.resolve() == self._real / Path(below).parent or (
            self.name_of(path) in self.scripts
        )

    @cached_property
    def _real(self) -> Path:
        return self.root.resolve()

    def concerns(self, path: Path) -> Concerns:
        """Tell which files the structure of a file answers for.

        The manifest's, or where that has no item any file's, answers also for what has none.
        """
        own = self.name_of(path)
        if path.name == MANIFEST or not (self.root / MANIFEST).is_file():
            return lambda file: file == own or file not in self._collected
        return own.__eq__

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
        return printable(Path(os.path.relpath(path, self.plan.repository)).as_posix())

    def phase(self, phase_id: str) -> Phase:
        """Return a phase by its id."""
        return next(each for each in self.plan.phases if each.id == phase_id)


class Forest:
    """Every tree that was met so far."""

    def __init__(self, since: str | None = None) -> None:
        self._since = since
        self._trees: dict[Path, Tree] = {}

    def tree_of(self, path: Path) -> Tree | None:
        """Find the tree that has items for a file: that of the nearest manifest above it.

        Raises `UsageError` where the revision of --since cannot be read.
        """
        for folder in path.parents:
            if os.path.lexists(folder / MANIFEST):
                tree = self._trees.get(folder) or self._read(folder)
                return tree if tree.collects(path) else None
        return None

    def _read(self, root: Path) -> Tree:
        tree = Tree(root, self._since)
        _ = tree.read  # what keeps it from being read is told once, not for each of its files
        self._trees[root] = tree
        return tree
