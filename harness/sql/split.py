"""Cut a text into statements by tokens alone, for files that the grammar does not accept."""

from __future__ import annotations

from collections.abc import Iterable

from harness.sql.lexer import Token, TokenKind

Span = tuple[int, int]


def spans(text: str, found: Iterable[Token]) -> tuple[Span, ...]:
    """Return the character ranges of the statements, without semicolons and outer comments."""
    result: list[Span] = []
    splitter = _Splitter(text)
    for token in found:
        ended = splitter.take(token)
        if ended is not None:
            result.append(ended)
    last = splitter.finish()
    return tuple([*result, last] if last is not None else result)


class _Splitter:
    """The state between two semicolons: where the statement started and what is still open."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._reset()

    def _reset(self) -> None:
        self._start: int | None = None
        self._end = 0
        self._open = 0
        self._blocks = 0  # BEGIN ATOMIC … END, and the CASE … END inside of it
        self._previous = ""

    def take(self, token: Token) -> Span | None:
        if token.kind is TokenKind.COMMENT:
            return None
        if token.kind is TokenKind.SEMICOLON and self._open <= 0 and self._blocks == 0:
            return self.finish()
        if self._start is None:
            self._start = token.start
        self._end = token.end
        self._nest(token)
        return None

    def finish(self) -> Span | None:
        span = None if self._start is None else (self._start, self._end)
        self._reset()
        return span

    def _nest(self, token: Token) -> None:
        if token.kind is TokenKind.OPEN:
            self._open += 1
        elif token.kind is TokenKind.CLOSE:
            self._open -= 1
        elif token.kind is TokenKind.WORD:
            word = self._text[token.start : token.end].upper()
            self._block(word)
            self._previous = word

    def _block(self, word: str) -> None:
        starts = self._previous == "BEGIN" if word == "ATOMIC" else self._blocks and word == "CASE"
        if starts:
            self._blocks += 1
        elif self._blocks and word == "END":
            self._blocks -= 1
