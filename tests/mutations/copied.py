"""The real tree, copied: one mutation at a time, and back to what it was."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from harness.checks.subjects import PlanRead
from harness.plan import MANIFEST, Migration, Phase, Plan, Seed, read_plan
from harness.plan.files import SqlFile, read_file
from tests.mutations import mutation as mutations
from tests.mutations.mutation import Mutation

REPOSITORY = Path(__file__).parents[2]
DB = Path("backend/db")


class CopiedTree:
    """A copy of `backend/db` in a repository of its own, so that files keep their names."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / DB
        (folder / "pyproject.toml").parent.mkdir(parents=True, exist_ok=True)
        (folder / "pyproject.toml").touch()
        shutil.copytree(REPOSITORY / DB, self.root)

    @staticmethod
    def read(root: Path) -> PlanRead:
        """Read a tree whole."""
        plan, faults = read_plan(root)
        return PlanRead(plan=plan, faults=faults)

    @cached_property
    def original(self) -> PlanRead:
        """The tree as it is in the repository."""
        return self.read(self.root)

    @cached_property
    def files(self) -> dict[str, Path]:
        """Every file of the plan by the name that mutations give it."""
        found = {mutations.MANIFEST: self.root / MANIFEST}
        for migration in self.original.plan.migrations:
            found[migration.version] = migration.path
            if migration.rollback_path is not None:
                found[f"R{migration.version[1:]}"] = migration.rollback_path
        return found | {each.version: each.path for each in self.original.plan.seeds}

    def name_of(self, file: str) -> str:
        """Name a file as findings name it; what is no file of the plan is a name already."""
        path = self.files.get(file)
        return path.relative_to(self.root.parents[1]).as_posix() if path else file

    @contextmanager
    def mutated(self, mutation: Mutation) -> Iterator[PlanRead]:
        """Make a mutation, lend the plan that the tree has then, and take it back."""
        if mutation.move is not None:
            with self._moved(mutation.move) as read:
                yield read
            return
        assert mutation.edit is not None
        path = self.files[mutation.file]
        text = path.read_text(encoding="utf-8")
        edited = mutation.edit(text)
        assert edited != text, f"{mutation.name} changes nothing"
        path.write_text(edited, encoding="utf-8")
        try:
            yield self._reread(mutation.file)
        finally:
            path.write_text(text, encoding="utf-8")

    @contextmanager
    def _moved(self, move: mutations.Move) -> Iterator[PlanRead]:
        """Change the layout of a second copy: there is no single file to restore."""
        folder = self.root.parents[1] / "moved"
        other = CopiedTree(folder)
        try:
            move(other.root)
            yield other.original
        finally:
            shutil.rmtree(folder)

    def _reread(self, file: str) -> PlanRead:
        """Read the plan with one file changed; the others need not be parsed again."""
        path = self.files[file]
        if path.suffix != ".sql":
            return self.read(self.root)
        read = read_file(path, self.name_of(file), f"V{file[1:]}")
        assert isinstance(read, SqlFile)
        plan = self.original.plan
        phases = tuple(_with_file(phase, path, read) for phase in plan.phases)
        faults = (*self.original.faults, *read.faults)
        return PlanRead(plan=replace(plan, phases=phases), faults=faults)


def _with_file(phase: Phase, path: Path, read: SqlFile) -> Phase:
    return replace(
        phase,
        migrations=tuple(_migration_with(each, path, read) for each in phase.migrations),
        seeds=tuple(_seed_with(each, path, read) for each in phase.seeds),
    )


def _migration_with(migration: Migration, path: Path, read: SqlFile) -> Migration:
    if migration.path == path:
        return replace(migration, forward=read.script)
    if migration.rollback_path == path:
        return replace(migration, backward=read.script)
    return migration


def _seed_with(seed: Seed, path: Path, read: SqlFile) -> Seed:
    return replace(seed, script=read.script) if seed.path == path else seed


def place_of(plan: Plan, version: str) -> int:
    """Count the migrations that run before one, or before the end of a seed's phase."""
    for place, each in enumerate(plan.migrations):
        if each.version == version:
            return place
    seed = next(each for each in plan.seeds if each.version == version)
    phase = plan.phase(seed.phase)
    return sum(len(each.migrations) for each in plan.phases if each.order <= phase.order) - 1
