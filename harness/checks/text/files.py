"""What can be said without any server: the layout, the manifest, and the text of every file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from harness.checks.finding import Finding
from harness.checks.judging import Judgement, settled
from harness.checks.static import (
    Cache,
    Linters,
    leave_out,
    new_relations,
    squawk_findings,
    style_findings,
)
from harness.checks.subjects import PlanRead, ScriptOf, scripts_of
from harness.checks.text import statements, structure

STRUCTURE_IDS = frozenset(each.id for each in structure.RULES)
STATEMENT_IDS = frozenset(each.id for each in statements.RULES)


Concerns = Callable[[str], bool]
"""Tells of a file, named as findings name it, whether it is to be judged."""


def _any(_file: str) -> bool:
    return True


def structure_findings(read: PlanRead, concerns: Concerns = _any) -> Iterator[Finding]:
    """Apply the rules of layout and manifest; keep what concerns the files asked for."""
    for rule in structure.RULES:
        for found in rule.findings(read):
            if concerns(found.file):
                yield found


def judge_structure(read: PlanRead, concerns: Concerns = _any) -> Judgement:
    """Apply the rules of layout and manifest, and take away what the files themselves allow."""
    scripts = [each for each in scripts_of(read.plan) if concerns(each.file)]
    return settled(structure_findings(read, concerns), scripts, STRUCTURE_IDS)


def judge_statements(script: ScriptOf) -> Judgement:
    """Apply the rules of statements to one file; say which of its directives are no sense."""
    found = [each for rule in statements.RULES for each in rule.findings(script)]
    return settled(found, (script,), STATEMENT_IDS, complain=True)


def judge_squawk(scripts: Iterable[ScriptOf], cache: Cache | None) -> dict[str, Judgement]:
    """Run squawk over files, once for all of them."""
    judged = tuple(scripts)
    found = squawk_findings(judged, cache)
    real = {each.file: leave_out(found[each.file], new_relations(each)) for each in judged}
    return _by_file(judged, real, "squawk")


def judge_style(
    scripts: Iterable[ScriptOf], cache: Cache | None, linters: Linters | None = None
) -> dict[str, Judgement]:
    """Run sqlfluff over files, with processes of its own if there are."""
    judged = tuple(scripts)
    return _by_file(judged, style_findings(judged, cache, linters), "sqlfluff")


def _by_file(
    scripts: tuple[ScriptOf, ...], found: dict[str, tuple[Finding, ...]], linter: str
) -> dict[str, Judgement]:
    return {each.file: settled(found[each.file], (each,), frozenset({linter})) for each in scripts}
