"""Add an entry to a phase of the manifest as text: comments and order stay as they are."""

from __future__ import annotations

import yaml

from harness.plan.document import compose

_NULL = "tag:yaml.org,2002:null"


def insert_migration(text: str, phase: str, entry: tuple[str, ...]) -> str:
    """Return the manifest with an entry at the end of a phase's migrations.

    ``entry`` holds its lines, the first without its dash and all without indentation. Raises
    `KeyError` where the manifest has no such phase.
    """
    found = _phase(compose(text), phase)
    for key, value in found.value:
        if key.value == "migrations":
            return _inserted(text, key, value, entry)
    column = found.start_mark.column
    head = f"{' ' * column}migrations:\n"
    return _after(text, _last_line(text, found), head + _item(entry, column + 2))


def _phase(document: yaml.Node | None, phase: str) -> yaml.MappingNode:
    for key, value in document.value if isinstance(document, yaml.MappingNode) else ():
        for each in value.value if key.value == "phases" else ():
            if isinstance(each, yaml.MappingNode) and _has_id(each, phase):
                return each
    raise KeyError(phase)


def _has_id(node: yaml.MappingNode, phase: str) -> bool:
    return any(key.value == "id" and value.value == phase for key, value in node.value)


def _inserted(text: str, key: yaml.Node, value: yaml.Node, entry: tuple[str, ...]) -> str:
    column = key.start_mark.column
    if value.tag == _NULL:
        return _after(text, key.start_mark.line, _item(entry, column + 2))
    if not isinstance(value, yaml.SequenceNode) or not value.flow_style:
        item = _item(entry, value.start_mark.column)
        return _after(text, _last_line(text, value), item)
    if not value.value:
        start, end = value.start_mark.index, value.end_mark.index
        rest = text[end:].partition("\n")[2]
        return text[:start].rstrip(" ") + "\n" + _item(entry, column + 2) + rest
    end = value.value[-1].end_mark.index
    return f"{text[:end]}, {_flow(entry)}{text[end:]}"


def _item(entry: tuple[str, ...], column: int) -> str:
    first, *rest = entry
    indent = " " * column
    return "".join([f"{indent}- {first}\n", *(f"{indent}  {line}\n" for line in rest)])


def _flow(entry: tuple[str, ...]) -> str:
    return entry[0] if len(entry) == 1 else "{" + ", ".join(entry) + "}"


def _after(text: str, line: int, item: str) -> str:
    lines = text.splitlines(keepends=True)
    if not lines[line].endswith("\n"):
        lines[line] += "\n"
    return "".join([*lines[: line + 1], item, *lines[line + 1 :]])


def _last_line(text: str, node: yaml.Node) -> int:
    """Return the line, from 0, on which a node's last character stands.

    A block's own end mark stands where the next token starts, behind blank lines and comments.
    """
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    line = node.end_mark.line
    if node.end_mark.column == 0 and line > node.start_mark.line:
        line -= 1
    lines = text.splitlines()
    while line >= len(lines) or (not lines[line].strip() and line > node.start_mark.line):
        line -= 1
    return int(line)
