"""Test items: one per check under each file that the check judges."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from harness.checks.gaps import SQLFLUFF, SQUAWK, STATEMENTS, STRUCTURE, Told
from harness.checks.judging import Judgement, judge_migration, judge_phase
from harness.checks.registry import LIVE, MIGRATION_CHECKS, PHASE_CHECKS, SEEDS, Check
from harness.checks.subjects import FileRole, ScriptOf
from harness.checks.text.files import judge_statements, judge_structure
from harness.errors import HarnessError
from harness.plan import Migration, Phase
from harness.plugin.linting import Linting
from harness.plugin.rehearsals import Rehearsals
from harness.plugin.trees import Tree
from harness.plugin.verdict import (
    JudgedItem,
    NotProvenError,
    judge_costly,
    judge_text,
    tell_stalls,
)

Call = Callable[..., None]


class CheckItem(JudgedItem):
    """One check of one file; a failure prints the findings, never a traceback."""

    @classmethod
    def of(cls, parent: TreeFile, told: Told, call: Call, name: str | None = None) -> CheckItem:
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


class TreeFile(pytest.File):
    """A file of a db root."""

    tree: Tree


class SqlFile(TreeFile):
    """A `.sql` file of a db root."""

    def collect(self) -> Iterator[CheckItem]:
        """Make one item per check, from the files alone."""
        migration = self.tree.migrations.get(self.path.resolve())
        of = migration.version if migration else self.tree.name_of(self.path)
        yield CheckItem.of(self, Told(of=of, check=STRUCTURE), _structure(self.tree, self))
        script = self.tree.scripts.get(self.tree.name_of(self.path))
        if script is not None:
            yield from self._text_items(of, script)
        if migration is not None:
            for check in MIGRATION_CHECKS:
                told = Told(of=migration.version, check=check.name)
                yield CheckItem.of(self, told, _migration_check(self.tree, check, migration))
        phase = self.tree.phase_of_seed(self.path)
        if phase is not None and script is not None:
            told = Told(of=of, check=SEEDS.name)
            yield CheckItem.of(self, told, _seed_check(self.tree, phase, script))

    def _text_items(self, of: str, script: ScriptOf) -> Iterator[CheckItem]:
        yield CheckItem.of(self, Told(of=of, check=STATEMENTS), _statements(script))
        if script.role is FileRole.FORWARD:
            yield CheckItem.of(self, Told(of=of, check=SQUAWK), _squawk(script))
        yield style_item(self, of, script)


class ManifestFile(TreeFile):
    """A manifest: its own structure, and what only whole phases can show."""

    def collect(self) -> Iterator[CheckItem]:
        """Make one item per check and phase, from the files alone."""
        told = Told(of=self.tree.plan.manifest_file, check=STRUCTURE)
        yield CheckItem.of(self, told, _structure(self.tree, self))
        for phase in self.tree.plan.phases:
            for check in self._phase_checks() if phase.migrations else ():
                call = _phase_check(self.tree, check, phase)
                told = Told(of=phase.id, check=check.name)
                yield CheckItem.of(self, told, call, f"{check.name}[{phase.id}]")

    def _phase_checks(self) -> tuple[Check, ...]:
        return (*PHASE_CHECKS, LIVE) if self.config.getoption("--thorough") else PHASE_CHECKS


def _structure(tree: Tree, file: pytest.File) -> Call:
    def prove(request: pytest.FixtureRequest) -> None:
        judge_text(request.node, judge_structure(tree.read, tree.concerns(file.path)))

    return prove


def _statements(script: ScriptOf) -> Call:
    def prove(request: pytest.FixtureRequest) -> None:
        judge_text(request.node, judge_statements(script))

    return prove


def _squawk(script: ScriptOf) -> Call:
    def prove(request: pytest.FixtureRequest, linting: Linting) -> None:
        judge_text(request.node, linting.squawk(request.node, script))

    return prove


def style_item(parent: TreeFile, of: str, script: ScriptOf) -> CheckItem:
    """Make the item that holds a file against the repository's style."""
    return CheckItem.of(parent, Told(of=of, check=SQLFLUFF), _style(script))


def _style(script: ScriptOf) -> Call:
    def prove(request: pytest.FixtureRequest, linting: Linting) -> None:
        judge_text(request.node, linting.style(request.node, script))

    return prove


def _migration_check(tree: Tree, check: Check, migration: Migration) -> Call:
    def prove(request: pytest.FixtureRequest, rehearsals: Rehearsals) -> None:
        proof = rehearsals.remembered(
            tree, check, lambda memory: memory.of_migration(check.name, migration)
        )
        judge_costly(
            request.node,
            check,
            lambda: judge_migration(check, rehearsals.of(tree), migration),
            rehearsals.server_said,
            proof,
        )

    return prove


def _phase_check(tree: Tree, check: Check, phase: Phase) -> Call:
    def prove(request: pytest.FixtureRequest, rehearsals: Rehearsals) -> None:
        proof = rehearsals.remembered(
            tree, check, lambda memory: memory.of_phase(check.name, phase)
        )
        judge_costly(
            request.node,
            check,
            lambda: judge_phase(check, rehearsals.of(tree), phase),
            rehearsals.server_said,
            proof,
        )
        if check is LIVE:
            tell_stalls(request.node, rehearsals.of(tree).live(phase))

    return prove


def _seed_check(tree: Tree, phase: Phase, script: ScriptOf) -> Call:
    def prove(request: pytest.FixtureRequest, rehearsals: Rehearsals) -> None:
        def judge() -> Judgement:
            judgement = judge_phase(SEEDS, rehearsals.of(tree), phase)
            own = tuple(each for each in judgement.findings if each.file == script.file)
            return replace(judgement, findings=own)

        proof = rehearsals.remembered(
            tree, SEEDS, lambda memory: memory.of_phase(SEEDS.name, phase, script.file)
        )
        judge_costly(request.node, SEEDS, judge, rehearsals.server_said, proof)

    return prove


def in_chain_order(items: list[pytest.Item]) -> None:
    """Put the items of migrations in the order in which these run, among themselves.

    Folders are collected by name, domain by domain; a database would have to start anew at each
    step back.
    """
    slots = [at for at, each in enumerate(items) if _is_of_migration(each)]
    ordered = sorted((items[at] for at in slots), key=_place)
    for at, each in zip(slots, ordered, strict=True):
        items[at] = each


def with_style_last(items: list[pytest.Item]) -> None:
    """Put what sqlfluff says at the end: it works beside the others, and takes the longest."""
    items.sort(key=lambda each: isinstance(each, CheckItem) and each.told.check == SQLFLUFF)


def _is_of_migration(item: pytest.Item) -> bool:
    return isinstance(item, CheckItem) and item.told.of in item.tree.places


def _place(item: pytest.Item) -> tuple[str, int]:
    assert isinstance(item, CheckItem)
    return str(item.tree.root), item.tree.places[item.told.of]
