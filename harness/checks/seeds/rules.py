"""Rules of seeds: rows only, the same after every run, in the order of the manifest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.checks import words
from harness.checks.finding import Finding, Proof, Rule
from harness.checks.seeds.facts import ContentChange, SeedEvidence, SeedRun
from harness.execute import Failure

SeedRule = Rule[SeedEvidence]

_CALLS = frozenset({"SelectStmt", "DoStmt", "CallStmt"})
_ROWS = _CALLS | {"InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt"}


def _seed_not_idempotent(rule: SeedRule, seen: SeedEvidence) -> Iterator[Finding]:
    for run in seen.runs:
        if run.second is not None and run.second.failure is not None:
            yield rule.finding(
                "runs once and not again: " + words.refusal(run.second.failure),
                file=run.seed.file,
                line=run.second.failure.line,
                object=run.seed.version,
            )
        elif run.repeated:
            yield _changed(
                rule, run, run.repeated, "a second run changes what the first one left: "
            )


def _seed_ddl(rule: SeedRule, seen: SeedEvidence) -> Iterator[Finding]:
    for run in seen.runs:
        differing = words.differences(run.ddl)
        if differing:
            yield rule.finding(
                "changes the catalog: " + words.listed(sentence for _, sentence in differing),
                file=run.seed.file,
                line=_line_changing(run, differing[0][0].rpartition(" ")[2]),
                object=differing[0][0],
            )


def _seed_order(rule: SeedRule, seen: SeedEvidence) -> Iterator[Finding]:
    for run in seen.runs:
        failure = run.first.failure
        if run.late:
            yield _changed(
                rule, run, run.late, "run again after the phase's other seeds it does more: "
            )
        elif failure is not None or run.helped_by is not None:
            yield rule.finding(
                _refused(run, failure),
                file=run.seed.file,
                line=failure.line if failure else 1,
                object=run.seed.version,
                fix=None if run.helped_by else "let it run on the schema of its phase",
            )


def _refused(run: SeedRun, failure: Failure | None) -> str:
    if run.helped_by is None:
        said = words.refusal(failure) if failure else "it does not run"
        return f"does not run in its place, nor after the phase's other seeds: {said}"
    said = f": {words.refusal(failure)}" if failure else ""
    return f"does not run in its place, but does after {run.helped_by}{said}"


def _changed(
    rule: SeedRule, run: SeedRun, changes: tuple[ContentChange, ...], said: str
) -> Finding:
    return rule.finding(
        said + words.listed(map(_told, changes)),
        file=run.seed.file,
        line=_line_naming(run, changes[0].table) or 1,
        object=f"table {changes[0].table}",
    )


def _told(change: ContentChange) -> str:
    if change.before != change.after:
        return f"{change.table} had {change.before} rows, has {change.after}"
    return f"{change.table} has other values in {', '.join(change.columns)}"


def _line_naming(run: SeedRun, name: str, skipped: frozenset[str] = frozenset()) -> int | None:
    """Find the statement that names an object; None where none does."""
    for text in (name, name.rpartition(".")[2]):
        pattern = re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", re.IGNORECASE)
        for statement in run.seed.script.statements:
            match = None if statement.kind in skipped else pattern.search(statement.text)
            if match is not None:
                return statement.line + statement.text.count("\n", 0, match.start())
    return None


def _line_changing(run: SeedRun, name: str) -> int:
    """Find the statement that changes an object of the catalog: its own, else what calls code."""
    own = _line_naming(run, name, _ROWS)
    if own is not None:
        return own
    calls = (each.line for each in run.seed.script.statements if each.kind in _CALLS)
    return next(calls, _line_naming(run, name) or 1)


RULES: tuple[SeedRule, ...] = (
    Rule(
        id="seed-not-idempotent",
        title="a seed whose second run changes what the first one left",
        effect="a deployment that is repeated doubles rows, or undoes what an operator corrected",
        fix="INSERT … ON CONFLICT (key) DO NOTHING, or DO UPDATE … WHERE the values differ",
        proof=Proof.RUN,
        check=_seed_not_idempotent,
    ),
    Rule(
        id="seed-ddl",
        title="a seed that changes the catalog",
        effect="nothing rolls it back, and no migration knows of it",
        fix="put it into a migration with its rollback",
        proof=Proof.RUN,
        check=_seed_ddl,
    ),
    Rule(
        id="seed-order",
        title="a seed that needs another which comes later, or a later phase",
        effect="a new environment misses rows, or stops halfway",
        fix="list it after what it needs, in the phase that brings it",
        proof=Proof.RUN,
        check=_seed_order,
    ),
)
