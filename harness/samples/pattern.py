"""Strings that match a regular expression of PostgreSQL, drawn at random.

Covers what CHECK constraints are written with: literals, classes (ranges, negation, POSIX names),
groups, alternatives, quantifiers and anchors. What it does not know (back references, look
around) raises `UnknownPatternError`; the server is the judge of every string anyway.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

_DIGITS = "0123456789"
_LOWER = "abcdefghijklmnopqrstuvwxyz"
_UPPER = _LOWER.upper()
_WORD = _LOWER + _DIGITS + "_"
_PRINTABLE = _LOWER + _DIGITS + "-_."
_CLASSES = {
    "alpha": _LOWER + _UPPER,
    "alnum": _LOWER + _UPPER + _DIGITS,
    "digit": _DIGITS,
    "lower": _LOWER,
    "upper": _UPPER,
    "xdigit": _DIGITS + "abcdef",
    "space": " ",
    "blank": " ",
    "punct": "-_.",
    "print": _PRINTABLE,
    "graph": _PRINTABLE,
}
_ESCAPES = {"d": _DIGITS, "w": _WORD, "s": " ", "D": _LOWER, "W": "-", "S": _WORD}
_ANCHORS = "AZmMyYbB<>"
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r"}
_MANY = 8


class UnknownPatternError(ValueError):
    """The pattern uses something that is not drawn here."""


@dataclass(frozen=True, slots=True)
class _Piece:
    choices: str | tuple[tuple[_Piece, ...], ...]
    least: int = 1
    most: int = 1


Pattern = tuple[tuple[_Piece, ...], ...]


def read_pattern(text: str) -> Pattern:
    """Read a regular expression into alternatives of pieces; `UnknownPatternError` if it cannot."""
    reader = _Reader(text)
    pattern = reader.alternatives()
    if reader.rest():
        raise UnknownPatternError(text)
    return pattern


def draw(pattern: Pattern, random: Random, length: int | None = None) -> str:
    """Draw a string that matches; ``length`` is how long it should be, roughly."""
    pieces = pattern[int(random.random() * len(pattern))]
    texts: list[str] = []
    for piece in pieces:
        most = piece.most
        if length is not None and most > piece.least:
            most = max(piece.least, min(most, length))
        times = piece.least + int(random.random() * (most - piece.least + 1))
        if isinstance(piece.choices, str):
            texts += random.choices(piece.choices, k=times)
        else:
            texts += [draw(piece.choices, random, length) for _ in range(times)]
    return "".join(texts)


class _Reader:
    """A recursive descent over the pattern's characters."""

    def __init__(self, text: str) -> None:
        self.text = text.removeprefix("***:")
        self.at = 0

    def rest(self) -> str:
        return self.text[self.at :]

    def alternatives(self) -> Pattern:
        found = [self._sequence()]
        while self._take("|"):
            found.append(self._sequence())
        return tuple(found)

    def _sequence(self) -> tuple[_Piece, ...]:
        pieces: list[_Piece] = []
        while self.rest() and self.rest()[0] not in "|)":
            choices = self._atom()
            least, most = self._quantifier()
            if choices:
                pieces.append(_Piece(choices, least, most))
        return tuple(pieces)

    def _atom(self) -> str | Pattern:
        character = self._next()
        if character in "^$":
            return ""
        if character == ".":
            return _WORD
        if character == "[":
            return self._class()
        if character == "\\":
            return self._escape()
        if character == "(":
            return self._group()
        if character in "*+?{":
            raise UnknownPatternError(self.text)
        return character

    def _group(self) -> Pattern:
        if self.rest().startswith("?") and not self._take("?:"):
            raise UnknownPatternError(self.text)
        found = self.alternatives()
        if not self._take(")"):
            raise UnknownPatternError(self.text)
        return found

    def _escape(self) -> str:
        character = self._next()
        if character in _ANCHORS:
            return ""
        if character.isalnum() and character not in _ESCAPES and character not in _CONTROLS:
            raise UnknownPatternError(self.text)
        return _ESCAPES.get(character) or _CONTROLS.get(character, character)

    def _class(self) -> str:
        negated = self._take("^")
        members = "]" if self._take("]") else ""
        while not self._take("]"):
            if self._take("[:"):
                name, _, _ = self.rest().partition(":]")
                self.at += len(name) + 2
                members += _CLASSES.get(name, "")
                continue
            members += self._range()
        if negated:
            members = "".join(each for each in _WORD + "-. " if each not in members)
        if not members:
            raise UnknownPatternError(self.text)
        return members

    def _range(self) -> str:
        first = self._next()
        if first == "\\":
            return self._escape()
        if self.rest()[:1] == "-" and self.rest()[1:2] not in {"]", ""}:
            self._next()
            last = self._next()
            return "".join(chr(code) for code in range(ord(first), ord(last) + 1))
        return first

    def _quantifier(self) -> tuple[int, int]:
        least, most = 1, 1
        if self._take("*"):
            least, most = 0, _MANY
        elif self._take("+"):
            least, most = 1, _MANY
        elif self._take("?"):
            least, most = 0, 1
        elif self.rest()[:1] == "{" and self.rest()[1:2].isdigit():
            least, most = self._bounds()
        self._take("?")
        return least, most

    def _bounds(self) -> tuple[int, int]:
        inside, _, _ = self.rest()[1:].partition("}")
        self.at += len(inside) + 2
        low, comma, high = inside.partition(",")
        least = int(low)
        if not comma:
            return least, least
        return least, int(high) if high else least + _MANY

    def _take(self, text: str) -> bool:
        if not self.rest().startswith(text):
            return False
        self.at += len(text)
        return True

    def _next(self) -> str:
        if self.at >= len(self.text):
            raise UnknownPatternError(self.text)
        self.at += 1
        return self.text[self.at - 1]
