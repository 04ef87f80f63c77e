"""What the run proves harmless is said more softly, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from harness.checks.finding import Finding, Severity
from harness.checks.static.squawk_rules import OBSERVED
from harness.checks.subjects import ScriptOf
from harness.sql.definitions import created_tables, trees

_PREFIX = "squawk:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Harmless:
    """A statement that the rehearsal saw blocking nobody, and why.

    ``first_line`` and ``last_line`` are the statement's; ``reason`` completes "harmless here: …".
    """

    file: str
    first_line: int
    last_line: int
    reason: str


def downgrade(findings: Iterable[Finding], facts: Iterable[Harmless]) -> tuple[Finding, ...]:
    """Turn squawk's suspicions of locks, scans and rewrites into warnings where facts deny them.

    Findings of other rules, and of statements without a fact, come back as they are.
    """
    known = tuple(facts)
    return tuple(_softened(each, known) for each in findings)


def new_relations(subject: ScriptOf) -> Iterator[Harmless]:
    """Yield the statements on tables and matviews that the file itself creates.

    No other session sees them before the file's transaction ends, so nobody can wait for them.
    """
    made = created_tables(subject.script)
    for statement, parsed in trees(subject.script):
        relation = parsed.node.get("relation")
        if isinstance(relation, dict) and relation.get("relname") in made:
            yield Harmless(
                file=subject.file,
                first_line=statement.line,
                last_line=statement.end_line,
                reason=f"{relation['relname']} is created by the same file",
            )


def leave_out(findings: Iterable[Finding], facts: Iterable[Harmless]) -> tuple[Finding, ...]:
    """Leave out squawk's suspicions of locks, scans and rewrites that the text itself denies."""
    known = tuple(facts)
    return tuple(each for each in findings if not (_is_suspicion(each) and _denies(known, each)))


def _is_suspicion(finding: Finding) -> bool:
    return finding.rule.startswith(_PREFIX) and finding.rule.removeprefix(_PREFIX) in OBSERVED


def _denies(facts: tuple[Harmless, ...], finding: Finding) -> Harmless | None:
    for fact in facts:
        if fact.file == finding.file and fact.first_line <= finding.line <= fact.last_line:
            return fact
    return None


def _softened(finding: Finding, facts: tuple[Harmless, ...]) -> Finding:
    fact = _denies(facts, finding) if _is_suspicion(finding) else None
    if fact is None:
        return finding
    return replace(finding, severity=Severity.WARNING, effect=f"harmless here: {fact.reason}")
