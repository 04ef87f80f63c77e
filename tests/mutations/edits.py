"""Edits of a file's text: each is sure of what it finds there, and fails where it finds it not."""

from __future__ import annotations

import re
from collections.abc import Callable

from harness.sql import parse_script

Edit = Callable[[str], str]


def without(*needles: str) -> Edit:
    """Take away, for each needle, the one statement that holds it."""

    def edit(text: str) -> str:
        for needle in needles:
            start, end = _span(text, needle)
            text = text[:start] + text[end:].lstrip("\n")
        return text

    return edit


def replaced(old: str, new: str, *, times: int = 1) -> Edit:
    """Write something else in place of a text, which stands there so many times."""

    def edit(text: str) -> str:
        assert text.count(old) == times, f"{old!r} stands {text.count(old)} times"
        return text.replace(old, new)

    return edit


def substituted(pattern: str, new: str, *, times: int = 1) -> Edit:
    """Write something else in place of what a pattern matches, so many times."""

    def edit(text: str) -> str:
        changed, found = re.subn(pattern, new, text, flags=re.MULTILINE | re.DOTALL)
        assert found == times, f"{pattern!r} matches {found} times"
        return changed

    return edit


def in_statement(needle: str, old: str, new: str) -> Edit:
    """Write something else in place of a text that stands once in the statement of a needle."""

    def edit(text: str) -> str:
        start, end = _span(text, needle)
        return text[:start] + replaced(old, new)(text[start:end]) + text[end:]

    return edit


def appended(sql: str) -> Edit:
    """Add lines at the end."""
    return lambda text: f"{text.rstrip()}\n{sql}\n"


def before(needle: str, sql: str) -> Edit:
    """Add lines before the one statement that holds a needle."""

    def edit(text: str) -> str:
        start, _ = _span(text, needle)
        return f"{text[:start]}{sql}\n{text[start:]}"

    return edit


def moved_before(needle: str, place: str) -> Edit:
    """Move the statement that holds a needle before the one that holds another."""

    def edit(text: str) -> str:
        start, end = _span(text, needle)
        return before(place, text[start:end])(text[:start] + text[end:].lstrip("\n"))

    return edit


def both(*edits: Edit) -> Edit:
    """Make one edit after the other."""

    def edit(text: str) -> str:
        for each in edits:
            text = each(text)
        return text

    return edit


def _span(text: str, needle: str) -> tuple[int, int]:
    """Find the one statement that holds a needle, with its semicolon."""
    found = [each for each in parse_script(text).statements if needle in each.text]
    assert len(found) == 1, f"{needle!r} stands in {len(found)} statements"
    start = found[0].offset
    return start, text.index(";", start + len(found[0].text)) + 1
