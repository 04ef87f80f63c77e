"""The cases of a rule as its page shows them: the lines that matter, and where a finding points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

_WHOLE = 30
"""Up to so many lines a file is shown as it stands."""
_AROUND = 2
_EXPECTED = "expected.txt"
_HERE = "← here"
_VERSION = re.compile(r"[VRS](\d{6})__")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A file of a case: its lines, the numbers of those that a finding names, and of others."""

    lines: tuple[str, ...]
    marked: frozenset[int]
    notable: frozenset[int]

    def written(self, arrow: str) -> Iterator[str]:
        """Yield the lines to show; ``arrow`` stands behind those that a finding names."""
        last = 0
        for number, line in enumerate(self.lines, start=1):
            if not self._is_shown(number):
                continue
            if number > last + 1:
                yield "…"
            last = number
            yield f"{line}{arrow}" if number in self.marked else line
        if last < len(self.lines):
            yield "…"

    def _is_shown(self, number: int) -> bool:
        near = range(number - _AROUND, number + _AROUND + 1)
        told = self.marked | self.notable
        return len(self.lines) <= _WHOLE or not told.isdisjoint(near)


def file_excerpt(path: Path, other: Path | None) -> str:
    """Show a case of one file; of a long one what differs from the ``other`` case."""
    lines: list[str] = []
    marked: set[int] = set()
    for line in _read(path):
        if line.strip() == "-- expect below":
            marked.add(len(lines) + 1)
            continue
        bare = line.rstrip()
        if bare.endswith("-- expect"):
            marked.add(len(lines) + 1)
            line = bare.removesuffix("-- expect").rstrip()  # noqa: PLW2901 - without the mark
        lines.append(line)
    excerpt = Excerpt(tuple(lines), frozenset(marked), _different(lines, other))
    return "\n".join(["```sql", *excerpt.written(f" -- {_HERE}"), "```\n"])


def tree_excerpt(root: Path, other: Path | None) -> str:
    """Show a case that is a db root: its files, and what stands in those that matter."""
    expected = _places(root)
    told = {*expected, *(_places(other) if other else ())}
    parts: list[str] = []
    for path in _files(root):
        name = path.relative_to(root).as_posix()
        lines = expected.get(name, frozenset())
        matters = name in told or bool(told & _mirrors(name))
        shown = tuple(_shown(path, lines, other and other / name)) if matters else ()
        whole = f"  {_HERE}" if lines and not shown else ""
        parts += [f"{name}{whole}", *(f"    {each}".rstrip() for each in shown)]
    return "\n".join(["```text", *parts, "```\n"])


def _files(root: Path) -> list[Path]:
    return sorted(each for each in root.rglob("*") if each.is_file() and each.name != _EXPECTED)


def _places(root: Path) -> dict[str, frozenset[int]]:
    path = root / _EXPECTED
    found: dict[str, frozenset[int]] = {}
    for each in path.read_text(encoding="utf-8").split() if path.exists() else ():
        file, _, line = each.rpartition(":")
        found[file] = found.get(file, frozenset()) | {int(line)}
    return found


def _mirrors(name: str) -> set[str]:
    """Return the name of a migration's rollback, or of a rollback's migration."""
    if not _VERSION.search(name):
        return set()
    forward, backward = ("migrations/", "/V"), ("rollback/", "/R")
    there = name.replace(forward[0], backward[0], 1).replace(forward[1], backward[1], 1)
    back = name.replace(backward[0], forward[0], 1).replace(backward[1], forward[1], 1)
    return {there, back} - {name}


def _shown(path: Path, marked: frozenset[int], other: Path | None) -> Iterator[str]:
    lines = _read(path)
    if all(each.isprintable() or "\t" in each for each in lines):
        notable = _different(lines, other)
        yield from Excerpt(tuple(lines), marked, notable).written(f"  {_HERE}")


def _different(lines: list[str], other: Path | None) -> frozenset[int]:
    """Return the numbers of the lines that another case does not have."""
    if other is None or not other.is_file():
        return frozenset()
    matcher = SequenceMatcher(None, _read(other), lines, autojunk=False)
    changed = (each for each in matcher.get_opcodes() if each[0] != "equal")
    return frozenset(
        number for _, _, _, start, end in changed for number in range(start + 1, end + 1)
    )


def _read(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines()
