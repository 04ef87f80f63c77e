"""Which files of a db root are for its operators, and what each of them is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

OBSERVABILITY = "observability"
RUNBOOKS = "runbooks"
RUNNER = "scripts/apply.psql"
_YAML = frozenset({".yml", ".yaml"})


class Kind(Enum):
    """What a file is to the people and programs that watch a database."""

    QUERY = "query"
    COLLECTOR = "collector"
    ALERTS = "alerts"
    ALERT_TESTS = "alert tests"
    DASHBOARD = "dashboard"
    RUNBOOK = "runbook"
    RUNNER = "runner"


_PLACES = (
    ("queries", frozenset({".sql"}), Kind.QUERY),
    ("queries", _YAML, Kind.COLLECTOR),
    ("alerts/tests", _YAML, Kind.ALERT_TESTS),
    ("alerts", _YAML, Kind.ALERTS),
    ("dashboards", frozenset({".json"}), Kind.DASHBOARD),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationFile:
    """A file and its kind; ``file`` is its name in findings, relative to the repository."""

    path: Path
    file: str
    kind: Kind


def operation_files(root: Path, repository: Path) -> tuple[OperationFile, ...]:
    """List a db root's operational files, sorted by kind and name.

    Runbooks stand beside the db root or inside of it, in a folder `runbooks`.
    """
    return tuple(
        OperationFile(path=path, file=name_of(path, repository), kind=kind)
        for kind in Kind
        for path in sorted(_candidates(root))
        if kind_of(path, root) is kind
    )


def name_of(path: Path, repository: Path) -> str:
    """Name a file as findings do: relative to the repository, with forward slashes."""
    return Path(os.path.relpath(path, repository)).as_posix()


def kind_of(path: Path, root: Path) -> Kind | None:
    """Tell from its place what a file is; None for a file that nothing runs."""
    for folder in runbook_folders(root):
        if path.is_relative_to(folder):
            return Kind.RUNBOOK if path.suffix == ".md" else None
    if path == root / RUNNER:
        return Kind.RUNNER
    for place, suffixes, kind in _PLACES:
        if path.suffix in suffixes and path.is_relative_to(root / OBSERVABILITY / place):
            return kind
    return None


def runbook_folders(root: Path) -> tuple[Path, ...]:
    """Say where a db root's runbooks may stand."""
    return (root.parent / RUNBOOKS, root / RUNBOOKS)


def _candidates(root: Path) -> Iterator[Path]:
    for folder in (root / OBSERVABILITY, (root / RUNNER).parent, *runbook_folders(root)):
        yield from (path for path in folder.rglob("*") if path.is_file())
