"""Tokens that decide where SQL ends and text begins: comments, quotes, semicolons, blocks.

PostgreSQL's own scanner (through postgast) stops at the first character that it does not know.
This one never stops, because broken files must be split and read too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class TokenKind(Enum):
    """What a token is, as far as splitting is concerned."""

    COMMENT = "comment"
    QUOTED = "quoted"
    SEMICOLON = "semicolon"
    OPEN = "open"
    CLOSE = "close"
    META = "psql meta-command"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the text; ``start`` and ``end`` are character offsets."""

    kind: TokenKind
    start: int
    end: int


_START = re.compile(
    r"""
      (?P<line>--[^\n]*)
    | (?P<block>/\*)
    | (?P<escape>(?<![\w$])[eE]')
    | (?P<single>')
    | (?P<double>")
    | (?P<dollar>(?<![\w$])\$(?:[^\W\d]\w*)?\$)
    | (?P<semicolon>;)
    | (?P<open>[(\[])
    | (?P<close>[)\]])
    | (?P<meta>\\[^\n]*)
    | (?P<word>[^\W\d][\w$]*)
    | (?P<other>[^\s])
    """,
    re.VERBOSE,
)
_SINGLE_END = re.compile(r"'(?!')|''")
_ESCAPE_END = re.compile(r"\\.|''|'", re.DOTALL)
_BLOCK_PART = re.compile(r"/\*|\*/")
_KINDS = {
    "line": TokenKind.COMMENT,
    "block": TokenKind.COMMENT,
    "escape": TokenKind.QUOTED,
    "single": TokenKind.QUOTED,
    "double": TokenKind.QUOTED,
    "dollar": TokenKind.QUOTED,
    "semicolon": TokenKind.SEMICOLON,
    "open": TokenKind.OPEN,
    "close": TokenKind.CLOSE,
    "meta": TokenKind.META,
    "word": TokenKind.WORD,
    "other": TokenKind.WORD,
}


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a text; what is never closed runs to the end."""
    position = 0
    while match := _START.search(text, position):
        name = match.lastgroup or "other"
        position = _end(text, name, match)
        yield Token(_KINDS[name], match.start(), position)


def _end(text: str, name: str, match: re.Match[str]) -> int:
    if name == "block":
        return _block_end(text, match.end())
    if name == "escape":
        return _quote_end(text, _ESCAPE_END, "'", match.end())
    if name == "single":
        return _quote_end(text, _SINGLE_END, "'", match.end())
    if name == "double":
        found = text.find('"', match.end())
        return len(text) if found < 0 else found + 1
    if name == "dollar":
        found = text.find(match.group(), match.end())
        return len(text) if found < 0 else found + len(match.group())
    return match.end()


def _quote_end(text: str, pattern: re.Pattern[str], quote: str, position: int) -> int:
    for match in pattern.finditer(text, position):
        if match.group() == quote:
            return match.end()
    return len(text)


def _block_end(text: str, position: int) -> int:
    depth = 1
    for match in _BLOCK_PART.finditer(text, position):
        depth += 1 if match.group() == "/*" else -1
        if depth == 0:
            return match.end()
    return len(text)
