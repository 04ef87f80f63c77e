"""`korevitta-db verify`: every check on a db root, as text or as the machine-readable contract."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from harness.checks.static import FolderCache
from harness.checks.subjects import PlanRead
from harness.checks.verdicts import Report
from harness.checks.verify import select, verify
from harness.cli.arguments import add_db_root, add_server_options, server_choice
from harness.database import Cluster
from harness.plan import changed_since, read_plan
from harness.render.contract import report_value
from harness.render.report import report_text
from harness.server import running


def _report_json(report: Report) -> str:
    return json.dumps(report_value(report), indent=2, ensure_ascii=False)


FORMATS: Mapping[str, Callable[[Report], str]] = {"text": report_text, "json": _report_json}


def add_to(subparsers: Any) -> None:
    """Declare the command and its options."""
    parser = subparsers.add_parser("verify", help="prove every migration forward and backward")
    parser.set_defaults(run=run)
    add_db_root(parser)
    parser.add_argument(
        "--phase", action="append", default=[], metavar="ID", help="judge this phase (repeatable)"
    )
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="FILE",
        help="judge this migration: a version, a V or an R file (repeatable)",
    )
    parser.add_argument(
        "--since",
        metavar="REV",
        help="compare released files also with this git revision, which an edited lock cannot hide",
    )
    parser.add_argument(
        "--thorough",
        action="store_true",
        help="kill at every statement and occupy every table, not only a sample of them",
    )
    parser.add_argument("--format", choices=sorted(FORMATS), default="text")
    add_server_options(parser)


def run(given: argparse.Namespace) -> int:
    """Verify, print the report on stdout, and say by the exit code whether all is well."""
    plan, faults = read_plan(given.db_root)
    since = changed_since(plan, given.since, faults) if given.since else ()
    read = PlanRead(plan=plan, faults=(*faults, *since))
    selection = select(read.plan, given.phase, given.only)
    with running(server_choice(given)) as server, Cluster(server.dsn) as cluster:
        report = verify(
            read,
            selection,
            cluster,
            postgres=server.version,
            server=server.kind.value,
            progress=_overwrite,
            thorough=given.thorough,
            cache=FolderCache(_cache_folder()),
        )
    _overwrite("")
    _print(FORMATS[given.format](report))
    return _exit_code(report)


def _cache_folder() -> Path:
    """Return where the linters' words outlive a run (XDG Base Directory Specification)."""
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "korevitta-db"


def _exit_code(report: Report) -> int:
    return 1 if report.errors else 0


def _print(text: str) -> None:
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.stdout.write(text + "\n")


def _overwrite(what: str) -> None:
    """Show on a terminal what is being proven, in place of what was; nothing if nobody watches."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{what}")
        sys.stderr.flush()
