"""What the run proves harmless is said more softly, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from harness.checks.finding import Finding, Severity
from harness.checks.static.squawk_rules import OBSERVED
from harness.checks.subjects import ScriptOf
from harness.sql.newcomers import Moment, moments, name_of
from harness.sql.tree import Node

_PREFIX = "squawk:"
_OF_FILE = "-timeout"
# These name old objects in another way, or may do anything.
_OF_OLD = frozenset({"CallStmt", "DoStmt", "DropStmt", "TruncateStmt", "VacuumStmt"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Harmless:
    """A statement that the rehearsal saw blocking nobody, and why.

    ``first_line`` and ``last_line`` are the statement's; ``reason`` completes "harmless here: …".
    ``whole_file`` is True where the same holds for all that the file does: squawk asks for a
    timeout once, at the first statement that might need one.
    """

    file: str
    first_line: int
    last_line: int
    reason: str
    whole_file: bool = False


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
    seen = tuple(moments(subject.script, certain=True))
    whole_file = not any(map(_concerns_old, seen))
    for moment in seen:
        relation = _relation(moment)
        if relation is not None and name_of(relation) in moment.new:
            yield Harmless(
                file=subject.file,
                first_line=moment.statement.line,
                last_line=moment.statement.end_line,
                reason=f"{relation['relname']} is created by the same file",
                whole_file=whole_file,
            )


def _relation(moment: Moment) -> Node | None:
    node = moment.parsed.node
    relation = node.get("relation", node.get("table"))
    return relation if isinstance(relation, dict) and "relname" in relation else None


def _concerns_old(moment: Moment) -> bool:
    relation = _relation(moment)
    is_old = relation is not None and name_of(relation) not in moment.new
    return is_old or moment.parsed.kind in _OF_OLD


def leave_out(findings: Iterable[Finding], facts: Iterable[Harmless]) -> tuple[Finding, ...]:
    """Leave out squawk's suspicions of locks, scans and rewrites that the text itself denies."""
    known = tuple(facts)
    return tuple(each for each in findings if not (_is_suspicion(each) and _denies(known, each)))


def _is_suspicion(finding: Finding) -> bool:
    return finding.rule.startswith(_PREFIX) and finding.rule.removeprefix(_PREFIX) in OBSERVED


def _denies(facts: tuple[Harmless, ...], finding: Finding) -> Harmless | None:
    is_of_file = finding.rule.endswith(_OF_FILE)
    for fact in facts:
        covers = fact.file == finding.file and fact.first_line <= finding.line <= fact.last_line
        if covers and (fact.whole_file or not is_of_file):
            return fact
    return None


def _softened(finding: Finding, facts: tuple[Harmless, ...]) -> Finding:
    fact = _denies(facts, finding) if _is_suspicion(finding) else None
    if fact is None:
        return finding
    return replace(finding, severity=Severity.WARNING, effect=f"harmless here: {fact.reason}")
