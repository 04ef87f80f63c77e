"""What is wrong with an operational file, before a rule says what that means."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Fault:
    """One thing wrong, on a line of the file (from 1).

    ``object`` names what it is about (a metric, an alert, a panel); ``fix`` is more exact than
    the rule's. ``proven`` is False where a check could not be made.
    """

    line: int
    message: str
    object: str | None = None
    fix: str | None = None
    proven: bool = True
