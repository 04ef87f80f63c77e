"""A PowerShell script as a value: its commands, parameters, types and members, with their lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import tree_sitter_powershell
from tree_sitter import Language, Node, Parser

SCRIPTS = Path(__file__).parents[2] / "backend" / "db" / "scripts"
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command by name: its parameters, and its arguments as they are written."""

    name: str
    parameters: tuple[str, ...]
    arguments: tuple[str, ...]
    line: int


@dataclass(frozen=True, kw_only=True)
class Source:
    """A script's text, and the tree that the grammar makes of it."""

    text: str
    root: Node

    def nodes(self, *kinds: str) -> Iterator[Node]:
        """Yield the nodes of some kinds, in the order in which they stand."""
        yield from (each for each in _below(self.root) if each.type in kinds)

    @property
    def faults(self) -> tuple[str, ...]:
        """What is no PowerShell of any version that the grammar knows."""
        found = (each for each in _below(self.root) if each.type == "ERROR" or each.is_missing)
        return tuple(f"{_line(each)}: {words(each)}" for each in found)

    @property
    def commands(self) -> tuple[Command, ...]:
        """Every call of a command that is named, not computed."""
        return tuple(
            _command(each)
            for each in self.nodes("command")
            if each.child_by_field_name("command_name") is not None
            and each.child_by_field_name("command_name").type == "command_name"  # type: ignore[union-attr]
        )

    @property
    def functions(self) -> frozenset[str]:
        """The functions that it defines."""
        return frozenset(words(each) for each in self.nodes("function_name"))


def parse(text: str) -> Source:
    """Read a script's text; what is wrong with it is told by `faults`."""
    parser = Parser(Language(tree_sitter_powershell.language()))
    return Source(text=text, root=parser.parse(text.encode()).root_node)


@cache
def read(path: Path) -> Source:
    """Read a script; its byte order mark is no part of it."""
    return parse(path.read_text(encoding="utf-8-sig"))


def scripts() -> tuple[Path, ...]:
    """List the operators' PowerShell files."""
    return tuple(sorted(SCRIPTS.rglob("*.ps*1")))


def words(node: Node) -> str:
    """Return a node as it is written."""
    assert node.text is not None
    return node.text.decode()


def _command(node: Node) -> Command:
    name = node.child_by_field_name("command_name")
    elements = node.child_by_field_name("command_elements")
    parts = [] if elements is None else elements.named_children
    assert name is not None
    return Command(
        name=words(name),
        parameters=tuple(words(each) for each in parts if each.type == "command_parameter"),
        arguments=tuple(
            words(each)
            for each in parts
            if each.type not in {"command_parameter", "command_argument_sep"}
        ),
        line=_line(node),
    )


def _below(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _below(child)


def _line(node: Node) -> int:
    return node.start_point.row + 1
