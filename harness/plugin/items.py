"""Test items: one per check under each file that the check judges."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from harness.checks.gaps import STATEMENTS, STRUCTURE, Told
from harness.checks.registry import MIGRATION_CHECKS, PHASE_CHECKS, Check
from harness.checks.subjects import ScriptOf
from harness.checks.text import statement_findings, structure_findings
from harness.errors import HarnessError
from harness.plan import Migration, Phase
from harness.plugin.rehearsals import Rehearsals
from harness.plugin.trees import Tree
from harness.plugin.verdict import JudgedItem, NotProvenError, judge, judge_findings

Call = Callable[..., None]


class CheckItem(JudgedItem):
    """One check of one file; a failure prints the findings, never a traceback."""

    @classmethod
    def of(
        cls, parent: SqlFile | ManifestFile, told: Told, call: Call, name: str | None = None
    ) -> CheckItem:
        """Make the item of a check; ``name`` is what follows `::` in its id."""
        item: CheckItem = cls.from_parent(parent, name=name or told.check, callobj=call)
        item.tree, item.told = parent.tree, told
        return item

    def repr_failure(
        self,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: Any = None,  # noqa: ARG002 - pytest's own functions do not pass it on either
    ) -> Any:  # pytest keeps the name of its own type to itself
        """Say what was found, or what the environment lacks, in our own words."""
        if isinstance(excinfo.value, NotProvenError | HarnessError):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Any, int | None, str]:
        """Point at the judged file, not at our code."""
        return self.path, 0, f"{self.told.of} {self.told.check}"


class SqlFile(pytest.File):
    """A `.sql` file of a db root."""

    tree: Tree

    def collect(self) -> Iterator[CheckItem]:
        """Make one item per check, from the files alone."""
        migration = self.tree.migrations.get(self.path.resolve())
        of = migration.version if migration else self.tree.name_of(self.path)
        yield CheckItem.of(self, Told(of=of, check=STRUCTURE), _structure(self.tree, self))
        script = self.tree.scripts.get(self.tree.name_of(self.path))
        if script is not None:
            yield CheckItem.of(self, Told(of=of, check=STATEMENTS), _statements(script))
        if migration is not None:
            for check in MIGRATION_CHECKS:
                told = Told(of=migration.version, check=check.name)
                yield CheckItem.of(self, told, _migration_check(self.tree, check, migration))


class ManifestFile(pytest.File):
    """A manifest: its own structure, and what only whole phases can show."""

    tree: Tree

    def collect(self) -> Iterator[CheckItem]:
        """Make one item per check and phase, from the files alone."""
        told = Told(of=self.tree.plan.manifest_file, check=STRUCTURE)
        yield CheckItem.of(self, told, _structure(self.tree, self))
        for phase in self.tree.plan.phases:
            for check in PHASE_CHECKS if phase.migrations else ():
                call = _phase_check(self.tree, check, phase)
                told = Told(of=phase.id, check=check.name)
                yield CheckItem.of(self, told, call, f"{check.name}[{phase.id}]")


def _structure(tree: Tree, file: pytest.File) -> Call:
    def prove(request: pytest.FixtureRequest) -> None:
        judge_findings(request.node, structure_findings(tree.read, tree.name_of(file.path)))

    return prove


def _statements(script: ScriptOf) -> Call:
    def prove(request: pytest.FixtureRequest) -> None:
        judge_findings(request.node, statement_findings(script))

    return prove


def _migration_check(tree: Tree, check: Check, migration: Migration) -> Call:
    def prove(request: pytest.FixtureRequest, rehearsals: Rehearsals) -> None:
        evidence = rehearsals.of(tree).migration(migration.version)
        judge(request.node, check, evidence, rehearsals.server_said)

    return prove


def _phase_check(tree: Tree, check: Check, phase: Phase) -> Call:
    def prove(request: pytest.FixtureRequest, rehearsals: Rehearsals) -> None:
        judge(request.node, check, rehearsals.of(tree).phase(phase), rehearsals.server_said)

    return prove
