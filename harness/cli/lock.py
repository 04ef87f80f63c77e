"""`korevitta-db lock`: hold the files of released phases to their checksums."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from harness.cli.arguments import add_db_root
from harness.errors import UsageError
from harness.plan import locked_sums, read_plan, write_lock

_LOSING = frozenset({"manifest-invalid", "manifest-missing-file", "version-duplicate"})


def add_to(subparsers: Any) -> None:
    """Declare the command and its options."""
    parser = subparsers.add_parser(
        "lock", help="write migration-manifest.lock from the phases marked `status: released`"
    )
    parser.set_defaults(run=run)
    add_db_root(parser)


def run(given: argparse.Namespace) -> int:
    """Write the lock beside the manifest; say how many phases it holds, and what it held before.

    Raises `UsageError` where not every entry of the manifest can be read: the lock would lose it.
    """
    plan, faults = read_plan(given.db_root)
    for each in faults:
        if each.rule in _LOSING:
            raise UsageError(f"{each.file}:{each.line}: {each.message}: mend this first")
    before, path = locked_sums(plan), write_lock(plan)
    after = locked_sums(plan)
    released = [each for each in plan.phases if each.released]
    sys.stdout.write(f"{path.name}: {len(released)} released of {len(plan.phases)} phases\n")
    for name in sorted(before):
        if before[name] != after.get(name):
            what = "changed" if name in after else "left out"
            sys.stdout.write(f"{what}: {name}, which was released\n")
    return 0
