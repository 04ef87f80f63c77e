"""What isolation did not prevent, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Action(Enum):
    """What a role did, or could do, that it must not."""

    SEES = "sees"
    UPDATES = "updates"
    DELETES = "deletes"
    INSERTS = "inserts"
    MOVES = "moves"
    FAILS = "fails"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Leak:
    """One thing that isolation did not prevent.

    ``context`` says how the session stood: the setting that was set, or ``unset``, ``empty``.
    ``kind`` and ``relation`` name what was used, ``said`` adds the server's words to a failure.
    """

    kind: str
    relation: str
    role: str
    context: str
    action: Action
    rows: int = 0
    said: str = ""
