"""Typed reading of YAML nodes: whatever does not fit becomes a fault with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TypeVar

import yaml

from harness.plan.model import Fault

RULE = "manifest-invalid"
_Value = TypeVar("_Value")
_KINDS = {
    "tag:yaml.org,2002:str": "a string",
    "tag:yaml.org,2002:int": "a number",
    "tag:yaml.org,2002:float": "a number with a fraction",
    "tag:yaml.org,2002:bool": "true or false",
    "tag:yaml.org,2002:null": "empty",
    "tag:yaml.org,2002:timestamp": "a date",
    "tag:yaml.org,2002:map": "a mapping",
    "tag:yaml.org,2002:seq": "a list",
}
_TRUE = frozenset({"true", "yes", "on"})


@dataclass(frozen=True, slots=True)
class Faults:
    """Where the faults of one file are gathered."""

    file: str
    found: list[Fault] = field(default_factory=list)

    def add(self, line: int, message: str, fix: str | None = None) -> None:
        """Record a fault of the manifest's form."""
        self.found.append(Fault(rule=RULE, file=self.file, line=line, message=message, fix=fix))


def line_of(node: yaml.Node) -> int:
    """Return the line, from 1, on which a node starts."""
    return int(node.start_mark.line) + 1


def kind_of(node: yaml.Node) -> str:
    """Say in words what a node is."""
    return _KINDS.get(node.tag, f"of the type {node.tag}")


class Mapping:
    """A mapping node whose keys are known: each is read once, by its type."""

    def __init__(self, node: yaml.MappingNode, what: str, keys: tuple[str, ...], faults: Faults):
        self.line = line_of(node)
        self._what = what
        self._faults = faults
        self._values: dict[str, yaml.Node] = {}
        self._key_lines: dict[str, int] = {}
        for key, value in node.value:
            self._take(key, value, keys)

    def _take(self, key: yaml.Node, value: yaml.Node, keys: tuple[str, ...]) -> None:
        name = key.value if isinstance(key, yaml.ScalarNode) else None
        line = line_of(key)
        if name is None or name not in keys:
            self._unknown(key, keys)
        elif name in self._values:
            first = self._key_lines[name]
            self._faults.add(
                line,
                f'"{name}" stands twice in {self._what}, first on line {first}',
                f"keep one of the two: the one on line {first} counts",
            )
        else:
            self._values[name] = value
            self._key_lines[name] = line

    def _unknown(self, key: yaml.Node, keys: tuple[str, ...]) -> None:
        if not isinstance(key, yaml.ScalarNode):
            self._faults.add(line_of(key), f"a key of {self._what} must be a word")
            return
        known = ", ".join(keys)
        near = get_close_matches(key.value, keys, n=1, cutoff=0.5)
        fix = f'write "{near[0]}"' if near else "remove the key"
        self._faults.add(
            line_of(key), f'unknown key "{key.value}" in {self._what} (known: {known})', fix
        )

    def line_at(self, key: str) -> int:
        """Return the line of a key; that of the mapping where the key is absent."""
        return self._key_lines.get(key, self.line)

    def require(self, *keys: str) -> bool:
        """Report the keys that must be there and are not; tell whether all are."""
        missing = [each for each in keys if each not in self._values]
        for each in missing:
            self._faults.add(self.line, f'{self._what} has no "{each}"', f'add "{each}: …"')
        return not missing

    def text(self, key: str) -> str | None:
        """Return a string; None where it is absent or something else."""
        return self._scalar(key, "str", "a string", str)

    def number(self, key: str) -> int | None:
        """Return a whole number, read as decimal; None where it is absent or something else."""
        node = self._values.get(key)
        if node is not None and not re.fullmatch(r"\d{1,9}", str(node.value), re.ASCII):
            self.wrong(node, key, "a number")
            return None
        return self._scalar(key, "int", "a number", lambda value: int(value, 10))

    def flag(self, key: str) -> bool | None:
        """Return true or false; None where it is absent or something else."""
        return self._scalar(key, "bool", "true or false", lambda value: value.lower() in _TRUE)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of strings without duplicates; empty where it is absent."""
        found: dict[str, int] = {}
        for node in self.items(key):
            if node.tag != "tag:yaml.org,2002:str":
                self.wrong(node, f"an entry of {key}", "a string")
            elif node.value in found:
                first = found[node.value]
                self._faults.add(
                    line_of(node), f'"{node.value}" stands twice in "{key}", first on line {first}'
                )
            else:
                found[node.value] = line_of(node)
        return tuple(found)

    def items(self, key: str) -> Iterator[yaml.Node]:
        """Yield the nodes of a list; none where it is absent or empty."""
        node = self._values.get(key)
        if node is None or node.tag == "tag:yaml.org,2002:null":
            return
        if isinstance(node, yaml.SequenceNode):
            yield from node.value
        else:
            self.wrong(node, key, "a list")

    def mapping(self, key: str, keys: tuple[str, ...]) -> Mapping | None:
        """Return the mapping below a key; None where it is absent or something else."""
        node = self._values.get(key)
        if node is None or node.tag == "tag:yaml.org,2002:null":
            return None
        if isinstance(node, yaml.MappingNode):
            return Mapping(node, f'"{key}"', keys, self._faults)
        self.wrong(node, key, "a mapping")
        return None

    def wrong(self, node: yaml.Node, name: str, wanted: str) -> None:
        """Report a value of another type than is wanted."""
        fix = None
        if wanted == "a string" and isinstance(node, yaml.ScalarNode):
            fix = f'write it in quotes: "{node.value}"'
        self._faults.add(
            line_of(node), f"{name} in {self._what} must be {wanted}, but is {kind_of(node)}", fix
        )

    def refuse(self, key: str, message: str, fix: str | None = None) -> None:
        """Report a value that has the right type and is wrong all the same."""
        self._faults.add(self.line_at(key), message, fix)

    def _scalar(
        self, key: str, tag: str, wanted: str, read: Callable[[str], _Value]
    ) -> _Value | None:
        node = self._values.get(key)
        if node is None:
            return None
        if node.tag == f"tag:yaml.org,2002:{tag}" and isinstance(node, yaml.ScalarNode):
            return read(node.value)
        self.wrong(node, key, wanted)
        return None
