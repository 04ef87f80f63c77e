"""PostgreSQL's own parse trees, as plain values.

libpg_query's JSON, not postgast's protobuf messages: those give up below some forty levels of
nested expressions, and walking them costs ten times as much.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import postgast
from postgast.native import lib

from harness.sql.lexer import TokenKind, tokens, unclosed_comment, without_comments

Node = dict[str, Any]

_MANY_BLOCKS = 2_000  # libpg_query reads each block comment anew for every later one
_NEAR = re.compile(r'at or near "(.*)"', re.DOTALL)
_ROOT = re.compile(r'"stmt":\{"(\w+)"')


class TooDeepError(Exception):
    """The grammar accepts the text, but its tree is too deep to be decoded."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"the tree of a {kind} is too deep")
        self.kind = kind


class NotSqlError(Exception):
    """The grammar does not accept the text; ``offset`` is the character where it stops.

    ``unreadable`` is True for characters that no SQL can hold.
    """

    def __init__(self, message: str, offset: int, *, unreadable: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.unreadable = unreadable


@dataclass(frozen=True, slots=True)
class Root:
    """A statement's node; ``start`` and ``end`` are bytes, ``end`` None at the end of the text."""

    kind: str
    node: Node
    start: int
    end: int | None


def roots(text: str) -> tuple[Root, ...]:
    """Parse a text. Raises `NotSqlError` and `TooDeepError`."""
    document = _document(text)
    try:
        found = json.loads(document)["stmts"]
    except RecursionError:
        kind = _ROOT.search(document)
        raise TooDeepError(kind.group(1) if kind else "") from None
    return tuple(_root(each) for each in found)


@lru_cache(maxsize=1024)
def root(text: str) -> Root | None:
    """Parse a text that holds one statement; None where there is none, or no tree of it."""
    try:
        found = roots(text)
    except (NotSqlError, TooDeepError):
        return None
    return found[0] if found else None


def walk(value: Any) -> Iterator[tuple[str, Node]]:
    """Yield every mapping of a tree with the name it stands under, from the outside in."""
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            for name, below in current.items():
                if isinstance(below, dict):
                    yield name, below
                    waiting.append(below)
                elif isinstance(below, list):
                    waiting.append(below)
        elif isinstance(current, list):
            waiting += reversed(current)


def plpgsql(text: str) -> list[Node]:
    """Parse the plpgsql functions and DO blocks of a text.

    Raises `postgast.PgQueryError` for a body that is not plpgsql.
    """
    try:
        return _plpgsql(text)
    except postgast.PgQueryError:
        plain = without_comments(text, bodies=True)
        if plain == text:
            raise
        return _plpgsql(plain)


def _plpgsql(text: str) -> list[Node]:
    try:
        found = postgast.parse_plpgsql(text)
    except json.JSONDecodeError as broken:
        found = json.loads(_mended(broken.doc))
    return list(found)


def _mended(document: str) -> str:
    """Repair libpg_query's JSON: it closes a trigger's special variables (TG_OP …) twice."""
    return re.sub(r"(?<=[\[,])\{\}\}(?=[,\]])", "{}", document)


def _document(text: str) -> str:
    nul = text.find("\0")
    if nul >= 0:
        raise NotSqlError("a NUL byte is not allowed in SQL", nul, unreadable=True)
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        message = "a character that UTF-8 cannot encode"
        raise NotSqlError(message, error.start, unreadable=True) from None
    faults = []
    if text.count("/*") < _MANY_BLOCKS:
        try:
            return _parsed(data)
        except postgast.PgQueryError as error:
            faults.append(NotSqlError(error.message, _place(text, error)))
    elif (start := unclosed_comment(text)) is not None:
        raise NotSqlError("unterminated /* comment", start)
    plain = without_comments(text)
    try:
        return _parsed(plain.encode("utf-8"))
    except postgast.PgQueryError as error:
        faults.append(_with_comments(data, plain, error))
    # joined strings end later than their first part, and so does a fault behind them
    raise max(faults, key=lambda each: (each.offset, len(each.message)))


def _with_comments(data: bytes, plain: str, error: postgast.PgQueryError) -> NotSqlError:
    """Say of the text what was said of it without its comments, which takes as many bytes."""

    def written(start: int, end: int) -> str:
        first, last = (len(plain[:each].encode("utf-8")) for each in (start, end))
        return data[first:last].decode("utf-8", errors="ignore")

    place = _place(plain, error)
    near = _NEAR.search(error.message)
    token = near[1] if near else ""
    message = str(error.message).replace(token, written(place, place + len(token)))
    return NotSqlError(message if token else error.message, len(written(0, place)))


def _parsed(data: bytes) -> str:
    result = lib.pg_query_parse(data)
    try:
        if result.error:
            raise _error(result.error.contents)
        return bytes(result.parse_tree).decode("utf-8")
    finally:
        lib.pg_query_free_parse_result(result)


def _error(said: Any) -> postgast.PgQueryError:
    """Read an error as postgast does, but for a message that ends in the middle of a character."""
    message = bytes(said.message).decode("utf-8", errors="replace")
    return postgast.PgQueryError(message, cursorpos=said.cursorpos)


def _place(text: str, error: postgast.PgQueryError) -> int:
    """Return the character at which an error stands; the trees' locations are bytes instead."""
    if error.cursorpos > 0:
        return int(error.cursorpos) - 1
    for token in tokens(text):  # bytes that are no character: PostgreSQL does not say where
        if token.kind is TokenKind.QUOTED and _refuses(text[token.start : token.end], error):
            return token.start
    return 0


def _refuses(string: str, error: postgast.PgQueryError) -> bool:
    try:
        _parsed(f"SELECT {string}".encode())
    except postgast.PgQueryError as other:
        return bool(other.message == error.message)
    return False


def _root(raw: Node) -> Root:
    start = raw.get("stmt_location", 0)
    length = raw.get("stmt_len", 0)
    ((kind, node),) = raw["stmt"].items()
    return Root(kind, node, start, start + length if length else None)
