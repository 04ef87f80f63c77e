"""Test items of what operators use: an item under each file, runbooks under the manifest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.checks.finding import Severity
from harness.checks.gaps import Told
from harness.checks.judging import Judgement
from harness.checks.operations import CHECKS, Kind, OperationFile
from harness.checks.operations.operating import judge_operation
from harness.plugin.items import Call, CheckItem, ManifestFile, TreeFile, style_item
from harness.plugin.rehearsals import Rehearsals
from harness.plugin.trees import Tree
from harness.plugin.verdict import judge_costly, judge_text


class OperationsFile(TreeFile):
    """A query, a collector, alerts, their tests or a dashboard."""

    def collect(self) -> Iterator[CheckItem]:
        """Make the item of the file's own check, and that of its style where it is SQL."""
        for file in self.tree.operations.files:
            if file.path == self.path:
                yield _item(self, file, CHECKS[file.kind].name)
                script = self.tree.scripts.get(file.file)
                if script is not None:
                    yield style_item(self, file.file, script)


class DbRoot(ManifestFile):
    """A manifest, with the runbooks: these stand beside the db root, out of its own tests' way."""

    def collect(self) -> Iterator[CheckItem]:
        """Make the manifest's items, and one for each runbook."""
        yield from super().collect()
        for file in self.tree.operations.files:
            if file.kind is Kind.RUNBOOK:
                yield _item(self, file, f"{CHECKS[file.kind].name}[{file.path.name}]")


def _item(parent: TreeFile, file: OperationFile, name: str) -> CheckItem:
    told = Told(of=file.file, check=CHECKS[file.kind].name)
    return CheckItem.of(parent, told, _operation_check(parent.tree, file), name)


def _operation_check(tree: Tree, file: OperationFile) -> Call:
    def prove(request: pytest.FixtureRequest, rehearsals: Rehearsals) -> None:
        def judge() -> Judgement:
            judgement = judge_operation(file, tree.operations, rehearsals.stage(tree))
            _say_what_is_missing(request.node, judgement)
            return judgement

        check = CHECKS[file.kind]
        proof = rehearsals.remembered(
            tree, None, lambda memory: memory.of_file(check.name, file.file, check.program())
        )
        judge_costly(request.node, check, judge, rehearsals.server_said, proof)

    return prove


def _say_what_is_missing(item: CheckItem, judgement: Judgement) -> None:
    """Pass over a file whose proof lacks a program; in continuous integration that is an error."""
    lacking = [each for each in judgement.findings if each.severity is Severity.WARNING]
    if lacking and lacking == list(judgement.findings):
        judge_text(item, judgement)
        pytest.skip(lacking[0].message)
