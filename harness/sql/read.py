"""Read a file, or a text, into a `Script`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from harness.sql.directives import directives
from harness.sql.lexer import SPACE, Token, comments, tokens
from harness.sql.psql import without_rows
from harness.sql.script import Script, Statement, SyntaxFault
from harness.sql.split import Span, spans
from harness.sql.transactions import refuses_transaction
from harness.sql.tree import Node, NotSqlError, TooDeepError, roots
from harness.sql.wrapper import alone, unwrapped


def read_script(path: Path) -> Script:
    """Read a file; whatever it holds, the result is a `Script`, with a fault if need be."""
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        fault = SyntaxFault(message=message, line=1, column=1, unreadable=True)
        return Script(text="", path=path, fault=fault)
    return decode_script(data, path)


def decode_script(data: bytes, path: Path | None = None) -> Script:
    """Decode and parse the bytes of a file; its checksum is that of the bytes."""
    digest = hashlib.sha256(data).hexdigest()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        message = "not encoded in UTF-8"
        fault = SyntaxFault(message=message, line=line, column=column, unreadable=True)
        text = data.decode("utf-8", errors="replace")
        return Script(text=text, path=path, sha256=digest, fault=fault)
    return parse_script(text, path, sha256=digest)


def parse_script(text: str, path: Path | None = None, *, sha256: str = "") -> Script:
    """Parse a text; after a syntax fault its statements are split by tokens alone."""
    bare = Script(text=text, path=path, sha256=sha256)
    trees, fault = _trees(bare, text)
    if fault is not None and text != (plain := without_rows(text)):
        text = plain
        trees, fault = _trees(bare, text)
    if trees is None:
        trees = list(_one_by_one(text))
    found = comments(text)
    statements = tuple(_located(bare, found, trees))
    body, wrapper = unwrapped(alone(statements))
    return replace(
        bare,
        statements=body,
        directives=directives(bare, found, body),
        fault=fault,
        wrapper=wrapper,
    )


_Tree = tuple[Span, str, Node | None]


def _trees(script: Script, text: str) -> tuple[list[_Tree] | None, SyntaxFault | None]:
    """Return each statement's range, node name and node; None where the whole cannot be had."""
    try:
        return list(_parsed(text)), None
    except NotSqlError as error:
        return None, _fault_at(script, error)
    except TooDeepError:
        return None, None


def _parsed(text: str) -> Iterator[_Tree]:
    data = text.encode("utf-8")
    character, byte = 0, 0
    for root in roots(text):
        character += len(data[byte : root.start].decode("utf-8"))
        byte = root.start
        end = character + len(data[byte : root.end].decode("utf-8"))
        yield (character, end), root.kind, root.node


def _one_by_one(text: str) -> Iterator[_Tree]:
    """Parse each statement by itself; what the grammar refuses keeps an empty node name."""
    for start, end in spans(text, tokens(text)):
        try:
            parsed = roots(text[start:end])
        except TooDeepError as error:
            yield (start, end), error.kind, None
        except NotSqlError:
            yield (start, end), "", None
        else:
            only = parsed[0] if len(parsed) == 1 else None
            yield (start, end), only.kind if only else "", only.node if only else None


def _located(script: Script, found: tuple[Token, ...], trees: list[_Tree]) -> Iterator[Statement]:
    """Tighten the grammar's ranges to the first and last character that is no space or comment."""
    ends = {each.start: each.end for each in found}
    starts = {each.end: each.start for each in found}
    text = script.text
    for (start, end), kind, node in trees:
        first, last = _after_space(text, start, end), _before_space(text, start, end)
        while first in ends:
            first = _after_space(text, ends[first], end)
        while last in starts and starts[last] > first:
            last = _before_space(text, start, starts[last])
        if first < last:
            yield _statement(script, (first, last), kind, node)


def _after_space(text: str, start: int, end: int) -> int:
    while start < end and text[start] in SPACE:
        start += 1
    return start


def _before_space(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in SPACE:
        end -= 1
    return end


def _statement(script: Script, span: Span, kind: str, node: Node | None) -> Statement:
    start, end = span
    text = script.text[start:end]
    return Statement(
        text=text,
        line=script.line_at(start),
        column=script.column_at(start),
        offset=start,
        end_line=script.line_at(max(end - 1, start)),
        kind=kind,
        transactional=node is None or not refuses_transaction(kind, node, text),
    )


def _fault_at(script: Script, error: NotSqlError) -> SyntaxFault:
    return SyntaxFault(
        message=error.message,
        line=script.line_at(error.offset),
        column=script.column_at(error.offset),
        unreadable=error.unreadable,
    )
