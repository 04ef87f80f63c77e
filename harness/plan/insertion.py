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
            return _inserted(text, found, key, value, entry)
    if found.flow_style:
        end = found.value[-1][1].end_mark.index
        return f"{text[:end]}, migrations: [{_flow(entry)}]{text[end:]}"
    column = found.value[0][0].start_mark.column
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


def _inserted(
    text: str, phase: yaml.MappingNode, key: yaml.Node, value: yaml.Node, entry: tuple[str, ...]
) -> str:
    is_empty = value.tag == _NULL or not value.value
    start, end = value.start_mark.index, value.end_mark.index
    if is_empty and phase.flow_style:
        colon = text.index(":", key.end_mark.index) + 1
        return f"{text[:colon]} [{_flow(entry)}]{text[max(end, colon) :]}"
    if is_empty:
        kept = text if value.tag == _NULL else text[:start].rstrip(" ") + text[end:]
        return _after(kept, key.start_mark.line, _item(entry, key.start_mark.column + 2))
    if isinstance(value, yaml.SequenceNode) and value.flow_style:
        last = value.value[-1].end_mark.index
        return f"{text[:last]}, {_flow(entry)}{text[last:]}"
    line = text.splitlines()[value.value[-1].start_mark.line]
    return _after(text, _last_line(text, value), _item(entry, len(line) - len(line.lstrip())))


def _item(entry: tuple[str, ...], column: int) -> str:
    first, *rest = entry
    indent = " " * column
    return "".join([f"{indent}- {first}\n", *(f"{indent}  {line}\n" for line in rest)])


def _flow(entry: tuple[str, ...]) -> str:
    return entry[0] if len(entry) == 1 else "{" + ", ".join(entry) + "}"


def _after(text: str, line: int, item: str) -> str:
    """Put lines behind another, with the line ends that the text has."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    if not lines[line].endswith("\n"):
        lines[line] += end
    return "".join([*lines[: line + 1], item.replace("\n", end), *lines[line + 1 :]])


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
