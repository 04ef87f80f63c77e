"""Values of PowerShell's expressions, as far as the operators' scripts use them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tree_sitter import Node

from tests.powershell.source import words
from tests.powershell.tree import core, first, need
from tests.powershell.values import (
    Host,
    Table,
    Value,
    call,
    call_static,
    cast,
    items,
    matches,
    member,
    pattern,
    text,
    true,
)

_ESCAPES = {"`n": "\n", "`t": "\t", "``": "`", '`"': '"', "`$": "$"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Variables:
    """Scopes, the innermost last: a function sees its callers' variables and sets its own."""

    everywhere: Table = field(
        default_factory=lambda: Table([("host", Host()), ("true", True), ("false", False)])
    )
    scopes: list[Table] = field(default_factory=lambda: [Table()])

    def read(self, name: str) -> Value:
        """Return a variable's value; an unknown one is an error, as in strict mode."""
        kind, _, rest = name.rpartition(":")
        if kind.lower() == "env":
            return os.environ.get(rest)
        for scope in (*reversed(self.scopes), self.everywhere):
            if rest.lower() in scope:
                return scope[rest]
        raise AssertionError(f"strict mode: ${name} was never set")

    def set(self, name: str, value: Value) -> None:
        """Set a variable in the innermost scope, in all of them, or in the environment."""
        kind, _, rest = name.rpartition(":")
        if kind.lower() != "env":
            scope = self.everywhere if kind.lower() == "global" else self.scopes[-1]
            scope[rest] = value
        elif value is None:
            os.environ.pop(rest, None)
        else:
            os.environ[rest] = text(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expressions:
    """Evaluates nodes; ``run`` gives what a pipeline, or a block of statements, writes."""

    variables: Variables
    run: Callable[[Node], list[Value]]

    def value(self, node: Node) -> Value:
        """Return the value of an expression."""
        node = core(node)
        evaluate = getattr(self, f"_{node.type.replace('_argument_', '_')}", None)
        assert evaluate is not None, f"no way to evaluate a {node.type}: {words(node)}"
        return evaluate(node)

    def assign(self, node: Node) -> None:
        """Set what an assignment says."""
        left, operator, right = node.named_children
        value = self.value(right)
        target = core(left)
        if words(operator) == "+=":
            value = _sum(self.value(target), value)
        if target.type == "variable":
            self.variables.set(words(target)[1:], value)
        elif target.type == "element_access":
            place, key = target.named_children
            self.value(place)[text(self.value(key))] = value
        else:
            assert words(target) == "[System.Console]::OutputEncoding", words(target)

    def _pipeline(self, node: Node) -> Value:
        written = self.run(node)
        return written[0] if len(written) == 1 else written or None

    _pipeline_chain = _statement_list = _command = _pipeline

    def _parenthesized_expression(self, node: Node) -> Value:
        return self.value(node.named_children[0])

    def _sub_expression(self, node: Node) -> Value:
        return self._pipeline(need(node, "statement_list"))

    def _array_expression(self, node: Node) -> list[Value]:
        listed = first(node, "statement_list")
        return [] if listed is None else self.run(listed)

    def _array_literal_expression(self, node: Node) -> list[Value]:
        return [self.value(each) for each in node.named_children]

    def _hash_literal_expression(self, node: Node) -> Table:
        body = first(node, "hash_literal_body")
        entries = [] if body is None else body.named_children
        pairs = (each.named_children for each in entries if each.type == "hash_entry")
        return Table((words(key), self.value(value)) for key, value in pairs)

    def _variable(self, node: Node) -> Value:
        return self.variables.read(words(node)[1:])

    def _braced_variable(self, node: Node) -> Value:
        return self.variables.read(words(node)[2:-1])

    def _decimal_integer_literal(self, node: Node) -> int:
        return int(words(node))

    _integer_literal = _decimal_integer_literal

    def _real_literal(self, node: Node) -> float:
        return float(words(node))

    def _generic_token(self, node: Node) -> str:
        return words(node)

    def _verbatim_string_characters(self, node: Node) -> str:
        return words(node)[1:-1].replace("''", "'")

    def _expandable_string_literal(self, node: Node) -> str:
        """Fill in what stands in a string; the rest of it is no node of its own."""
        source, at, parts = words(node).encode(), 1, []
        for each in node.named_children:
            start = each.start_byte - node.start_byte
            parts += [source[at:start].decode(), text(self.value(each))]
            at = each.end_byte - node.start_byte
        parts.append(source[at:-1].decode())
        assert not any(each in words(node) for each in _ESCAPES), words(node)
        return "".join(parts)

    def _cast_expression(self, node: Node) -> Value:
        kind, value = node.named_children
        return cast(words(kind), self.value(value))

    def _expression_with_unary_operator(self, node: Node) -> bool:
        assert words(node.children[0]) == "-not", words(node)
        return not true(self.value(node.named_children[-1]))

    def _member_access(self, node: Node) -> Value:
        owner, name = node.named_children
        if core(owner).type == "type_literal":
            return words(node)
        return member(self.value(owner), words(name))

    def _element_access(self, node: Node) -> Value:
        owner, key = (self.value(each) for each in node.named_children)
        return owner[key]

    def _invokation_expression(self, node: Node) -> Value:
        owner, name, listed = node.named_children
        inner = first(listed, "argument_expression_list")
        arguments = [] if inner is None else [self.value(each) for each in inner.named_children]
        if core(owner).type == "type_literal":
            return call_static(words(owner), words(name), arguments)
        return call(self.value(owner), words(name), arguments)

    def _additive_expression(self, node: Node) -> Value:
        left, right = (self.value(each) for each in node.named_children)
        return _sum(left, right)

    def _logical_expression(self, node: Node) -> bool:
        left, operator, right = node.children
        decided = true(self.value(left))
        if decided is (words(operator) == "-or"):
            return decided
        return true(self.value(right))

    def _comparison_expression(self, node: Node) -> Value:
        left, operator, right = node.named_children
        return self._compare(self.value(left), words(operator), self.value(right))

    def _compare(self, left: Value, operator: str, right: Value) -> Value:
        if operator in {"-match", "-notmatch"}:
            found = pattern(right).search(text(left))
            if found is not None:
                self.variables.set("Matches", matches(found))
            return (found is not None) is (operator == "-match")
        return _OPERATORS[operator](left, right)


def _sum(left: Value, right: Value) -> Value:
    if isinstance(left, list):
        return [*left, *items(right)]
    if isinstance(left, Table):
        assert not left.keys() & right.keys(), "two tables with one key"
        return Table([*left.items(), *right.items()])
    return left + right if isinstance(left, int) else text(left) + text(right)


def _replace(left: Value, right: list[Value]) -> str:
    regex, substitute = right
    return pattern(regex).sub(re.sub(r"\$(\d)", r"\\\1", substitute), text(left))


def _same(left: Value, right: Value) -> bool:
    if isinstance(left, str):
        return left.lower() == text(right).lower()
    return bool(left == right)


_OPERATORS: dict[str, Callable[[Value, Value], Value]] = {
    "-eq": _same,
    "-ne": lambda left, right: not _same(left, right),
    "-ceq": lambda left, right: left == right,
    "-cnotcontains": lambda left, right: right not in left,
    "-join": lambda left, right: right.join(map(text, left)),
    "-replace": _replace,
}
