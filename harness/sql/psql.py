"""What only psql understands: its meta-commands and variables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from harness.sql.lexer import TokenKind, tokens
from harness.sql.script import Script, Statement, SyntaxFault
from harness.sql.tree import root

_VARIABLE = re.compile(r""":(?:'[^'\n]*'|"[^"\n]*"|[^\W\d]\w*|\{\?\w+\})""")
_COMMAND = re.compile(r"\\(?:[^\W\d]\w*|[!?.;\\])?")


# psql sends what stands below COPY … FROM stdin, up to a line that holds \\. alone.
_NAME = r"""(?:"[^"\n]*+"|\w++)"""
# Possessive throughout: what is no COPY is found to be none at once, however long it is.
_COPY = re.compile(
    rf"""
    ^[ \t]*+ copy \s++ {_NAME} (?: \s*+ \. \s*+ {_NAME} )?+ \s*+ (?: \( [^();]*+ \) \s*+ )?+
    from \s++ stdin \b [^;]{{0,300}}+ ; [^\n]*+ \n
    """,
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_END_OF_ROWS = re.compile(r"^\\\.[ \t\r]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PsqlWord:
    """A meta-command, a variable, or a COPY from psql's input; ``text`` is what stands there."""

    text: str
    line: int


def psql_words(script: Script) -> tuple[PsqlWord, ...]:
    """Return what only psql understands, in the order of lines; empty where all of it is SQL."""
    if script.fault is not None and script.fault.unreadable:
        return ()
    copies = [each for each in script.statements if copy_direction(each) is CopyDirection.IN]
    found = {each.line: "COPY … FROM stdin" for each in copies}
    if script.fault is not None:
        found |= _refused(script, script.fault)
    return tuple(PsqlWord(text=text, line=line) for line, text in sorted(found.items()))


def without_rows(text: str) -> str:
    """Put spaces in the place of the rows that psql would send after COPY … FROM stdin."""
    parts, position = [], 0
    while copy := _COPY.search(text, position):
        end = _END_OF_ROWS.search(text, copy.end())
        if end is None:
            break
        rows = re.sub(r"[^\n]", " ", text[copy.end() : end.end()])
        parts += [text[position : copy.end()], rows]
        position = end.end()
    return "".join([*parts, text[position:]])


class CopyDirection(Enum):
    """Which way the rows of a COPY go between the server and its client."""

    IN = "from stdin"
    OUT = "to stdout"


def copy_direction(statement: Statement) -> CopyDirection | None:
    """Tell which way a statement's rows go; None where it copies none, or the server a file."""
    parsed = root(statement.text) if statement.kind == "CopyStmt" else None
    if parsed is None or "filename" in parsed.node:
        return None
    return CopyDirection.IN if parsed.node.get("is_from") else CopyDirection.OUT


def _refused(script: Script, fault: SyntaxFault) -> dict[int, str]:
    """Return, by line, what the grammar refuses because it is psql's."""
    text = without_rows(script.text)
    found = {
        script.line_at(each.start): _word(_COMMAND, text, each.start)
        for each in tokens(text)
        if each.kind is TokenKind.META
    }
    offset = script.line_starts[fault.line - 1] + fault.column - 1
    variable = _VARIABLE.match(text, offset)
    if variable:
        found.setdefault(fault.line, variable.group())
    return found


def _word(pattern: re.Pattern[str], text: str, offset: int) -> str:
    match = pattern.match(text, offset)
    return match.group() if match else text[offset : offset + 1]
