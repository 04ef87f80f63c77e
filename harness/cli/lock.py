"""`korevitta-db lock`: hold the files of released phases to their checksums."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from harness.cli.arguments import add_db_root
from harness.plan import read_plan, write_lock


def add_to(subparsers: Any) -> None:
    """Declare the command and its options."""
    parser = subparsers.add_parser(
        "lock", help="write migration-manifest.lock from the phases marked `status: released`"
    )
    parser.set_defaults(run=run)
    add_db_root(parser)


def run(given: argparse.Namespace) -> int:
    """Write the lock beside the manifest, and say how many phases it holds."""
    plan, _ = read_plan(given.db_root)
    path = write_lock(plan)
    released = [each for each in plan.phases if each.released]
    sys.stdout.write(f"{path.name}: {len(released)} released of {len(plan.phases)} phases\n")
    return 0
