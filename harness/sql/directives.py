"""Suppressions, written in the SQL as comments: ``-- harness: allow <rule> -- <reason>``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.sql.lexer import Token
from harness.sql.script import Directive, Script, Statement

_ADDRESSED = re.compile(r"--\s*harness\s*:\s*(?P<order>.*?)\s*\Z", re.DOTALL)
_ALLOW = re.compile(r"allow\s+(?P<rule>(?:[\w:.]|-(?!-))+)(?:\s*--\s*(?P<reason>.*))?\Z", re.DOTALL)


def directives(
    script: Script, comments: tuple[Token, ...], statements: tuple[Statement, ...]
) -> tuple[Directive, ...]:
    """Return the directives among a file's comments, in order."""
    return tuple(_directives(script, comments, statements))


def _directives(
    script: Script, comments: tuple[Token, ...], statements: tuple[Statement, ...]
) -> Iterator[Directive]:
    top = _end_of_top(script, comments, statements)
    for comment in comments:
        addressed = _ADDRESSED.match(script.text, comment.start, comment.end)
        if addressed is None:
            continue
        allowed = _ALLOW.match(addressed["order"])
        yield Directive(
            rule=allowed["rule"] if allowed else "",
            reason=(allowed["reason"] or "").strip() if allowed else "",
            line=script.line_at(comment.start),
            statement=None if comment.start < top else _index_after(statements, comment.start),
        )


def _end_of_top(
    script: Script, comments: tuple[Token, ...], statements: tuple[Statement, ...]
) -> int:
    """Return the offset before which a comment speaks for the whole file.

    That is the block of comments that the file starts with, and every later one before the first
    statement that a blank line parts from it.
    """
    first = statements[0].offset if statements else len(script.text)
    before = [each for each in comments if each.start < first]
    edges = [*(each.start for each in before[1:]), first]
    parted = [
        script.text.count("\n", each.end, edge) > 1
        for each, edge in zip(before, edges, strict=bool(before))
    ]
    if True not in parted or not statements:
        return first
    return before[len(parted) - 1 - parted[::-1].index(True)].end


def _index_after(statements: tuple[Statement, ...], offset: int) -> int:
    for index, each in enumerate(statements):
        if offset < each.offset + len(each.text):
            return index
    return len(statements)
