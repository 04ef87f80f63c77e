"""What filling tables came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.samples.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Unfilled:
    """A table that holds fewer rows than wanted, and why."""

    table: str
    rows: int
    wanted: int
    refusal: Refusal

    @property
    def reason(self) -> str:
        """The reason in words."""
        return self.refusal.said

    @property
    def empty(self) -> bool:
        """Whether the table holds no row at all."""
        return self.rows == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """Rows that each table holds now (counted up to the number wanted), by qualified name.

    ``added`` says how many of them are new; ``unfilled`` names every table that stayed below
    the number wanted.
    """

    rows: Mapping[str, int] = field(default_factory=dict)
    added: Mapping[str, int] = field(default_factory=dict)
    unfilled: tuple[Unfilled, ...] = ()
