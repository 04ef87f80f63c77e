"""Strings drawn from PostgreSQL's regular expressions, judged by Python's."""

from __future__ import annotations

import re
from random import Random

import pytest

from harness.samples.pattern import UnknownPatternError, draw, read_pattern

PATTERNS = (
    r"^[a-z][a-z0-9_]{1,30}$",
    r"^\d{3}\.\d{3}\.\d{3}-\d{2}$",
    r"^(seg|ter|qua)(,(seg|ter|qua))*$",
    r"^#[0-9a-fA-F]{6}$",
    r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$",
    r"^(?:https?://)[\w.-]+/?$",
    r"^a?b+c*d{2}e{1,3}$",
    r"^[]a-]x$",
    r"^\+55\d{10,11}$",
    r"^[a-z]+(-[a-z0-9]+)*$",
)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_what_is_drawn_matches(pattern: str) -> None:
    random = Random(pattern)
    read = read_pattern(pattern)
    for _ in range(200):
        text = draw(read, random)
        assert re.search(pattern, text), text


def test_posix_classes_are_known() -> None:
    read = read_pattern(r"^[[:upper:]]{2}[[:digit:]]$")
    assert re.fullmatch(r"[A-Z]{2}[0-9]", draw(read, Random(1)))


@pytest.mark.parametrize("pattern", [r"^(a)\1$", r"^(?=a)b$", r"^a(b$", r"*a", r"[a"])
def test_what_cannot_be_drawn_is_said(pattern: str) -> None:
    with pytest.raises(UnknownPatternError):
        read_pattern(pattern)
