"""The bodies of functions, procedures and DO blocks, and where they stop being SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import postgast

from harness.sql.lexer import Token, TokenKind, tokens
from harness.sql.locate import fault_offset
from harness.sql.script import Script, Statement, SyntaxFault
from harness.sql.tree import Node, NotSqlError, TooDeepError, plpgsql, root, roots

_WITH_BODY = frozenset({"CreateFunctionStmt", "DoStmt"})
# libpg_query knows no catalog: what plpgsql says about types and variables is the server's to say.
_GRAMMAR = (
    "CONTINUE cannot be used outside",
    "EXIT cannot be used outside",
    "diagnostics item ",
    "duplicate declaration",
    "end label ",
    "mismatched ",
    "missing ",
    "syntax error",
    "there is no label ",
    "too few parameters specified for RAISE",
    "too many parameters specified for RAISE",
    "unexpected end",
    "unrecognized GET DIAGNOSTICS item",
    "unrecognized exception condition",
    "unterminated",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The body of a statement; ``offset`` is the file's character at which it starts."""

    statement: Statement
    language: str
    text: str
    offset: int


def body_of(statement: Statement) -> Body | None:
    """Return the body of a function or a DO block; None where it has none that is SQL or text."""
    if statement.kind not in _WITH_BODY:
        return None
    parsed = root(statement.text)
    if parsed is None:
        return None
    if "List" in parsed.node.get("sql_body", {}):
        return _atomic(statement)
    options = dict(_options(parsed.node))
    text = _body_text(options.get("as", {}))
    if text is None:
        return None
    language = options.get("language", {}).get("String", {}).get("sval", "plpgsql")
    start = _start_of(statement.text, text)
    return Body(
        statement=statement,
        language=str(language).lower(),
        text=text,
        offset=statement.offset + start,
    )


def _atomic(statement: Statement) -> Body:
    """Return the statements between BEGIN ATOMIC and its END."""
    words = [each for each in tokens(statement.text) if each.kind is TokenKind.WORD]
    written = [statement.text[each.start : each.end].upper() for each in words]
    pairs = list(pairwise(written))
    start, end = words[pairs.index(("BEGIN", "ATOMIC")) + 1].end, words[-1].start
    text = statement.text[start:end]
    return Body(statement=statement, language="sql", text=text, offset=statement.offset + start)


def body_fault(script: Script, body: Body) -> SyntaxFault | None:
    """Return where a body leaves its language's grammar; None for languages without one here."""
    if body.language == "plpgsql":
        return _plpgsql_fault(script, body)
    if body.language == "sql":
        return _sql_fault(script, body)
    return None


def line_in_file(script: Script, body: Body, line: int) -> int:
    """Turn a line of the body, from 1, into a line of the file."""
    return script.line_at(body.offset) + max(line, 1) - 1


def _options(node: Node) -> Iterator[tuple[str, Node]]:
    for each in (*node.get("options", ()), *node.get("args", ())):
        option = each.get("DefElem", {})
        if "arg" in option:
            yield option["defname"], option["arg"]


def _body_text(argument: Node) -> str | None:
    if "String" in argument:
        return str(argument["String"].get("sval", ""))
    items = argument.get("List", {}).get("items", ())
    if len(items) != 1:  # C functions name a file and a symbol
        return None
    return str(items[0].get("String", {}).get("sval", ""))


def _start_of(statement: str, body: str) -> int:
    quoted = [each for each in tokens(statement) if each.kind is TokenKind.QUOTED]
    for token in quoted:
        start = token.start + _delimiter(statement, token)
        if statement.startswith(body, start):
            return start
    return quoted[-1].start if quoted else 0


def _delimiter(statement: str, token: Token) -> int:
    if statement[token.start] == "$":
        return statement.index("$", token.start + 1) + 1 - token.start
    return statement.index("'", token.start) + 1 - token.start if "'" in statement else 1


def _sql_fault(script: Script, body: Body) -> SyntaxFault | None:
    try:
        roots(body.text)
    except NotSqlError as error:
        return _fault(script, body.offset + error.offset, error.message)
    except TooDeepError:
        return None
    return None


def _plpgsql_fault(script: Script, body: Body) -> SyntaxFault | None:
    try:
        plpgsql(body.statement.text)
    except postgast.PgQueryError as error:
        if not error.message.startswith(_GRAMMAR):
            return None
        statement = body.statement
        start = body.offset - statement.offset
        offset = fault_offset(statement.text, start, body.text, error)
        return _fault(script, body.offset + offset, error.message)
    except ValueError:  # JSON that libpg_query writes and nobody can read
        return None
    return None


def _fault(script: Script, offset: int, message: str) -> SyntaxFault:
    return SyntaxFault(
        message=message, line=script.line_at(offset), column=script.column_at(offset)
    )
