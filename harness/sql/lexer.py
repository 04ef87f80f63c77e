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


# PostgreSQL's own classes (scan.l): six characters are space, every other one that is not ASCII is
# part of a name. Python's \s and \w would take a no-break space at a name's end away.
SPACE = " \t\n\r\f\v"
"""The characters that PostgreSQL takes for space."""

_SPACE = r"[ \t\n\r\f\v]"
_LETTER = r"[A-Za-z_\x80-\U0010ffff]"
_WITHIN = r"[A-Za-z0-9_$\x80-\U0010ffff]"
_START = re.compile(
    rf"""
      (?P<line>--[^\n\r]*)
    | (?P<block>/\*)
    | (?P<escape>(?<!{_WITHIN})[eE]')
    | (?P<single>')
    | (?P<double>")
    | (?P<dollar>(?<!{_WITHIN})\$(?:{_LETTER}(?:(?!\$){_WITHIN})*)?\$)
    | (?P<semicolon>;)
    | (?P<open>[(\[])
    | (?P<close>[)\]])
    | (?P<meta>\\[^\n]*)
    | (?P<word>{_LETTER}{_WITHIN}*)
    | (?P<other>(?!{_SPACE}).)
    """,
    re.VERBOSE | re.DOTALL,
)
# What hides text, and nothing else. Each form starts with a character of its own: a search is fast.
_HIDING = re.compile(
    rf"""
      (?P<line>--[^\n\r]*)
    | (?P<block>/\*)
    | (?P<escape>'(?<=[eE]')(?<!{_WITHIN}[eE]'))
    | (?P<single>')
    | (?P<double>")
    | (?P<dollar>\$(?<!{_WITHIN}\$)(?:{_LETTER}(?:(?!\$){_WITHIN})*)?\$)
    """,
    re.VERBOSE,
)
_SINGLE_END = re.compile(r"'(?!')|''")
_ESCAPE_END = re.compile(r"\\.|''|'", re.DOTALL)
# A string that starts with E and goes on in a later line has backslashes there, too.
_CONTINUED = re.compile(r"(?:[ \t\f\v]|--[^\n\r]*+)*+[\n\r](?:[ \t\n\r\f\v]|--[^\n\r]*+[\n\r])*+'")
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
    return _tokens(text, _START)


def comments(text: str) -> tuple[Token, ...]:
    """Return the comments of a text, at a fraction of the price of all its tokens."""
    return tuple(each for each in _tokens(text, _HIDING) if each.kind is TokenKind.COMMENT)


def unclosed_comment(text: str) -> int | None:
    """Return where a block comment begins that is never closed, if there is one."""
    last = next(reversed(comments(text)), None)
    if last is None or not text.startswith("/*", last.start):
        return None
    return last.start if _block_end(text, last.start + 2) is None else None


def _tokens(text: str, pattern: re.Pattern[str]) -> Iterator[Token]:
    position, continued = 0, -1
    while match := pattern.search(text, position):
        name = match.lastgroup or "other"
        if match.start() == continued:
            name = "escape"
        position = _end(text, name, match)
        if name == "escape" and (more := _CONTINUED.match(text, position)):
            continued = more.end() - 1
        yield Token(_KINDS[name], match.start(), position)


def without_comments(text: str, *, bodies: bool = False) -> str:
    """Put spaces in the place of comments, as many as they have bytes.

    PostgreSQL joins two strings with a `--` comment between them, and looks past any comment for
    UESCAPE; libpg_query, which hands comments out as tokens, does not. With ``bodies`` those of
    quoted bodies go too.
    """
    if "--" not in text and "/*" not in text:
        return text
    parts, position = [], 0
    for token in _needless(text, tuple(tokens(text)), bodies=bodies):
        written = text[token.start : token.end]
        is_comment = token.kind is TokenKind.COMMENT
        plain = " " * len(written.encode()) if is_comment else _plain_body(written)
        parts += [text[position : token.start], plain]
        position = token.end
    return "".join([*parts, text[position:]])


def _needless(text: str, found: tuple[Token, ...], *, bodies: bool) -> Iterator[Token]:
    """Yield the comments that can go, and the quoted bodies.

    One that is never closed stays, since it is a fault, and so does one that parts two strings.
    """
    before: TokenKind | None = None
    for token, after in zip(found, _solid_after(found), strict=True):
        if token.kind is not TokenKind.COMMENT:
            before = token.kind
            if bodies and before is TokenKind.QUOTED and text[token.start] in "$'":
                yield token
        elif text.startswith("--", token.start) or (
            token.end < len(text) and {before, after} != {TokenKind.QUOTED}
        ):
            yield token


def _solid_after(found: tuple[Token, ...]) -> list[TokenKind | None]:
    """Return, for each token, the kind of the first one from it on that is no comment."""
    kinds: list[TokenKind | None] = []
    kind: TokenKind | None = None
    for token in reversed(found):
        kind = kind if token.kind is TokenKind.COMMENT else token.kind
        kinds.append(kind)
    return kinds[::-1]


def _plain_body(written: str) -> str:
    quote = written[: written.index("$", 1) + 1] if written[0] == "$" else "'"
    body = written.removeprefix(quote).removesuffix(quote)
    return quote + without_comments(body) + written[len(quote) + len(body) :]


def _end(text: str, name: str, match: re.Match[str]) -> int:
    if name == "block":
        closed = _block_end(text, match.end())
        return len(text) if closed is None else closed
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


def _block_end(text: str, position: int) -> int | None:
    """Return where a block comment is closed, if it is."""
    depth = 1
    for match in _BLOCK_PART.finditer(text, position):
        depth += 1 if match.group() == "/*" else -1
        if depth == 0:
            return match.end()
    return None
