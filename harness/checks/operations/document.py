"""YAML with the line of every value: what a linter must be able to point at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

from harness.checks.operations.fault import Fault

_NULL = "tag:yaml.org,2002:null"
_BLOCK_STYLES = frozenset({"|", ">"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """A single value as it is written; ``line`` is where its text starts, from 1."""

    text: str
    line: int
    is_null: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list."""

    line: int
    items: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """A mapping; ``lines`` holds the line of each key."""

    line: int
    values: dict[str, Value] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    duplicates: tuple[tuple[str, int], ...] = ()

    def text(self, key: str) -> str | None:
        """Return a value's text; None where it is absent, empty or no single value."""
        value = self.values.get(key)
        return value.text if isinstance(value, Scalar) and not value.is_null else None

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of a list; what is no text in it is left out."""
        return tuple(each.text for each in self.listed(key) if isinstance(each, Scalar))

    def listed(self, key: str) -> tuple[Value, ...]:
        """Return the items of a list; none where it is absent or something else."""
        value = self.values.get(key)
        return value.items if isinstance(value, Listing) else ()

    def mappings(self, key: str) -> tuple[Mapping, ...]:
        """Return the mappings of a list."""
        return tuple(each for each in self.listed(key) if isinstance(each, Mapping))

    def mapping(self, key: str) -> Mapping:
        """Return the mapping below a key, an empty one where there is none."""
        value = self.values.get(key)
        return value if isinstance(value, Mapping) else Mapping(line=self.line_of(key))

    def line_of(self, key: str) -> int:
        """Return the line of a key, that of the mapping where it is absent."""
        return self.lines.get(key, self.line)

    def text_line(self, key: str) -> int:
        """Return the line on which a value's text starts, below a `|` of its own line."""
        value = self.values.get(key)
        return value.line if isinstance(value, Scalar) else self.line_of(key)


Value: TypeAlias = Scalar | Listing | Mapping


def read_mapping(text: str) -> tuple[Mapping, tuple[Fault, ...]]:
    """Read a document whose top is a mapping; whatever else it is becomes a fault."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        return Mapping(line=1), (Fault(line=line, message=f"no YAML: {error.problem}"),)
    except yaml.YAMLError as error:
        return Mapping(line=1), (Fault(line=1, message=f"no YAML: {error}"),)
    top = _value(node) if node is not None else Scalar(text="", line=1, is_null=True)
    if not isinstance(top, Mapping):
        return Mapping(line=1), (Fault(line=top.line, message="the top must be a mapping"),)
    return top, tuple(_duplicates(top))


def _duplicates(value: Value) -> Iterator[Fault]:
    match value:
        case Mapping():
            for key, line in value.duplicates:
                yield Fault(line=line, message=f'"{key}" stands twice in one mapping')
            for below in value.values.values():
                yield from _duplicates(below)
        case Listing():
            for below in value.items:
                yield from _duplicates(below)


def _value(node: yaml.Node) -> Value:
    line = int(node.start_mark.line) + 1
    match node:
        case yaml.MappingNode():
            return _mapping(node, line)
        case yaml.SequenceNode():
            return Listing(line=line, items=tuple(_value(each) for each in node.value))
        case _:
            below = line + 1 if getattr(node, "style", None) in _BLOCK_STYLES else line
            return Scalar(text=str(node.value), line=below, is_null=node.tag == _NULL)


def _mapping(node: yaml.MappingNode, line: int) -> Mapping:
    values: dict[str, Value] = {}
    lines: dict[str, int] = {}
    twice: list[tuple[str, int]] = []
    for key, value in node.value:
        name, at = str(key.value), int(key.start_mark.line) + 1
        if name in values:
            twice.append((name, at))
        else:
            values[name], lines[name] = _value(value), at
    return Mapping(line=line, values=values, lines=lines, duplicates=tuple(twice))
