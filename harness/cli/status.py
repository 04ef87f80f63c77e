"""`korevitta-db status`: where each version of the plan stands in the database."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from harness.cli.arguments import add_db_root
from harness.cli.operating import operator_for, sound_plan, utf_8
from harness.operator import State, VersionState
from harness.plan import Plan

_PENDING = "pending"


def add_to(subparsers: Any) -> None:
    """Declare the command and its options."""
    parser = subparsers.add_parser("status", help="show what is applied, and what is not")
    parser.set_defaults(run=run)
    add_db_root(parser)


def run(given: argparse.Namespace) -> int:
    """Print a line per version; 1 where one needs somebody: stopped half-way, changed, unknown."""
    plan = sound_plan(given)
    states = {each.version: each for each in operator_for(plan, given).status()}
    utf_8()
    warned = False
    for version, file, warning in _versions(plan, states):
        found = states.get(version)
        warned |= bool(warning)
        sys.stdout.write(f"{_line(version, file, found)}{warning}\n")
    applied = sum(
        each.version in states and states[each.version].state.is_whole for each in plan.migrations
    )
    sys.stdout.write(f"{applied} of {len(plan.migrations)} migrations applied\n")
    return 1 if warned else 0


def _versions(plan: Plan, states: Mapping[str, VersionState]) -> Iterator[tuple[str, str, str]]:
    """Yield version, file and warning: the plan's in its order, then what only the ledger knows."""
    for phase in plan.phases:
        for migration in phase.migrations:
            found = states.get(migration.version)
            yield migration.version, migration.file, _warning(found, migration.forward.sha256)
        for seed in phase.seeds:
            yield seed.version, seed.file, ""
    planned = {each.version for each in plan.migrations} | {each.version for each in plan.seeds}
    for version, found in states.items():
        if version not in planned:
            yield version, found.file, "  not in the plan"


def _warning(found: VersionState | None, sha256: str) -> str:
    if found is None:
        return ""
    if found.state is State.INCOMPLETE:
        return f"  stopped half-way in {found.file}: repeat it"
    if found.state.is_present and found.checksum != sha256:
        return "  the file has changed since"
    return ""


def _line(version: str, file: str, found: VersionState | None) -> str:
    state = found.state.value if found else _PENDING
    when = f"{found.at[:19]} {found.by_role}" if found else ""
    return f"{version:<10} {state:<11} {when:<36} {file}".rstrip()
