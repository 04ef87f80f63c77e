"""Why a table takes no more rows: what the server said, and in which function it was raised."""

from __future__ import annotations

import re
from dataclasses import dataclass

import psycopg

_FRAME = re.compile(r"^PL/pgSQL function (?!inline_code_block\b)(.+?\))(?: |$)")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Refusal:
    """A reason in words; the rest is known where the server, or a missing parent, is the reason.

    ``raised_in`` is the function whose body refused the row, named as the server does
    (``core.carry_risk_score()``); ``parent`` the table that has no row to refer to.
    """

    said: str
    sqlstate: str | None = None
    raised_in: str | None = None
    parent: str | None = None


def refusal_of(error: psycopg.Error) -> Refusal:
    """Read a refusal from the server's error."""
    return Refusal(
        said=error.diag.message_primary or str(error).partition("\n")[0],
        sqlstate=error.diag.sqlstate,
        raised_in=raised_in(error),
    )


def raised_in(error: psycopg.Error) -> str | None:
    """Name the PL/pgSQL function in which an error was raised, the innermost one; None for others.

    The server qualifies the name where the search path does not find it.
    """
    frames = map(_FRAME.match, (error.diag.context or "").splitlines())
    return next((frame[1] for frame in frames if frame is not None), None)
