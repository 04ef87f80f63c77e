"""Write a manifest and its V, R and S files: small trees for tests to judge.

    root = write_tree(
        tmp_path / "db",
        migration("V100001", "CREATE TABLE a (id int)", "DROP TABLE a"),
    )

SQL is dedented, so that a triple-quoted string may start on its own line: the first line with
text is line 1 of the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

import yaml

PHASES = {
    "0": "phase-000-bootstrap",
    "1": "phase-100-mvp",
    "2": "phase-200-v1_1",
    "3": "phase-300-v1_2",
}
"""The phase of a version, by the first of its digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A migration or seed to write; ``backward`` None writes no rollback."""

    version: str
    forward: str
    backward: str | None = None
    domain: str = "core"
    change_type: str = "expand"
    slug: str = "step"
    more: tuple[tuple[str, Any], ...] = ()

    @property
    def phase(self) -> str:
        return PHASES[self.version[1]]

    @property
    def path(self) -> str:
        if self.version.startswith("S"):
            return f"seeds/{self.phase}/{self.version}__{self.domain}__{self.slug}.sql"
        return f"migrations/{self.phase}/{self.domain}/{self._name}.sql"

    @property
    def rollback(self) -> str:
        return f"rollback/{self.phase}/{self.domain}/R{self._name[1:]}.sql"

    @property
    def _name(self) -> str:
        return f"{self.version}__{self.domain}__{self.change_type}__{self.slug}"

    @property
    def entry(self) -> str | dict[str, Any]:
        return {"path": self.path, **dict(self.more)} if self.more else self.path


def migration(
    version: str,
    forward: str,
    backward: str | None,
    *,
    domain: str = "core",
    change_type: str = "expand",
    slug: str = "step",
    **more: Any,
) -> File:
    """Describe a migration; ``more`` is what its entry in the manifest says (after, ready…)."""
    return File(
        version=version,
        forward=forward,
        backward=backward,
        domain=domain,
        change_type=change_type,
        slug=slug,
        more=tuple(more.items()),
    )


def seed(version: str, rows: str, *, domain: str = "core", slug: str = "rows") -> File:
    """Describe a seed."""
    return File(version=version, forward=rows, domain=domain, slug=slug)


@dataclass(frozen=True, slots=True, kw_only=True)
class DbRoot:
    """A tree that was written: where it is, and where its files are."""

    path: Path
    files: tuple[File, ...]

    @property
    def manifest(self) -> Path:
        return self.path / "migration-manifest.yaml"

    def forward(self, version: str) -> Path:
        return self.path / self._file(version).path

    def backward(self, version: str) -> Path:
        return self.path / self._file(version).rollback

    def rewrite(self, path: Path, old: str, new: str) -> None:
        """Replace text that must be there in one of the files."""
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def _file(self, version: str) -> File:
        return next(each for each in self.files if each.version == version)


def write_tree(
    path: Path,
    *files: File,
    schema_per_domain: bool = False,
    prerequisites: dict[str, Any] | None = None,
) -> DbRoot:
    """Write a db root; phases, domains and entries follow from the files, in their order."""
    root = DbRoot(path=path, files=files)
    manifest = {
        "version": 1,
        "project": "sample",
        "strategy": "sql-first",
        "convention": {
            "pattern": "V{phase}{seq}__{domain}__{change_type}__{slug}.sql",
            "rollback_pattern": "R{phase}{seq}__{domain}__{change_type}__{slug}.sql",
            "change_type": ["expand", "contract"],
            "schema_per_domain": schema_per_domain,
        },
        **({"prerequisites": prerequisites} if prerequisites else {}),
        "phases": list(_phases(files)),
    }
    path.mkdir(parents=True)
    root.manifest.write_text(yaml.safe_dump(manifest, sort_keys=False), encoding="utf-8")
    for each in files:
        _write(path / each.path, each.forward)
        if each.backward is not None:
            _write(path / each.rollback, each.backward)
    return root


def _phases(files: Sequence[File]) -> Iterator[dict[str, Any]]:
    for phase in dict.fromkeys(each.phase for each in files):
        own = [each for each in files if each.phase == phase]
        yield {
            "id": phase,
            "order": int(phase.split("-")[1]),
            "domains": list(dict.fromkeys(each.domain for each in own)),
            "migrations": [each.entry for each in own if each.version.startswith("V")],
            "seeds": [each.entry for each in own if each.version.startswith("S")],
        }


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    body = dedent(text).strip("\n")
    end = "" if not body or body.rstrip().endswith(";") else ";"
    path.write_text(f"{body}{end}\n" if body else "", encoding="utf-8")
