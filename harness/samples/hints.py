"""What a CHECK constraint says about single columns, read with PostgreSQL's own grammar.

Hints only steer the drawing of candidates; the server evaluates the constraint itself. So a hint
may come from any branch of an OR: it is then ``strict=False``, one possibility among others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

import postgast

_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>", "<@": "@>"}
_ZONES = ("America/Sao_Paulo", "America/Manaus", "UTC")
_TRANSPARENT = {"btrim", "trim", "coalesce", "abs", "unaccent", "ltrim", "rtrim"}


class About(Enum):
    """What a hint speaks of."""

    VALUE = "value"
    LENGTH = "length"
    OCTETS = "octets"
    SIZE = "size"
    LOWER = "lower"
    UPPER = "upper"
    PATTERN = "pattern"
    LIKE = "like"
    NULL = "null"
    MEMBERS = "members"
    CONTAINS = "contains"


_ABOUT = {
    **dict.fromkeys(("char_length", "character_length", "length"), About.LENGTH),
    **dict.fromkeys(
        ("cardinality", "array_length", "jsonb_array_length", "json_array_length"), About.SIZE
    ),
    "octet_length": About.OCTETS,
    "lower": About.LOWER,
    "upper": About.UPPER,
}


@dataclass(frozen=True, slots=True)
class Hint:
    """``column`` ``operator`` ``values``: about its value, its length, its pattern and so on."""

    column: str
    about: About
    operator: str
    values: tuple[str, ...] = ()
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """Two columns compared: ``left`` ``operator`` ``right``."""

    left: str
    operator: str
    right: str


Said = Hint | Relation


def read_hints(expression: str) -> tuple[Said, ...]:
    """Read an expression as ``pg_get_expr`` writes it; nothing where the grammar refuses it."""
    try:
        tree = postgast.parse(f"SELECT {expression}")
    except postgast.PgQueryError:
        return ()
    target = tree.stmts[0].stmt.select_stmt.target_list[0].res_target.val
    return tuple(_said(target, strict=True))


def _said(node: Any, *, strict: bool) -> Iterator[Said]:
    kind = node.WhichOneof("node")
    if kind == "bool_expr":
        conjunction = node.bool_expr.boolop == postgast.pg_query_pb2.AND_EXPR
        for part in node.bool_expr.args:
            yield from _said(part, strict=strict and conjunction)
    elif kind == "null_test":
        yield from _null_test(node.null_test, strict=strict)
    elif kind == "a_expr":
        yield from _comparison(node.a_expr, strict=strict)
    elif kind == "func_call":
        yield from _named_together(node.func_call)
        for part in node.func_call.args:
            yield from _counted(part)
    elif kind == "case_expr":
        for part in postgast.find_nodes(node.case_expr, postgast.pg_query_pb2.A_Expr):
            yield from _comparison(_found(part), strict=False)
    elif kind == "column_ref":
        yield Hint(_name(node.column_ref), About.VALUE, "=", ("true",), strict)
    elif kind == "boolean_test":
        yield from _said(node.boolean_test.arg, strict=False)


def _found(part: Any) -> Any:
    return part[1] if isinstance(part, tuple) else part


def _null_test(test: Any, *, strict: bool) -> Iterator[Said]:
    column = _column(test.arg)
    if column is not None:
        absent = test.nulltesttype == postgast.pg_query_pb2.IS_NULL
        yield Hint(column, About.NULL, "is" if absent else "is not", (), strict)


def _comparison(expression: Any, *, strict: bool) -> Iterator[Said]:
    operator = expression.name[-1].string.sval
    left, right = expression.lexpr, expression.rexpr
    if operator in _FLIPPED and literals(left) and not literals(right):
        left, right, operator = right, left, _FLIPPED[operator]
    about, column = _subject(left)
    values = literals(right)
    other = _column(right)
    if column is not None and values:
        yield _hint(column, about, operator, values, strict)
    elif column is not None and other is not None and about is About.VALUE:
        yield Relation(column, operator, other)
    elif column is not None and _subject(right) in {(About.LOWER, column), (About.UPPER, column)}:
        yield Hint(column, _subject(right)[0], "=", (), strict)
    elif about in {About.LOWER, About.UPPER} and column is not None and other == column:
        yield Hint(column, about, "=", (), strict)
    else:
        for side in (left, right):
            yield from _said(side, strict=False)


def _hint(column: str, about: About, operator: str, values: tuple[str, ...], strict: bool) -> Hint:
    if operator in {"~", "~*"}:
        return Hint(column, About.PATTERN, operator, values, strict)
    if operator in {"~~", "~~*"}:
        return Hint(column, About.LIKE, operator, values, strict)
    if operator in {"<@", "@>", "&&"}:
        return Hint(column, About.MEMBERS, operator, values, strict)
    return Hint(column, about, operator, values, strict)


def _subject(node: Any) -> tuple[About, str | None]:
    """Say what an operand is about: a column, its length, its size, its lower case."""
    kind = node.WhichOneof("node")
    if kind == "type_cast":
        return _subject(node.type_cast.arg)
    if kind == "func_call" and node.func_call.args:
        name = node.func_call.funcname[-1].string.sval
        about, column = _subject(node.func_call.args[0])
        if name in _ABOUT:
            return _ABOUT[name], column
        return about, (column if name in _TRANSPARENT else None)
    return About.VALUE, _column(node)


def _column(node: Any) -> str | None:
    kind = node.WhichOneof("node")
    if kind == "type_cast":
        return _column(node.type_cast.arg)
    if kind == "collate_clause":
        return _column(node.collate_clause.arg)
    return _name(node.column_ref) if kind == "column_ref" else None


def _name(reference: Any) -> str:
    return str(reference.fields[-1].string.sval)


def _named_together(call: Any) -> Iterator[Said]:
    """A text beside a column in a call is likely to be looked for in it (``position``, ``@``)."""
    texts = tuple(text for part in call.args for text in literals(part))
    zones = call.funcname[-1].string.sval == "timezone"
    for part in call.args:
        if zones and _column(part) is not None:
            yield Hint(str(_column(part)), About.VALUE, "=", _ZONES, strict=False)
        column = _column(part)
        if column is not None and texts:
            yield Hint(column, About.CONTAINS, "", texts, strict=False)


def _counted(node: Any) -> Iterator[Said]:
    """A column among a function's arguments may be NULL as well as not."""
    column = _column(node)
    if column is not None:
        yield Hint(column, About.NULL, "is", (), strict=False)
    elif node.WhichOneof("node") is not None:
        yield from _said(node, strict=False)


def literals(node: Any) -> tuple[str, ...]:
    """Read the literals of an operand: one, or an array's elements; none where it is neither."""
    kind = node.WhichOneof("node")
    if kind == "type_cast":
        return literals(node.type_cast.arg)
    if kind == "a_const":
        text = _constant(node.a_const)
        return () if text is None else _elements(text)
    if kind in {"a_array_expr", "list"}:
        parts = node.a_array_expr.elements if kind == "a_array_expr" else node.list.items
        return tuple(text for part in parts for text in literals(part))
    if kind == "func_call":
        return _similar(node.func_call)
    if kind == "a_expr" and not node.a_expr.HasField("lexpr"):
        sign = node.a_expr.name[-1].string.sval
        return tuple(f"{sign}{text}" for text in literals(node.a_expr.rexpr))
    return ()


def _similar(call: Any) -> tuple[str, ...]:
    """Turn the pattern of SIMILAR TO, as the server stores it, into a regular expression."""
    if call.funcname[-1].string.sval != "similar_to_escape":
        return ()
    texts = literals(call.args[0])
    return tuple(f"^({text.replace('%', '.*').replace('_', '.')})$" for text in texts)


def _constant(constant: Any) -> str | None:
    if constant.isnull:
        return None
    kind = constant.WhichOneof("val")
    if kind == "ival":
        return str(constant.ival.ival)
    if kind == "fval":
        return str(constant.fval.fval)
    if kind == "boolval":
        return "true" if constant.boolval.boolval else "false"
    return str(constant.sval.sval)


def _elements(text: str) -> tuple[str, ...]:
    """Take an array literal such as ``{1,2}`` apart; any other text is one literal."""
    if not (text.startswith("{") and text.endswith("}")) or ":" in text:
        return (text,)
    return tuple(part.strip().strip('"') for part in text[1:-1].split(",") if part.strip())


def columns_of(expression: str) -> tuple[str, ...]:
    """List the columns that an expression names, in order of their names."""
    try:
        tree = postgast.parse(f"SELECT {expression}")
    except postgast.PgQueryError:
        return ()
    references = postgast.find_nodes(tree, postgast.pg_query_pb2.ColumnRef)
    return tuple(sorted({_name(_found(each)) for each in references}))
