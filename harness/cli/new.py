"""`korevitta-db new`: the next version of a phase, both files from templates, and its entry."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from harness.cli.arguments import add_db_root
from harness.plan import ChangeType, new_migration, printable


def add_to(subparsers: Any) -> None:
    """Declare the command and its options."""
    parser = subparsers.add_parser("new", help="start a migration and its rollback")
    parser.set_defaults(run=run)
    add_db_root(parser)
    parser.add_argument("--phase", required=True, metavar="ID", help="an open phase")
    parser.add_argument("--domain", required=True, help="one of the phase's domains")
    parser.add_argument(
        "--type",
        required=True,
        choices=[each.value for each in ChangeType],
        help="expand adds, contract removes what nobody uses any more",
    )
    parser.add_argument(
        "--after",
        action="append",
        default=[],
        metavar="VERSION",
        help="an expand that this contract completes (repeatable)",
    )
    parser.add_argument("slug", help="what it does, in a few words")


def run(given: argparse.Namespace) -> int:
    """Write the files and the entry, and name them on stdout."""
    made = new_migration(
        given.db_root,
        phase=given.phase,
        domain=given.domain,
        change_type=ChangeType(given.type),
        slug=given.slug,
        after=tuple(given.after),
    )
    for path in (made.forward, made.rollback, made.manifest):
        sys.stdout.write(f"{printable(str(_shown(path)))}\n")
    return 0


def _shown(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
