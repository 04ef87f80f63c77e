"""A trace read as a story: what each statement did, and under which locks on earlier objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from harness.catalog.model import Catalog
from harness.checks.finding import Finding, Rule, Severity
from harness.diff import Delta
from harness.execute.trace import (
    ACCESS_EXCLUSIVE,
    BLOCKS_WRITES,
    WEAKEST_FIRST,
    Lock,
    Rewrite,
    Scan,
    StatementTrace,
    Trace,
)
from harness.plan import ChangeType, Migration


class Observed(Protocol):
    """A migration that ran forward on a filled database, with the catalogs around it."""

    @property
    def migration(self) -> Migration:
        """Return the migration."""

    @property
    def before(self) -> Catalog:
        """Return the catalog before V."""

    @property
    def after(self) -> Catalog:
        """Return the catalog after V."""

    @property
    def forward(self) -> Trace:
        """Return what the server did while V ran."""

    @property
    def forward_delta(self) -> Delta:
        """Return what V changed in the catalog."""


LockRule = Rule[Observed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A lock on an earlier object with rows, in its strongest mode, and where it was taken."""

    object: str
    mode: str
    line: int
    kind: str
    table: str | None

    @property
    def blocks_reads(self) -> bool:
        """Whether not even a SELECT gets in."""
        return self.mode == ACCESS_EXCLUSIVE

    @property
    def blocks_writes(self) -> bool:
        """Whether writers wait; nobody writes to a matview but its own refresh."""
        if self.kind == "materialized view":
            return self.blocks_reads
        return self.mode in BLOCKS_WRITES


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One statement: the locks that it took itself, and those held when it began."""

    statement: StatementTrace
    text: str
    taken: Mapping[str, Held]
    earlier: Mapping[str, Held]

    @property
    def line(self) -> int:
        """The line at which the statement starts."""
        return self.statement.line

    @property
    def held(self) -> Mapping[str, Held]:
        """Every lock held while the statement ran, in its strongest mode."""
        both = {**self.earlier}
        for name, lock in self.taken.items():
            both[name] = _stronger(both.get(name), lock)
        return both

    @property
    def taken_tables(self) -> tuple[Held, ...]:
        """The locks on tables and matviews that it took itself and that make writers wait."""
        return _blocking(self.taken)

    @property
    def earlier_tables(self) -> tuple[Held, ...]:
        """Such locks that earlier statements of the transaction took."""
        return _blocking(self.earlier)

    @property
    def rewrites(self) -> tuple[Rewrite, ...]:
        """The objects with rows that were written anew while others had to wait for them.

        An index counts when its table is closed: REINDEX CONCURRENTLY, too, locks the old index
        exclusively at its end, when nobody uses that one any more.
        """
        held = self.held
        return tuple(
            each
            for each in self.statement.rewrites
            if each.rows and _blocks(held, each.table or each.object)
        )

    @property
    def scans(self) -> tuple[Scan, ...]:
        """The earlier tables through which it went row by row, rewrites apart."""
        rewritten = {name for each in self.rewrites for name in (each.object, each.table)}
        return tuple(
            each
            for each in self.statement.scans
            if each.sequential and each.object not in rewritten
        )

    @property
    def is_guarded(self) -> bool:
        """Whether a lock_timeout was in effect; unknown counts as guarded."""
        return self.statement.lock_timeout != "0"


def moments(seen: Observed) -> Iterator[Moment]:
    """Tell the statements of a file that ran to its end; of one that failed, nothing."""
    if not seen.forward.succeeded:
        return
    held: dict[str, Held] = {}
    texts = (each.text for each in seen.migration.forward.statements)
    for statement, text in zip(seen.forward.statements, texts, strict=True):
        earlier = dict(held) if seen.forward.transactional else {}
        taken = _strongest(statement.locks, statement.line)
        yield Moment(statement=statement, text=text, taken=taken, earlier=earlier)
        for name, lock in taken.items():
            held[name] = _stronger(held.get(name), lock)


def is_done(seen: Observed, change_type: ChangeType) -> bool:
    """Whether the migration is of a type and ran to its end."""
    return seen.migration.change_type is change_type and seen.forward.succeeded


def _strongest(locks: Iterable[Lock], line: int) -> dict[str, Held]:
    found: dict[str, Held] = {}
    for each in locks:
        if each.rows:
            held = Held(
                object=each.object, mode=each.mode, line=line, kind=each.kind, table=each.table
            )
            found[each.object] = _stronger(found.get(each.object), held)
    return found


def _stronger(one: Held | None, other: Held) -> Held:
    if one is None:
        return other
    order = WEAKEST_FIRST.index
    return other if order(other.mode) > order(one.mode) else one


def _blocking(locks: Mapping[str, Held]) -> tuple[Held, ...]:
    tables = (each for each in locks.values() if each.kind in {"table", "materialized view"})
    return tuple(each for each in tables if each.blocks_writes)


def _blocks(held: Mapping[str, Held], name: str) -> bool:
    return name in held and held[name].blocks_writes


def family(seen: Observed, table: str) -> frozenset[str]:
    """Return a table and the tables that it is a partition of, directly or not."""
    names = {table}
    found = seen.after.find("table", table)
    while found is not None and (parent := found.facts.get("partition of")) not in {None, *names}:
        names.add(str(parent))
        found = seen.after.find("table", str(parent))
    return frozenset(names)


def roots(seen: Observed, locks: Iterable[Held]) -> tuple[Held, ...]:
    """Leave out the partitions of what is told already; the longest held come first."""
    names = {each.object for each in locks}
    kept = (each for each in locks if not ((family(seen, each.object) - {each.object}) & names))
    return tuple(sorted(kept, key=lambda each: (each.line, each.object)))


def rows_of(count: int) -> str:
    """Say how many rows."""
    return "1 row" if count == 1 else f"{count} rows"


def told(
    rule: LockRule,
    seen: Observed,
    moment: Moment,
    message: str,
    *,
    object: str,  # noqa: A002 - the contract's own word
    fix: str | None,
    effect: str | None = None,
    severity: Severity | None = None,
    line: int | None = None,
) -> Finding:
    """Make a finding about one statement of the file; ``line`` where another one names it."""
    return rule.finding(
        message,
        file=seen.migration.file,
        line=line or moment.line,
        migration=seen.migration.version,
        object=object,
        effect=effect,
        fix=fix,
        severity=severity,
    )
