"""The values that a file of SQL is read into."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement, without its semicolon and the comments around it.

    ``line``, ``column`` and ``end_line`` count from 1; ``offset`` is the character at which the
    first token starts. ``kind`` is the grammar's node name (``CreateStmt``), empty where the
    statement could not be parsed. ``transactional`` is False where PostgreSQL refuses to run the
    statement inside a transaction block.
    """

    text: str
    line: int
    column: int
    offset: int
    end_line: int
    kind: str
    transactional: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive:
    """A comment ``-- harness: allow <rule> -- <reason>``.

    ``statement`` is the index of the statement that it stands above, None where it speaks for
    the whole file. ``rule`` is empty where the comment does not have this form.
    """

    rule: str
    reason: str
    line: int
    statement: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntaxFault:
    """Where PostgreSQL's grammar stops understanding, and what it says there.

    ``unreadable`` is True where the file holds no text at all: not UTF-8, NUL bytes, no file.
    """

    message: str
    line: int
    column: int
    unreadable: bool = False


@dataclass(frozen=True, kw_only=True)
class Script:
    """A file of SQL, as the runner would send it.

    ``wrapper`` holds the BEGIN and COMMIT that stood around the whole file, which the runner's
    own transaction replaces: they are no part of ``statements``. After a ``fault`` the statements
    are split by tokens alone, so that a server can still be asked what it thinks of them.
    """

    text: str
    path: Path | None = None
    sha256: str = ""
    statements: tuple[Statement, ...] = ()
    directives: tuple[Directive, ...] = ()
    fault: SyntaxFault | None = None
    wrapper: tuple[Statement, Statement] | None = None

    def __post_init__(self) -> None:
        if not self.sha256:
            digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
            object.__setattr__(self, "sha256", digest)

    @property
    def transactional(self) -> bool:
        """Whether the file runs in one transaction; otherwise each statement runs alone."""
        return all(each.transactional for each in self.statements)

    @property
    def does_nothing(self) -> bool:
        """Whether it holds no statement, or none but settings of its own session."""
        return all(each.kind == "VariableSetStmt" for each in self.statements)

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The character offset at which each line starts."""
        found = [0]
        position = self.text.find("\n")
        while position >= 0:
            found.append(position + 1)
            position = self.text.find("\n", position + 1)
        return tuple(found)

    def line_at(self, offset: int) -> int:
        """Return the line, from 1, that holds the character at this offset."""
        return bisect_right(self.line_starts, offset)

    def column_at(self, offset: int) -> int:
        """Return the column, from 1, of the character at this offset."""
        return offset - self.line_starts[self.line_at(offset) - 1] + 1

    def statement_at(self, line: int) -> Statement | None:
        """Return the statement that covers this line; None between statements."""
        for each in self.statements:
            if each.line <= line <= each.end_line:
                return each
        return None
