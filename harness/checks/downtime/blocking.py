"""Locks that stop readers or writers: builds under a lock, and brief locks with a better form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from harness.catalog.model import CatalogObject
from harness.checks.downtime import instead
from harness.checks.downtime.lines import line_of
from harness.checks.downtime.moments import (
    Held,
    LockRule,
    Moment,
    Observed,
    moments,
    roots,
    rows_of,
    told,
)
from harness.checks.finding import Finding, Severity
from harness.diff import AttributeChange

_INDEXED = ("primary key", "unique constraint", "exclusion constraint")
_VALIDATES = re.compile(r"\bvalidate\s+constraint\b", re.IGNORECASE)
_NOBODY = "nobody reads or writes the table as long as its rows are read"
_GUARD = "-- as the file's first statement\nSET LOCAL lock_timeout = '5s';"


def lock_blocks_reads(rule: LockRule, seen: Observed) -> Iterator[Finding]:
    """Find what closes an earlier table to everybody although it needs not."""
    for moment in moments(seen):
        yield from _built_under(rule, seen, moment, reads=True)
        yield from _indexes_dropped(rule, seen, moment)
        yield from _partitions_moved(rule, seen, moment)
        yield from _unguarded(rule, seen, moment, reads=True)


def lock_blocks_writes(rule: LockRule, seen: Observed) -> Iterator[Finding]:
    """Find what closes an earlier table to writers while its rows are read."""
    for moment in moments(seen):
        yield from _built_under(rule, seen, moment, reads=False)
        yield from _unguarded(rule, seen, moment, reads=False)


def _built_under(
    rule: LockRule, seen: Observed, moment: Moment, *, reads: bool
) -> Iterator[Finding]:
    """Tell a build or a check of rows under the statement's own locks, all tables at once."""
    scanned = {each.object: each.sequential for each in moment.scans}
    if not scanned:
        return
    locks = moment.taken_tables or tuple(
        each for each in moment.earlier_tables if is_next_build(seen, moment, each)
    )
    closed = [lock for lock in locks if _is_told_as_build(seen, moment, lock, reads=reads)]
    if not closed:
        return
    causes = (explanation(seen, moment, lock.object) for lock in closed)
    cause = next((each for each in causes if each is not None), _new_domain_check(seen))
    rows = " and ".join(f"{rows_of(count)} of {name}" for name, count in sorted(scanned.items()))
    yield told(
        rule,
        seen,
        moment,
        f"{_modes(seen, closed)} while {rows} are read"
        + (f" for {cause.identity.kind} {instead.own_name(cause)}" if cause else ""),
        object=f"{closed[0].kind} {roots(seen, closed)[0].object}",
        effect=_NOBODY if not reads and any(each.blocks_reads for each in closed) else None,
        fix=_instead_of_build(seen, cause),
    )


def _new_domain_check(seen: Observed) -> CatalogObject | None:
    added = seen.forward_delta.added
    return next((each for each in added if each.identity.kind == "domain constraint"), None)


def _is_told_as_build(seen: Observed, moment: Moment, lock: Held, *, reads: bool) -> bool:
    cause = explanation(seen, moment, lock.object)
    if not lock.blocks_reads:
        return not reads and not _is_rewritten(moment, lock.object)
    if cause is None or _is_rewritten(moment, lock.object):
        return False  # told as a rewrite or as a scan
    return reads == (cause.identity.kind in _INDEXED)


def _is_rewritten(moment: Moment, table: str) -> bool:
    return any(table in {each.object, each.table} for each in moment.rewrites)


def explanation(seen: Observed, moment: Moment, table: str) -> CatalogObject | None:
    """Find the new index or constraint for which a statement read a table that it locked."""
    if moment.statement.kind in {"UpdateStmt", "DeleteStmt", "InsertStmt"}:
        return None
    causes = [each for each in instead.related(seen, table) if each.facts.get("validated") != "no"]
    named = (each for each in causes if instead.parted(each.identity.name)[1] in moment.text)
    return next(named, causes[0] if causes else None)


def is_next_build(seen: Observed, moment: Moment, lock: Held) -> bool:
    """Whether a statement builds or checks something new under a lock that was held already.

    A VALIDATE in the transaction of its ADD … NOT VALID does not: it only could have waited.
    """
    cause = explanation(seen, moment, lock.object)
    if cause is None or _VALIDATES.search(moment.text) is not None:
        return False
    named = instead.parted(cause.identity.name)[1] in moment.text
    return named or (cause.identity.kind == "index" and not lock.blocks_reads)


def _indexes_dropped(rule: LockRule, seen: Observed, moment: Moment) -> Iterator[Finding]:
    """Tell DROP INDEX: it can be had without the lock, so no guard excuses it."""
    for name in moment.statement.dropped_indexes:
        index = seen.before.find("index", name)
        table = index.parent.name if index is not None and index.parent is not None else ""
        lock = moment.held.get(table)
        if index is None or lock is None or not lock.blocks_reads:
            continue
        if _lost_a_column(seen, index, table) or seen.after.find("table", table) is None:
            continue
        yield told(
            rule,
            seen,
            moment,
            f"index {name} is dropped under {lock.mode} on {lock.kind} {table}",
            object=f"index {name}",
            fix=instead.steps(instead.ALONE, f"DROP INDEX CONCURRENTLY {name};"),
        )


def _lost_a_column(seen: Observed, index: CatalogObject, table: str) -> bool:
    """Whether the index went with a column of its own: then there is no other way."""
    return any(
        each.identity.kind == "column"
        and each.parent == index.parent
        and instead.parted(each.identity.name)[1] in index.facts["definition"]
        for each in seen.forward_delta.removed
        if table
    )


def _partitions_moved(rule: LockRule, seen: Observed, moment: Moment) -> Iterator[Finding]:
    """Tell CREATE TABLE … PARTITION OF and DETACH: both have a form that lets readers in."""
    for added in seen.forward_delta.added:
        parent = added.facts.get("partition of", "")
        lock = moment.taken.get(parent)
        if added.identity.kind == "table" and lock is not None and lock.blocks_reads:
            yield told(
                rule,
                seen,
                moment,
                f"{added.identity} is created as a partition under {lock.mode} on table {parent}",
                object=str(added.identity),
                fix=instead.new_partition(added),
                line=line_of(seen.migration.forward, added.identity, "added"),
            )
    for change in _detached(seen):
        lock = moment.taken.get(change.before or "")
        if lock is not None and lock.blocks_reads:
            yield told(
                rule,
                seen,
                moment,
                f"{change.identity} is detached under {lock.mode} on table {change.before}",
                object=str(change.identity),
                fix=instead.detached(seen, change.identity.name, change.before or ""),
                line=line_of(seen.migration.forward, change.identity, "detached"),
            )


def _detached(seen: Observed) -> Iterator[AttributeChange]:
    for change in seen.forward_delta.changed:
        of_table = change.attribute == "partition of" and change.identity.kind == "table"
        if of_table and change.before is not None and change.after is None:
            yield change


def _unguarded(rule: LockRule, seen: Observed, moment: Moment, *, reads: bool) -> Iterator[Finding]:
    """Tell a brief lock that nothing bounds, where it changes what every statement must do."""
    if moment.is_guarded or moment.scans or moment.rewrites:
        return
    for lock in moment.taken_tables:
        cause = _met_by_all(seen, lock.object)
        if cause is not None and lock.blocks_reads == reads:
            yield told(
                rule,
                seen,
                moment,
                f"{lock.mode} on {lock.kind} {lock.object} without a lock_timeout, for {cause}",
                object=f"{lock.kind} {lock.object}",
                effect="the lock queues behind the longest reader, and everybody queues behind it",
                fix=_GUARD,
                severity=Severity.WARNING,
            )


def _met_by_all(seen: Observed, table: str) -> str | None:
    """Find the trigger, policy, row security or foreign key that changed on a table."""
    delta = seen.forward_delta
    for each in (*delta.added, *delta.removed):
        if each.identity.kind in {"trigger", "policy"} and _parent_is(each, table):
            return f"{each.identity.kind} {instead.own_name(each)}"
    for each in delta.removed:
        definition = each.facts.get("definition", "")
        if each.identity.kind == "foreign key" and (
            _parent_is(each, table) or f"REFERENCES {table}(" in definition
        ):
            return f"foreign key {instead.own_name(each)}"
    for change in delta.changed:
        if change.attribute == "row security" and change.identity.name == table:
            return "row security"
    return None


def _parent_is(found: CatalogObject, table: str) -> bool:
    return found.parent is not None and found.parent.name == table


def _modes(seen: Observed, locks: Iterable[Held]) -> str:
    by_mode: dict[str, list[str]] = {}
    for each in roots(seen, locks):
        by_mode.setdefault(each.mode, []).append(each.object)
    return "; ".join(f"{mode} on {' and '.join(names)}" for mode, names in by_mode.items())


def _instead_of_build(seen: Observed, cause: CatalogObject | None) -> str | None:
    if cause is None:
        return None
    if cause.identity.kind == "index":
        return instead.concurrent_index(seen, cause)
    return instead.constraint(cause)
