"""Where in a plpgsql body a fault stands: libpg_query names a token, not its place."""

from __future__ import annotations

import re
from bisect import bisect_left

import postgast

from harness.sql.lexer import Token, TokenKind, tokens
from harness.sql.tree import NotSqlError, TooDeepError, plpgsql, roots

_NEAR_LINE = re.compile(r"near line (\d+)")
_NEAR_TOKEN = re.compile(r'at or near "(.*)"', re.DOTALL)


def fault_offset(statement: str, start: int, body: str, error: postgast.PgQueryError) -> int:
    """Return the character of the body at which its fault stands.

    ``start`` is where the body stands in the statement. A parser reads from left to right: the
    shortest beginning of the body that draws the same message ends at the fault.
    """
    found = [each for each in tokens(body) if each.kind is not TokenKind.COMMENT]
    message = str(error.message)
    if message.endswith("end of input"):  # any beginning draws that
        return _ended(body, found, str(error.context or ""))
    before, after = statement[:start], statement[start + len(body) :]

    def fails(count: int) -> bool:
        cut = body[: found[count - 1].end] if count else ""
        return _message(f"{before}{cut}\n{after}") == message

    count = bisect_left(range(1, len(found) + 1), True, key=fails)
    last = min(count, len(found) - 1)
    if last < 0:
        return 0
    return _in_expression(body, found[: last + 1], message)


def _ended(body: str, found: list[Token], context: str) -> int:
    """Trust the context's line for an expression that ends too early; a block's end has none."""
    near = _NEAR_LINE.search(context)
    line = int(near.group(1)) if near else 1
    if line > 1:
        return sum(map(len, body.splitlines(keepends=True)[: line - 1]))
    return found[-1].start if found else 0


def _message(statement: str) -> str | None:
    try:
        plpgsql(statement)
    except postgast.PgQueryError as error:
        return str(error.message)
    except ValueError:
        return None
    return None


def _in_expression(body: str, found: list[Token], message: str) -> int:
    """Look for the fault in the statement that the shortest beginning ends with."""
    last = found[-1]
    named = _NEAR_TOKEN.search(message)
    if named and body.startswith(named.group(1), last.start):
        return last.start
    for token in _since_semicolon(found):
        try:
            roots(body[token.start : last.start])
        except NotSqlError as error:
            if error.message == message:
                return token.start + error.offset
        except TooDeepError:
            break
    end = len(body) if message.startswith("unterminated") else last.end
    place = body.rfind(named.group(1), 0, end) if named else -1
    return place if place >= 0 else last.start


def _since_semicolon(found: list[Token]) -> list[Token]:
    for index in range(len(found) - 2, -1, -1):
        if found[index].kind is TokenKind.SEMICOLON:
            return found[index + 1 : -1]
    return found[:-1]
