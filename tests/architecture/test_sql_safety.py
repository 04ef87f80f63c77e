"""No statement is pieced together from text: identifiers go through `psycopg.sql.Identifier`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import Module, modules

SENDING = frozenset({"execute", "executemany", "copy", "run", "holds", "SQL"})
"""The calls whose first argument is a statement: psycopg's own, and `database.Session`'s."""


Assigned = dict[str, list[ast.expr]]


def pieced_together(tree: ast.Module) -> Iterator[int]:
    """Yield the lines of statements made by an f-string, `+`, `%` or `str.format`.

    What is put together from nothing but literals is a literal.
    """
    for scope in ast.walk(tree):
        if isinstance(scope, ast.Module | ast.FunctionDef):
            made = _assigned(scope)
            yield from (each.lineno for each in _calls(scope) if _is_pieced(each.args[0], made))


def _calls(scope: ast.AST) -> Iterator[ast.Call]:
    for node in _inside(scope):
        match node:
            case ast.Call(func=ast.Attribute(attr=name), args=[_, *_]) if name in SENDING:
                yield node


def _assigned(scope: ast.AST) -> Assigned:
    found: Assigned = {}
    for node in _inside(scope):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(node.value)
    return found


def _inside(scope: ast.AST) -> Iterator[ast.AST]:
    """Walk through a function or a module, leaving out the functions within."""
    for node in ast.iter_child_nodes(scope):
        if not isinstance(node, ast.FunctionDef):
            yield node
            yield from _inside(node)


def _is_pieced(statement: ast.expr, made: Assigned) -> bool:
    match statement:
        case ast.JoinedStr(values=parts):
            return any(isinstance(part, ast.FormattedValue) for part in parts)
        case ast.Name(id=name):
            return any(_is_pieced(each, made) for each in made.get(name, ()))
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _joins_text(left, right, made) or _joins_text(right, left, made)
        case ast.BinOp(op=ast.Mod()):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str()), attr="format")):
            return True
        case _:
            return False


def _joins_text(one: ast.expr, other: ast.expr, made: Assigned) -> bool:
    """Whether text is joined with what is none of its own; two composed statements may be."""
    if _is_pieced(one, made):
        return True
    return _is_literal(one, made) and not _is_literal(other, made)


def _is_literal(text: ast.expr, made: Assigned) -> bool:
    match text:
        case ast.Constant(value=str()):
            return True
        case ast.Name(id=name):
            return name in made and all(_is_literal(each, made) for each in made[name])
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _is_literal(left, made) and _is_literal(right, made)
        case _:
            return False


@pytest.mark.parametrize("module", modules(), ids=lambda each: each.name)
def test_no_statement_is_pieced_together(module: Module) -> None:
    lines = sorted(set(pieced_together(module.tree)))
    assert [f"{module.file}:{line}" for line in lines] == []


@pytest.mark.parametrize(
    "bad",
    [
        'connection.execute(f"DROP TABLE {name}")',
        'connection.execute("DROP TABLE " + name)',
        'connection.execute("DROP TABLE %s" % name)',
        'connection.execute("DROP TABLE {}".format(name))',
        'sql.SQL(f"DROP TABLE {name}")',
        'connection.execute(start + f" TABLE {name}")',
        'def drop():\n    query = f"DROP TABLE {name}"\n    connection.execute(query)',
    ],
)
def test_each_way_to_piece_one_together_is_seen(bad: str) -> None:
    assert list(pieced_together(ast.parse(bad)))


@pytest.mark.parametrize(
    "good",
    [
        'connection.execute("SELECT 1")',
        'connection.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(name)))',
        'connection.execute(f"SELECT 1")',
        'connection.execute("SELECT %s", (name,))',
        "connection.execute(sql.SQL('SELECT 1') + ending)",
        'query = "SELECT 1"\nconnection.execute(query + " LIMIT 1")',
    ],
)
def test_a_composed_statement_is_not_seen(good: str) -> None:
    assert not list(pieced_together(ast.parse(good)))
