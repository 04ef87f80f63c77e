"""What each statement of a migration does to what was there before: locks, rewrites, scans, writes.

Nothing of it hangs on the rows of the rehearsal or on the planner. A partition is told by its
table, as it depends on the rows which of them is read; statements that do the same to partitions
are told at once. What the planner may read in one way or another is *read*; what a statement of
DDL goes through itself is *scanned*.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from harness.catalog import Catalog
from harness.execute.trace import WEAKEST_FIRST, Lock, Rewrite, StatementTrace, Trace
from harness.plan import Migration

_TOLD = tuple(reversed(WEAKEST_FIRST[3:]))
"""The modes that are more than what SELECT, SELECT FOR UPDATE and INSERT take (section 13.3.1)."""

_PLANNED = frozenset(
    {"CallStmt", "CreateTableAsStmt", "DeleteStmt", "DoStmt", "InsertStmt", "MergeStmt"}
    | {"RefreshMatViewStmt", "SelectStmt", "UpdateStmt"}
)
_WIDTH = 72
"""Characters of a statement that name it; what follows is in the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """A statement that does something to earlier objects, and how many do the same after it."""

    statement: str
    effects: tuple[str, ...]
    alike: int = 0


def touches(migration: Migration, trace: Trace, before: Catalog) -> tuple[tuple[Touch, ...], int]:
    """Tell the statements of a file that ran through, and count those with nothing to tell."""
    names, statements = _Names(before), migration.forward.statements
    alike: dict[object, list[tuple[str, StatementTrace]]] = {}
    for place, (statement, traced) in enumerate(zip(statements, trace.statements, strict=True)):
        locks = names.locks(traced)
        key = (traced.kind, locks) if _PARTITIONS in "".join(locks) else place
        alike.setdefault(key, []).append((_head(statement.text), traced))
    told = tuple(
        Touch(statement=same[0][0], effects=effects, alike=len(same) - 1)
        for same in alike.values()
        if (effects := tuple(names.effects([traced for _, traced in same])))
    )
    return told, len(statements) - sum(1 + each.alike for each in told)


_PARTITIONS = "partitions of "


class _Names:
    """Speaks of relations as the reader thinks of them: of partitions by their table."""

    def __init__(self, catalog: Catalog) -> None:
        self._above: Mapping[str, str] = {
            each.identity.name: each.facts["partition of"]
            for each in catalog.of_kind("table", "foreign table", "index")
            if "partition of" in each.facts
        }

    def effects(self, alike: Iterable[StatementTrace]) -> Iterator[str]:
        """Say what statements do that lock the same."""
        traces = tuple(alike)
        yield from self.locks(traces[0])
        rewrites = [each for traced in traces for each in traced.rewrites]
        for rewritten, reason in sorted({(self._of(each), each.reason) for each in rewrites}):
            yield f"rewrites {rewritten}: {reason}"
        planned = traces[0].kind in _PLANNED
        scans = [each for traced in traces for each in traced.scans]
        read = {self._named(each.object) for each in scans if planned or each.sequential}
        if read:
            yield f"{'reads' if planned else 'scans'} {', '.join(sorted(read))}"
        written = {self._named(each.object) for traced in traces for each in traced.writes}
        if written:
            yield f"writes {', '.join(sorted(written))}"

    def locks(self, traced: StatementTrace) -> tuple[str, ...]:
        """Say who will wait for what, the strongest mode first; only where all could be seen."""
        told = [each for each in traced.locks if each.mode in _TOLD and traced.complete]
        told.sort(key=lambda each: _TOLD.index(each.mode))
        return tuple(
            f"locks {_manual_name(mode)} on {', '.join(sorted({self._of(each) for each in same}))}"
            for mode, same in groupby(told, key=lambda each: each.mode)
        )

    def _of(self, touched: Lock | Rewrite) -> str:
        table = touched.table
        if table is not None and table in self._above and touched.object not in self._above:
            return f"indexes of {self._named(table)}"
        return self._named(touched.object)

    def _named(self, name: str) -> str:
        root = name
        while root in self._above:
            root = self._above[root]
        return f"`{name}`" if root == name else f"{_PARTITIONS}`{root}`"


def _manual_name(mode: str) -> str:
    """Turn `ShareRowExclusiveLock` into the manual's SHARE ROW EXCLUSIVE."""
    spaced = "".join(f" {each}" if each.isupper() else each for each in mode)
    return spaced.removesuffix(" Lock").strip().upper()


def _head(text: str) -> str:
    """Return the beginning of a statement in one line, its comment lines left out."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("--"))
    words = " ".join(" ".join(lines).split())
    head = words.partition(" (")[0]
    if len(head) > _WIDTH:
        head = head[:_WIDTH].rsplit(" ", 1)[0]
    return head if head == words else f"{head} …"
