"""Where an object of the catalog comes from: the file and line that first names it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from harness.plan import Migration, Phase, Plan
from harness.sql import Statement
from harness.sql.lexer import TokenKind, tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A place in the files; ``version`` is None where only the manifest can be named."""

    file: str
    line: int
    version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """Finds where objects were made, among the migrations that ran; else ``otherwise``."""

    otherwise: Origin
    migrations: tuple[Migration, ...] = ()

    def of(self, *names: str) -> Origin:
        """Find the first statement that names one of ``names``, the first of them first.

        A name is qualified as the catalog writes it. The object's own name comes first, then
        that of what it belongs to, for objects that no file names (a partition made by a
        function). What statements say as SQL counts before what their texts and bodies mention.
        """
        for name in names:
            for mention in _mentions(name):
                found = self._first(mention)
                if found is not None:
                    return found
        return self.otherwise

    def of_body(self, name: str) -> Origin:
        """Find the statement that gave a function its body, or a view its query: the last one."""
        schema, _, own = name.partition("(")[0].rpartition(".")
        defining = re.compile(
            rf"\b(?:function|procedure|view)\s+(?:{re.escape(schema)}\.)?{re.escape(own)}(?!\w)",
            re.IGNORECASE,
        )
        for migration in reversed(self.migrations):
            for statement in reversed(migration.forward.statements):
                if statement.kind in _WITH_BODY and defining.search(statement.text):
                    return _origin(migration, statement, 0)
        return self.of(name)

    def of_grant(self, name: str, grantee: str) -> Origin | None:
        """Find the last GRANT that names an object and a role; None where it was born with it."""
        words = (_whole("grant"), _whole(grantee), _whole(_last(name)))
        for migration in reversed(self.migrations):
            for statement in reversed(migration.forward.statements):
                found = all(word.search(statement.text) for word in words)
                if statement.kind == "GrantStmt" and found:
                    return _origin(migration, statement, 0)
        return None

    def _first(self, mention: _Mention) -> Origin | None:
        for migration in self.migrations:
            for statement in migration.forward.statements:
                offset = mention.in_statement(statement)
                if offset is not None:
                    return _origin(migration, statement, offset)
        return None


def _last(name: str) -> str:
    return name.partition("(")[0].rpartition(".")[2]


_WITH_BODY = frozenset({"CreateFunctionStmt", "ViewStmt"})


def _origin(migration: Migration, statement: Statement, offset: int) -> Origin:
    line = statement.line + statement.text.count("\n", 0, offset)
    return Origin(file=migration.file, line=line, version=migration.version)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mention:
    """A word of a statement, beside another one; ``in_sql`` leaves out quoted texts."""

    word: str
    beside: str = ""
    in_sql: bool = True

    def in_statement(self, statement: Statement) -> int | None:
        text = _without_quotations(statement.text) if self.in_sql else statement.text
        found = _whole(self.word).search(text)
        if found is None or (self.beside and _whole(self.beside).search(text) is None):
            return None
        return found.start()


@cache
def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)


@cache
def _without_quotations(text: str) -> str:
    """Blank what a statement only says: comments, strings, bodies; every line stays its own."""
    for token in tokens(text):
        said = token.kind is TokenKind.QUOTED and text[token.start] != '"'
        if said or token.kind is TokenKind.COMMENT:
            blank = re.sub(r"[^\n]", " ", text[token.start : token.end])
            text = text[: token.start] + blank + text[token.end :]
    return text


def origins_of(plan: Plan, phase: Phase) -> Origins:
    """Look for origins in the migrations of a phase and of those before it."""
    return Origins(
        otherwise=Origin(file=plan.manifest_file, line=phase.line),
        migrations=tuple(
            each
            for before in plan.phases
            if before.order <= phase.order
            for each in before.migrations
        ),
    )


def _mentions(name: str) -> Iterator[_Mention]:
    """Look for the whole name first, then for its last part beside what it belongs to, then alone.

    A constraint, an index or a policy is written without its table or schema.
    """
    bare = name.partition("(")[0]
    owner, _, last = bare.rpartition(".")
    near = [_Mention(word=last if owner == "public" else bare)]
    if owner:
        near += [_Mention(word=last, beside=each) for each in (owner, owner.rpartition(".")[2])]
    yield from dict.fromkeys((*near, *(replace(each, in_sql=False) for each in near)))
    yield _Mention(word=last)
    yield _Mention(word=last, in_sql=False)
