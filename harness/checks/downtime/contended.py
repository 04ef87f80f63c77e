"""Which tables a migration closes to others, and where."""

from __future__ import annotations

from dataclasses import dataclass

from harness.checks.downtime.moments import Held, Observed, moments


@dataclass(frozen=True, slots=True, kw_only=True)
class Contended:
    """A table that V closes: its strongest lock there, and the line that takes it."""

    table: str
    kind: str
    mode: str
    line: int
    blocks_reads: bool


def contended_tables(seen: Observed, *, thorough: bool = False) -> tuple[Contended, ...]:
    """Find the tables that V closes to readers or writers; the first and last unless thorough."""
    found: dict[str, Held] = {}
    for moment in moments(seen):
        for held in moment.taken_tables:
            found.setdefault(held.object, held)
    tables = [
        Contended(
            table=each.object,
            kind=each.kind,
            mode=each.mode,
            line=each.line,
            blocks_reads=each.blocks_reads,
        )
        for each in found.values()
    ]
    if thorough or len(tables) <= 2:
        return tuple(tables)
    return (tables[0], tables[-1])
