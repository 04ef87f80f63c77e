"""The harness's own source as a value: its modules, what they import and what they call."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
HARNESS = REPOSITORY / "harness"


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """An import statement: where it stands and which file or distribution it reaches."""

    line: int
    target: str


@dataclass(frozen=True, kw_only=True)
class Module:
    """One file of `harness/`."""

    path: Path
    tree: ast.Module

    @property
    def file(self) -> str:
        return self.path.relative_to(REPOSITORY).as_posix()

    @property
    def part(self) -> str:
        """The row of the architecture's table that it belongs to."""
        return part_of(self.name)

    @property
    def name(self) -> str:
        dotted = ".".join(self.path.relative_to(REPOSITORY).with_suffix("").parts)
        return dotted.removesuffix(".__init__")

    @property
    def lines(self) -> int:
        return len(self.path.read_text(encoding="utf-8").splitlines())

    def imports(self, *, at_once: bool = False) -> Iterator[Import]:
        """Yield what it imports; ``at_once`` leaves out what is imported inside of functions."""
        for node in self.tree.body if at_once else ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (Import(line=node.lineno, target=each.name) for each in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.file}:{node.lineno}: a relative import"
                for each in node.names:
                    yield Import(line=node.lineno, target=_reached(node.module or "", each.name))


def part_of(module: str) -> str:
    """Return the part of the harness that a dotted name lies in; "harness" for the top itself."""
    return module.split(".")[1] if "." in module else module


@cache
def modules() -> tuple[Module, ...]:
    """Read every module of the harness."""
    return tuple(
        Module(path=path, tree=ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(HARNESS.rglob("*.py"))
    )


def distributions(module: Module) -> set[str]:
    """Return the top-level names from outside of the standard library that it imports."""
    tops = {each.target.split(".")[0] for each in module.imports()}
    return {each for each in tops if each != "harness" and each not in sys.stdlib_module_names}


def _reached(package: str, name: str) -> str:
    """Tell a submodule from a name inside of a module."""
    inside = REPOSITORY.joinpath(*package.split("."), name)
    is_module = inside.with_suffix(".py").is_file() or (inside / "__init__.py").is_file()
    return f"{package}.{name}" if is_module else package
