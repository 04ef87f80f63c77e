"""Evidence: what was seen while a migration, or a whole phase, ran forward and backward."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from harness.catalog.model import Catalog
from harness.diff import Delta, compare
from harness.execute.trace import Trace
from harness.plan import Migration, Phase
from harness.sql import Script
from harness.sql.embedded import faults

SYNTAX_ERROR = "42601"
"""PostgreSQL's manual, appendix A: syntax_error."""


@dataclass(frozen=True, kw_only=True)
class MigrationEvidence:
    """One rehearsal: before, after V, after R on a fresh connection, after V again.

    What did not happen is None: there is no `back` without a rollback file that ran, and no
    `again` after a rollback that failed. ``elsewhere`` is the catalog after V on a second fresh
    database; it is only gathered where V,R,V did not end where V did. ``blocked_by`` is the
    version of the failed migration that would have created what this one's failure names;
    ``left_out`` are the earlier ones that failed for causes of their own, and are not there.
    """

    migration: Migration
    before: Catalog
    forward: Trace
    after: Catalog
    backward: Trace | None = None
    back: Catalog | None = None
    again: Trace | None = None
    again_after: Catalog | None = None
    elsewhere: Catalog | None = None
    blocked_by: str | None = None
    left_out: tuple[str, ...] = ()

    @cached_property
    def forward_delta(self) -> Delta:
        """What V changed."""
        return compare(self.before, self.after)

    @cached_property
    def backward_delta(self) -> Delta | None:
        """What is not as before after V and R; None where R did not run through."""
        if self.back is None or self.backward is None or not self.backward.succeeded:
            return None
        return compare(self.before, self.back)

    @cached_property
    def again_delta(self) -> Delta | None:
        """What differs between V and V,R,V; None where V did not run through again."""
        if self.again_after is None or self.again is None or not self.again.succeeded:
            return None
        return compare(self.after, self.again_after)

    @property
    def is_no_sql(self) -> bool:
        """Whether the server refuses V for what its text already shows: the rule of syntax."""
        return _is_no_sql(self.forward, self.migration.forward)

    @property
    def is_rollback_no_sql(self) -> bool:
        """Whether the server refuses R for what its text already shows."""
        return _is_no_sql(self.backward, self.migration.backward)

    @property
    def is_symmetric(self) -> bool:
        """Whether R brought everything back, the order of columns apart."""
        return self.backward_delta is not None and not self.backward_delta.without_column_order

    @property
    def comes_again(self) -> bool:
        """Whether V ran again after R and gave what it gave, the order of columns apart."""
        return self.again_delta is not None and not self.again_delta.without_column_order

    @property
    def is_reversible(self) -> bool:
        """Whether V, R and V again went as they should."""
        return self.is_symmetric and self.comes_again


def _is_no_sql(trace: Trace | None, script: Script | None) -> bool:
    """Whether the text alone says what the server refused, in a statement or in its body."""
    failure = trace.failure if trace is not None else None
    if failure is None or script is None:
        return False
    if script.fault is not None:
        return failure.sqlstate == SYNTAX_ERROR or failure.message == script.fault.message
    refused = script.statements[failure.statement : failure.statement + 1]
    return any(
        wrong.message == failure.message for each in refused for wrong in faults(script, each)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One file of a walk through a phase: which migration, and what the server said."""

    migration: Migration
    trace: Trace


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A migration that a walk passed over: it did not apply, or it has no rollback.

    ``because`` is the version of an earlier failure that explains this one.
    """

    version: str
    applied: bool
    because: str | None = None


@dataclass(frozen=True, kw_only=True)
class PhaseEvidence:
    """A whole phase backward and forward again, from its end with its seeds in place.

    ``start`` and ``end`` are the catalogs that the forward way had there; ``back`` is what the
    walk backward reached, ``again`` what the walk forward reached after it (None where a file
    was refused). From the last phase's end the walk goes on down: ``pristine`` is the catalog
    that the first migration found, ``bottom`` what all rollbacks together reach.
    ``suspects`` are the rehearsals of the migrations on the way, gathered only where the walk
    went wrong.
    """

    phase: Phase
    manifest_file: str
    start: Catalog
    end: Catalog
    back: Catalog
    backward: tuple[Step, ...] = ()
    forward: tuple[Step, ...] = ()
    again: Catalog | None = None
    pristine: Catalog | None = None
    downward: tuple[Step, ...] = ()
    bottom: Catalog | None = None
    left_out: tuple[LeftOut, ...] = ()
    suspects: tuple[MigrationEvidence, ...] = ()

    @property
    def refused(self) -> Step | None:
        """The file that stopped the walk."""
        steps = (*self.backward, *self.forward, *self.downward)
        return next((each for each in steps if not each.trace.succeeded), None)

    @cached_property
    def missed(self) -> tuple[tuple[str, Delta], ...]:
        """What the walk did not come to, each with the difference, the order of columns apart."""
        reached = [("walked backward does not give its start", self.start, self.back)]
        if self.again is not None:
            goal = "walked backward and forward again does not give its end"
            reached.append((goal, self.end, self.again))
        if self.pristine is not None and self.bottom is not None:
            goal = "and all phases before it walked backward do not give the pristine database"
            reached.append((goal, self.pristine, self.bottom))
        differing = (
            (goal, compare(wanted, found).without_column_order) for goal, wanted, found in reached
        )
        return tuple((goal, delta) for goal, delta in differing if delta)

    @property
    def went_wrong(self) -> bool:
        """Whether a file stopped the walk, or it did not come to where it should."""
        return self.refused is not None or bool(self.missed)

    @property
    def culprits(self) -> tuple[str, ...]:
        """The migrations whose own rehearsal explains why the walk went wrong."""
        return tuple(
            each.migration.version
            for each in self.suspects
            if each.forward.succeeded and not each.is_reversible
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreached:
    """The end of a phase that could not be reached whole: what is there is no schema to judge."""

    phase: Phase
    manifest_file: str
    left_out: tuple[LeftOut, ...]
