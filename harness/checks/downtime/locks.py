"""Rules of locks: whom a migration stops, for how long, and what to write instead.

One statement's fault is told once per table, under the id that says most: a rewrite, else a scan,
else the lock alone. A brief lock guarded by lock_timeout is a note in the trace, no finding.
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.checks.downtime import instead
from harness.checks.downtime.blocking import (
    explanation,
    is_next_build,
    lock_blocks_reads,
    lock_blocks_writes,
)
from harness.checks.downtime.moments import (
    LockRule,
    Moment,
    Observed,
    moments,
    roots,
    rows_of,
    told,
)
from harness.checks.finding import Finding, Proof, Rule
from harness.execute.trace import Rewrite

_OTHER_WAYS = {
    "copied row by row": "VACUUM (ANALYZE) {table};  -- lets readers and writers in; what gives"
    " space back to the disk belongs into a maintenance window",
    "emptied": "DELETE FROM {table} WHERE …;  -- in batches, each in a transaction of its own",
    "LOGGED": "create a second table of the wanted kind, write to both, fill it in batches and"
    " drop {table} in a contract of a later release",
}
"""By a word of the reason for a rewrite."""


def _table_rewrite(rule: LockRule, seen: Observed) -> Iterator[Finding]:
    for moment in moments(seen):
        for rewrite in moment.rewrites:
            lock = moment.held.get(rewrite.object) or moment.held[rewrite.table or rewrite.object]
            yield told(
                rule,
                seen,
                moment,
                f"{rewrite.kind} {rewrite.object}{_whose(rewrite)} is written anew under"
                f" {lock.mode}: {rewrite.reason}",
                object=f"{rewrite.kind} {rewrite.object}",
                fix=_instead_of_rewrite(seen, rewrite),
            )


def _full_scan_under_lock(rule: LockRule, seen: Observed) -> Iterator[Finding]:
    for moment in moments(seen):
        here = {each.object: each for each in moment.taken_tables}
        earlier = {each.object: each for each in moment.earlier_tables}
        for scan in moment.scans:
            lock = earlier.get(scan.object)
            if scan.object in here and _is_indexed(seen, moment, scan.object):
                continue  # told as the build that it is
            if lock is not None and not is_next_build(seen, moment, lock):
                yield told(
                    rule,
                    seen,
                    moment,
                    f"the statement reads {rows_of(scan.sequential)} of {scan.kind} {scan.object}"
                    f" while {lock.mode} on it is held since line {lock.line}",
                    object=f"{scan.kind} {scan.object}",
                    fix=_in_two_files(seen, scan.object),
                )
            elif scan.object in here and explanation(seen, moment, scan.object) is None:
                lock = here[scan.object]
                if lock.blocks_reads:
                    yield told(
                        rule,
                        seen,
                        moment,
                        f"the statement reads {rows_of(scan.sequential)} of {scan.kind}"
                        f" {scan.object} under {lock.mode}{_why_read(seen, scan.object)}",
                        object=f"{scan.kind} {scan.object}",
                        fix=_instead_of_scan(seen, scan.object),
                    )


def _is_indexed(seen: Observed, moment: Moment, table: str) -> bool:
    cause = explanation(seen, moment, table)
    return cause is not None and cause.identity.kind == "index"


def _statements_after_exclusive_lock(rule: LockRule, seen: Observed) -> Iterator[Finding]:
    for moment in moments(seen):
        exclusive = [each for each in moment.earlier_tables if each.blocks_reads]
        others = roots(seen, exclusive)
        work = _work(moment, {each.object for each in exclusive})
        if others and work:
            first = others[0]
            yield told(
                rule,
                seen,
                moment,
                f"the statement {' and '.join(work)} while {first.mode} on {first.kind}"
                f" {first.object} is held since line {first.line}",
                object=f"{first.kind} {first.object}",
                fix=f"move this statement to a migration of its own, or put it before line"
                f" {first.line}, so that the lock on {first.object} is the last thing taken",
            )


def _work(moment: Moment, locked: set[str]) -> list[str]:
    """Say what a statement did to other earlier tables; a guarded, brief lock is not work."""
    work = [
        f"reads {rows_of(each.sequential)} of {each.object}"
        for each in moment.scans
        if each.object not in locked
    ]
    work += [
        f"writes {rows_of(each.inserted + each.updated + each.deleted)} of {each.object}"
        for each in moment.statement.writes
        if each.object not in locked
    ]
    work += [
        f"writes {each.object} anew"
        for each in moment.rewrites
        if not {each.object, each.table} & locked
    ]
    if not moment.is_guarded:
        work += [
            f"waits for {each.mode} on {each.object}"
            for each in moment.taken_tables
            if each.object not in locked
        ]
    return work


def _whose(rewrite: Rewrite) -> str:
    return f" of {rewrite.table}" if rewrite.table else ""


def _why_read(seen: Observed, table: str) -> str:
    proven = [
        instead.parted(each.identity.name)[1]
        for each in instead.changes_of(seen, table, "not null")
        if each.after is not None
    ]
    return f" to prove that {', '.join(proven)} is never null" if proven else ""


def _instead_of_rewrite(seen: Observed, rewrite: Rewrite) -> str | None:
    table = rewrite.table or rewrite.object
    if rewrite.kind == "materialized view":
        return f"REFRESH MATERIALIZED VIEW CONCURRENTLY {rewrite.object};"
    for change in (
        *instead.changes_of(seen, table, "type"),
        *instead.changes_of(seen, table, "collation"),
    ):
        return instead.type_change(seen, change)
    for column in instead.new_on(seen, table, "column"):
        if f"column {instead.parted(column.identity.name)[1]} " in rewrite.reason:
            return instead.new_column(column)
    for word, advice in _OTHER_WAYS.items():
        if word in rewrite.reason:
            return advice.format(table=table)
    if rewrite.kind == "index":
        return instead.steps(instead.ALONE, f"REINDEX INDEX CONCURRENTLY {rewrite.object};")
    return None


def _instead_of_scan(seen: Observed, table: str) -> str | None:
    for change in instead.changes_of(seen, table, "not null"):
        if change.after is not None:
            return instead.not_null(change)
    found = seen.after.find("table", table)
    before = seen.before.find("table", table)
    if found and before and found.facts.get("partition of") != before.facts.get("partition of"):
        return instead.attach(seen, table)
    return None


def _in_two_files(seen: Observed, table: str) -> str:
    for found in instead.new_on(seen, table, *instead.VALIDATED_LATER):
        return instead.constraint(found)
    return (
        f"do the work on {table} in a migration of its own, before or after the one that locks"
        " the table"
    )


RULES: tuple[LockRule, ...] = (
    Rule(
        id="lock-blocks-reads",
        title="nobody can read an existing table while the migration works on it",
        effect="every SELECT on the table waits until the migration commits, and so does the"
        " application",
        fix="take ACCESS EXCLUSIVE only for a change that reads no row, alone in its transaction",
        proof=Proof.RUN,
        check=lock_blocks_reads,
    ),
    Rule(
        id="lock-blocks-writes",
        title="nobody can write to an existing table while rows are indexed or checked",
        effect="every INSERT, UPDATE and DELETE on the table waits as long as the rows are read",
        fix="CREATE INDEX CONCURRENTLY …; or ADD CONSTRAINT … NOT VALID, and VALIDATE CONSTRAINT in"
        " a migration after it",
        proof=Proof.RUN,
        check=lock_blocks_writes,
    ),
    Rule(
        id="table-rewrite",
        title="an existing table, matview or index with rows is written anew",
        effect="nobody reads or writes the table for as long as its size takes, and it needs its"
        " size again on disk",
        fix="add a new column or table beside the old one, fill it in batches, and drop the old"
        " one in a contract of a later release",
        proof=Proof.RUN,
        check=_table_rewrite,
    ),
    Rule(
        id="full-scan-under-lock",
        title="every row of an existing table is read while others wait for the table",
        effect="nobody reads or writes the table for as long as reading all of it takes",
        fix="ALTER TABLE … ADD CONSTRAINT … CHECK (…) NOT VALID; then, in a migration after it,"
        " VALIDATE CONSTRAINT, which lets readers and writers in and is the proof",
        proof=Proof.RUN,
        check=_full_scan_under_lock,
    ),
    Rule(
        id="statements-after-exclusive-lock",
        title="the migration works on other tables while it holds a table exclusively",
        effect="the table stays closed to everybody until the work on the others is done, too",
        fix="one migration per locked table, with the lock as its last statement",
        proof=Proof.RUN,
        check=_statements_after_exclusive_lock,
    ),
)
