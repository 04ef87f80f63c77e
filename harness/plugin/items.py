"""Test items: one per check under each file that the check judges."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from _pytest._code.code import ExceptionInfo, TerminalRepr

from harness.checks.finding import Finding
from harness.checks.registry import MIGRATION_CHECKS, PHASE_CHECKS, Check
from harness.render.contract import findings_values
from harness.checks.text import structure_findings
from harness.errors import HarnessError
from harness.plan import Migration, Phase
from harness.plugin.trees import Tree
from harness.render.findings import findings_text

FINDINGS = "korevitta_findings"
PROOF = "korevitta_proof"
"""Names of the user properties that carry verdicts from a worker to the controller's summary."""


class NotProvenError(Exception):
    """A check found something wrong, or could not be made; its text is all there is to say."""


class CheckItem(pytest.Function):
    """One check of one file; a failure prints the findings, never a traceback."""

    def repr_failure(
        self, excinfo: ExceptionInfo[BaseException], style: Any = None
    ) -> str | TerminalRepr:
        """Say what was found, or what the environment lacks, in our own words."""
        if isinstance(excinfo.value, NotProvenError | HarnessError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style=style)

    def reportinfo(self) -> tuple[Any, int | None, str]:
        """Point at the judged file, not at our code."""
        return self.path, 0, self.name


class SqlFile(pytest.File):
    """A `.sql` file of a db root."""

    tree: Tree

    def collect(self) -> Iterator[CheckItem]:
        """Make one item per check, from the files alone."""
        yield _structure_item(self, self.tree)
        migration = self.tree.migrations.get(self.path.resolve())
        if migration is not None:
            for check in MIGRATION_CHECKS:
                yield _item(self, check, _migration_check(self.tree, check, migration))


class ManifestFile(pytest.File):
    """A manifest: its own structure, and what only whole phases can show."""

    tree: Tree

    def collect(self) -> Iterator[CheckItem]:
        """Make one item per check and phase, from the files alone."""
        yield _structure_item(self, self.tree)
        for phase in self.tree.plan.phases:
            for check in PHASE_CHECKS:
                if phase.migrations:
                    name = f"{check.name}[{phase.id}]"
                    yield _item(self, check, _phase_check(self.tree, check, phase), name)


def _structure_item(parent: pytest.File, tree: Tree) -> CheckItem:
    def prove(request: pytest.FixtureRequest) -> None:
        proven(request, structure_findings(tree.read, tree.name_of(parent.path)))

    return CheckItem.from_parent(parent, name="structure", callobj=prove)


def _item(
    parent: pytest.File, check: Check, call: Callable[..., None], name: str | None = None
) -> CheckItem:
    return CheckItem.from_parent(parent, name=name or check.name, callobj=call)


def _migration_check(tree: Tree, check: Check, migration: Migration) -> Callable[..., None]:
    def prove(request: pytest.FixtureRequest, rehearsals: Any) -> None:
        evidence = rehearsals.of(tree).migration(migration.version)
        proven(request, check.findings(evidence))
        request.node.user_properties.append((PROOF, _proof(check, migration.version, rehearsals)))

    return prove


def _phase_check(tree: Tree, check: Check, phase: Phase) -> Callable[..., None]:
    def prove(request: pytest.FixtureRequest, rehearsals: Any) -> None:
        proven(request, check.findings(rehearsals.of(tree).phase(phase)))
        request.node.user_properties.append((PROOF, _proof(check, phase.id, rehearsals)))

    return prove


def _proof(check: Check, of: str, rehearsals: Any) -> dict[str, str]:
    return {"what": check.proves, "of": of, "on": rehearsals.server_said}


def proven(request: pytest.FixtureRequest, findings: Iterable[Finding]) -> None:
    """Hand the findings to the summary, and fail on the first error among them."""
    found = tuple(findings)
    if found:
        request.node.user_properties.append((FINDINGS, findings_values(found)))
    errors = tuple(each for each in found if each.severity.value == "error")
    if errors:
        raise NotProvenError(findings_text(errors))
