"""Ways about a tree of the PowerShell grammar."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node


def core(node: Node) -> Node:
    """Step over the levels of precedence that add nothing to an expression."""
    while len(node.children) == 1 and node.type != "command":
        [inner] = node.children
        if not inner.is_named or inner.byte_range != node.byte_range:
            break
        node = inner
    return node


def first(node: Node, kind: str) -> Node | None:
    """Return the first child of a kind."""
    return next((each for each in node.named_children if each.type == kind), None)


def need(node: Node, kind: str) -> Node:
    """Return the first child of a kind, which the grammar promises."""
    found = first(node, kind)
    assert found is not None, f"no {kind} in {node.type}"
    return found


def below(node: Node, kind: str) -> Iterator[Node]:
    """Yield what is of a kind below a node, but not what lies within functions."""
    for each in node.named_children:
        if each.type == kind:
            yield each
        elif each.type not in {"function_statement", "script_block_body"}:
            yield from below(each, kind)
