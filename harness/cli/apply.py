"""`korevitta-db apply`: bring a database forward, each migration once, with psql's scripts."""

from __future__ import annotations

import argparse
from typing import Any

from harness.cli.operating import (
    add_operating_options,
    add_out_of_order,
    carry_out,
    operator_for,
    sound_plan,
)
from harness.operator import Operator, Step, Verb, applying
from harness.plan import Plan


def add_to(subparsers: Any) -> None:
    """Declare the command and its options."""
    parser = subparsers.add_parser("apply", help="apply migrations to the database of DATABASE_URL")
    parser.set_defaults(run=run)
    parser.add_argument(
        "--phase", action="append", default=[], metavar="ID", help="only this phase (repeatable)"
    )
    parser.add_argument("--to", metavar="VERSION", help="up to and including this version")
    add_out_of_order(parser)
    add_operating_options(parser)


def run(given: argparse.Namespace) -> int:
    """Apply what is not applied yet; 1 where a file is refused or fails."""
    plan = sound_plan(given)
    steps = applying(plan, given.phase, given.to)
    operator = operator_for(plan, given)
    if given.dry_run:
        steps = _pending(plan, operator, steps)
    return carry_out(operator, Verb.APPLY, steps, given)


def _pending(plan: Plan, operator: Operator, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Leave out what a run would find done: applied, and of the same content."""
    done = {each.version: each.checksum for each in operator.status() if each.state.is_whole}
    return tuple(
        each
        for each in steps
        if done.get(each.version) != plan.migration(each.version).forward.sha256
    )
