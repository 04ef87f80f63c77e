"""What only psql understands: its meta-commands and variables."""

from __future__ import annotations

import re
from dataclasses import dataclass

from harness.sql.lexer import TokenKind, tokens
from harness.sql.script import Script

_VARIABLE = re.compile(r""":(?:'[^'\n]*'|"[^"\n]*"|[^\W\d]\w*|\{\?\w+\})""")
_COMMAND = re.compile(r"\\(?:[^\W\d]\w*|[!?.;\\])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class PsqlWord:
    """A meta-command or a variable, as it stands in the file."""

    text: str
    line: int


def psql_words(script: Script) -> tuple[PsqlWord, ...]:
    """Return what the grammar refuses because it is psql's; empty where the script is SQL."""
    if script.fault is None or script.fault.unreadable:
        return ()
    found = {
        script.line_at(each.start): _word(_COMMAND, script.text, each.start)
        for each in tokens(script.text)
        if each.kind is TokenKind.META
    }
    offset = script.line_starts[script.fault.line - 1] + script.fault.column - 1
    variable = _VARIABLE.match(script.text, offset)
    if variable:
        found.setdefault(script.fault.line, variable.group())
    return tuple(PsqlWord(text=text, line=line) for line, text in sorted(found.items()))


def _word(pattern: re.Pattern[str], text: str, offset: int) -> str:
    match = pattern.match(text, offset)
    return match.group() if match else text[offset : offset + 1]
