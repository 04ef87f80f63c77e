"""Rules of materialized views: they are refreshed while people read them."""

from __future__ import annotations

from collections.abc import Iterator

from harness.checks.finding import Finding, Proof, Rule
from harness.checks.schema.located import SchemaRule, located
from harness.checks.schema.matview_facts import MatviewFacts
from harness.checks.schema.phase_schema import PhaseSchema


def _matview_not_concurrent(rule: SchemaRule, seen: PhaseSchema) -> Iterator[Finding]:
    for view in seen.matviews:
        problem = _problem(view)
        if problem is not None:
            said, fix = problem
            yield located(
                rule,
                seen,
                f"materialized view {view.name} {said}",
                (view.name,),
                said=f"materialized view {view.name}",
                fix=fix,
            )


def _problem(view: MatviewFacts) -> tuple[str, str] | None:
    """Say what is wrong, and what to write instead."""
    index = f"CREATE UNIQUE INDEX … ON {view.name} (columns that identify a row);"
    if not view.usable:
        if view.unusable:
            listed = ", ".join(view.unusable)
            said = f"has no unique index over plain columns of all its rows: {listed} is not one"
            return said, index
        return "has no unique index, so that it cannot be refreshed concurrently", index
    if view.refused is not None:
        said = f"cannot be refreshed concurrently: {view.refused}"
        return said, "let its query run on every row that its tables may hold"
    if view.duplicates is not None:
        said = (
            f"has a unique index, {view.duplicates}, whose columns its own query repeats:"
            " with such rows every refresh fails"
        )
        return said, f"let the query return one row for each key, or: {index}"
    if view.blocks_readers:
        said = "blocks its readers while it is refreshed concurrently"
        return said, f"REFRESH MATERIALIZED VIEW CONCURRENTLY {view.name}; and no other lock on it"
    return None


RULES: tuple[SchemaRule, ...] = (
    Rule(
        id="matview-not-concurrent",
        title="a materialized view that cannot be refreshed while it is read",
        effect="each refresh takes ACCESS EXCLUSIVE and stops every dashboard until it ends",
        fix="CREATE UNIQUE INDEX … on plain columns, without WHERE; REFRESH … CONCURRENTLY",
        proof=Proof.RUN,
        check=_matview_not_concurrent,
    ),
)
