"""Which series a PromQL expression reads; its grammar itself is promtool's business."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
    (?P<space>\s+|\#[^\n]*)
    |(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)
    |(?P<number>\d[\w.:]*|\.\d\w*)
    |(?P<name>[a-zA-Z_:][a-zA-Z0-9_:]*)
    |(?P<matcher>=~|!~|!=|==|>=|<=)
    |(?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_GROUPING = frozenset({"by", "without", "on", "ignoring", "group_left", "group_right"})
_WORDS = frozenset({"and", "or", "unless", "bool", "offset", "inf", "nan", "atan2"})
_AGGREGATIONS = frozenset(
    {
        "sum",
        "min",
        "max",
        "avg",
        "group",
        "stddev",
        "stdvar",
        "count",
        "count_values",
        "bottomk",
        "topk",
        "quantile",
        "limitk",
        "limit_ratio",
    }
)
_MATCHERS = frozenset({"=", "!=", "=~", "!~"})
_NAME = "__name__"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """What reads series: a metric, None where only a pattern says which, and matched labels."""

    metric: str | None
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def selectors(expression: str) -> tuple[Selector, ...]:
    """Return every selector of an expression, in order."""
    return tuple(_selectors(list(_tokens(expression))))


def _tokens(expression: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(expression):
        kind = match.lastgroup or "sign"
        if kind != "space":
            yield _Token(kind, match[0])


def _selectors(tokens: list[_Token]) -> Iterator[Selector]:
    place = 0
    while place < len(tokens):
        token, after = tokens[place], _text(tokens, place + 1)
        place += 1
        if token.kind == "name" and token.text.lower() in _GROUPING:
            place = _behind(tokens, place, "(", ")")
        elif token.kind == "name" and not _is_word(token.text, after):
            end = _behind(tokens, place, "{", "}")
            yield _selector(token.text, tokens[place:end])
            place = end
        elif token.text == "{":
            end = _behind(tokens, place - 1, "{", "}")
            yield _selector(None, tokens[place - 1 : end])
            place = end


def _is_word(name: str, after: str) -> bool:
    """Whether a name is a function, an aggregation or a keyword, and no metric."""
    lower = name.lower()
    aggregates = lower in _AGGREGATIONS and after.lower() in _GROUPING
    return after == "(" or aggregates or lower in _WORDS


def _selector(name: str | None, braced: list[_Token]) -> Selector:
    labels: list[str] = []
    for place, token in enumerate(braced[:-1]):
        matcher = braced[place + 1].text
        if token.kind != "name" or matcher not in _MATCHERS:
            continue
        if token.text == _NAME:
            name = braced[place + 2].text[1:-1] if matcher == "=" else name
        else:
            labels.append(token.text)
    return Selector(metric=name, labels=tuple(labels))


def _behind(tokens: list[_Token], place: int, opening: str, closing: str) -> int:
    """Return the place behind a bracketed group; the place itself where none opens there."""
    if _text(tokens, place) != opening:
        return place
    while place < len(tokens) and tokens[place].text != closing:
        place += 1
    return min(place + 1, len(tokens))


def _text(tokens: list[_Token], place: int) -> str:
    return tokens[place].text if place < len(tokens) else ""
