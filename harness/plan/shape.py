"""Typed reading of YAML nodes: whatever does not fit becomes a fault with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TypeVar

import yaml

from harness.plan.model import Fault
from harness.plan.names import shown

RULE = "manifest-invalid"
_Value = TypeVar("_Value")
_TAG = "tag:yaml.org,2002:"
_KINDS = {
    "str": "a string",
    "int": "a number",
    "float": "a number with a fraction",
    "bool": "true or false",
    "null": "empty",
    "timestamp": "a date",
    "map": "a mapping",
    "seq": "a list",
}
_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_MERGE = "<<"


@dataclass(slots=True)
class Faults:
    """Where the faults of one file are gathered.

    ``hides_files`` tells that entries may stand behind what could not be read: of a file that no
    entry names, or of an entry that is missing, nobody can then say that it is wrong. Where it
    ``hides_phases`` as well, or whole lists of them, a run would prove nothing.
    """

    file: str
    found: list[Fault] = field(default_factory=list)
    hides_files: bool = False
    hides_phases: bool = False

    def hide(self, *, phases: bool) -> None:
        """Remember that entries may stand behind the fault, or whole lists of them."""
        self.hides_files = True
        self.hides_phases |= phases

    def add(self, line: int, message: str, fix: str | None = None) -> None:
        """Record a fault of the manifest's form."""
        self.found.append(Fault(rule=RULE, file=self.file, line=line, message=message, fix=fix))


_NO_LISTS: dict[str, bool] = {}


def line_of(node: yaml.Node) -> int:
    """Return the line, from 1, on which a node starts."""
    return int(node.start_mark.line) + 1


def kind_of(node: yaml.Node) -> str:
    """Say in words what a node is."""
    short = node.tag.removeprefix(_TAG)
    tag = f"!!{short}" if short != node.tag else node.tag
    return _KINDS.get(short, f"of the type {shown(tag)}")


def is_mapping(node: yaml.Node) -> bool:
    """Whether a node is a mapping, and not a set or what some program calls its own type."""
    return isinstance(node, yaml.MappingNode) and node.tag == f"{_TAG}map"


def _has(node: yaml.Node, tag: str) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == _TAG + tag


class Mapping:
    """A mapping node whose keys are known: each is read once, by its type.

    ``lists`` are those of its keys without which files of the tree are not known, or even phases.
    """

    def __init__(
        self,
        node: yaml.MappingNode,
        what: str,
        keys: tuple[str, ...],
        faults: Faults,
        lists: dict[str, bool] = _NO_LISTS,
    ):
        self.line = line_of(node)
        self._what = what
        self._faults = faults
        self._lists = lists
        self._values: dict[str, yaml.Node] = {}
        self._key_lines: dict[str, int] = {}
        self._entry_lines: dict[tuple[str, str | None], int] = {}
        self._meant: set[str] = set()
        self._spoilt: set[str] = set()
        self._strange = False
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
            self._spoil(name)
        else:
            self._values[name] = value
            self._key_lines[name] = line

    def _unknown(self, key: yaml.Node, keys: tuple[str, ...]) -> None:
        self._strange = True
        if not isinstance(key, yaml.ScalarNode):
            self._faults.add(line_of(key), f"a key of {self._what} must be a word")
            return
        known = ", ".join(keys)
        near = get_close_matches(key.value, keys, n=1, cutoff=0.5)
        fix = f'write "{near[0]}"' if near else "remove the key"
        self._meant |= set(near)
        if key.value == _MERGE:
            fix = "write out what it brings in: merge keys are not read"
            self._meant |= set(keys)
        for each in self._meant:
            self._spoil(each)
        self._faults.add(
            line_of(key), f'unknown key "{shown(key.value)}" in {self._what} (known: {known})', fix
        )

    def _spoil(self, key: str) -> None:
        self._spoilt.add(key)
        if key in self._lists:
            self._faults.hide(phases=self._lists[key])

    def line_at(self, key: str) -> int:
        """Return the line of a key; that of the mapping where the key is absent."""
        return self._key_lines.get(key, self.line)

    def is_unclear(self, key: str) -> bool:
        """Whether what a key says, or tries to say, has been reported and cannot be relied on."""
        return key in self._spoilt

    def require(self, *keys: str) -> None:
        """Report the keys that must be there and are not; a misspelt one has been reported."""
        missing = [each for each in keys if each not in self._values and each not in self._meant]
        for each in keys:
            if each not in self._values:
                self._spoil(each)
        if missing and (self._values or not self._strange):
            named = " and no ".join(f'"{each}"' for each in missing)
            lines = "\n".join(f"{each}: …" for each in missing)
            self._faults.add(self.line, f"{self._what} has no {named}", f"add {lines}")

    def text(self, key: str) -> str | None:
        """Return a string of one line; None where it is absent or something else."""
        found = self.words(key)
        if found is None or self._is_plain(found, self._values[key], key):
            return found
        self._spoil(key)
        return None

    def words(self, key: str) -> str | None:
        """Return a string of any lines; None where it is absent or something else."""
        return self._scalar(key, "str", "a string", str)

    def number(self, key: str, most: int) -> int | None:
        """Return a whole number, read as decimal; None where it is absent or something else."""
        node = self._values.get(key)
        if node is None or not _has(node, "int"):
            return self._scalar(key, "int", "a number", int)
        digits = re.fullmatch(r"\d{1,9}", node.value, re.ASCII)
        if digits is None or int(digits[0], 10) > most:
            said = f"{key} in {self._what} must be a whole number from 0 to {most}, but is"
            self._faults.add(line_of(node), f"{said} {shown(node.value)}")
            return None
        return int(digits[0], 10)

    def flag(self, key: str) -> bool | None:
        """Return true or false; None where it is absent or something else."""
        return self._scalar(key, "bool", "true or false", lambda value: _FLAGS.get(value.lower()))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of strings without duplicates; empty where it is absent."""
        found: dict[str, int] = {}
        for node in self.items(key):
            if not _has(node, "str"):
                self._spoil(key)
                self.wrong(node, f"an entry of {key}", "a string")
            elif not self._is_plain(node.value, node, f"an entry of {key}"):
                self._spoil(key)
            elif node.value in found:
                first = found[node.value]
                self._faults.add(
                    line_of(node),
                    f'"{shown(node.value)}" stands twice in "{key}", first on line {first}',
                )
            else:
                found[node.value] = line_of(node)
                self._entry_lines[key, node.value] = line_of(node)
        return tuple(found)

    def items(self, key: str) -> Iterator[yaml.Node]:
        """Yield the nodes of a list; none where it is absent or empty."""
        node = self._values.get(key)
        if node is None or _has(node, "null"):
            return
        if isinstance(node, yaml.SequenceNode) and node.tag == f"{_TAG}seq":
            yield from node.value
        else:
            self._spoil(key)
            self.wrong(node, key, "a list")

    def mapping(self, key: str, keys: tuple[str, ...]) -> Mapping | None:
        """Return the mapping below a key; None where it is absent or something else."""
        node = self._values.get(key)
        if node is None or _has(node, "null"):
            return None
        if isinstance(node, yaml.MappingNode) and is_mapping(node):
            return Mapping(node, f'"{key}"', keys, self._faults)
        self._spoil(key)
        self.wrong(node, key, "a mapping")
        return None

    def wrong(self, node: yaml.Node, name: str, wanted: str) -> None:
        """Report a value of another type than is wanted."""
        fix = _other_form(node, wanted)
        self._faults.add(
            line_of(node), f"{name} in {self._what} must be {wanted}, but is {kind_of(node)}", fix
        )

    def refuse(
        self, key: str, message: str, fix: str | None = None, *, entry: str | None = None
    ) -> None:
        """Report a value, or an entry of a list, that is wrong though of the right type."""
        self._spoilt.add(key)
        line = self._entry_lines.get((key, entry), self.line_at(key))
        self._faults.add(line, message, fix)

    def _is_plain(self, value: str, node: yaml.Node, name: str) -> bool:
        if value and value == value.strip() and value.isprintable():
            return True
        said = f'is "{shown(value)}": it has blanks around it, or characters that are not seen'
        what = said if value.strip() else "is an empty string"
        self._faults.add(line_of(node), f"{name} in {self._what} {what}")
        return False

    def _scalar(
        self, key: str, tag: str, wanted: str, read: Callable[[str], _Value | None]
    ) -> _Value | None:
        node = self._values.get(key)
        if node is None:
            return None
        if isinstance(node, yaml.ScalarNode) and _has(node, tag):
            value = read(node.value)
            if value is not None:
                return value
        self._spoil(key)
        self.wrong(node, key, wanted)
        return None


def _other_form(node: yaml.Node, wanted: str) -> str | None:
    if not isinstance(node, yaml.ScalarNode):
        return None
    if _has(node, "null"):
        return f"write {wanted}, or remove the key"
    if wanted == "a string":
        return f'write it in quotes: "{shown(node.value)}"'
    if wanted == "a list":
        return f"write it in brackets: [{shown(node.value)}]"
    if wanted == "a number" and _has(node, "str") and node.value.isdecimal():
        return f"write it without quotes: {node.value}"
    return None
