"""`korevitta-db rollback`: undo one migration, or all that stand after a version."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from harness.cli.operating import (
    add_operating_options,
    add_out_of_order,
    carry_out,
    operator_for,
    sound_plan,
)
from harness.errors import UsageError
from harness.operator import Step, Verb, undoing
from harness.plan import Plan


def add_to(subparsers: Any) -> None:
    """Declare the command and its options."""
    parser = subparsers.add_parser("rollback", help="undo applied migrations, the last one first")
    parser.set_defaults(run=run)
    target = parser.add_mutually_exclusive_group(required=True)
    target.add_argument("--file", type=Path, metavar="FILE", help="run this rollback (an R file)")
    target.add_argument(
        "--to", metavar="VERSION", help="undo all that stands after this version, which stays"
    )
    add_out_of_order(parser)
    add_operating_options(parser)


def run(given: argparse.Namespace) -> int:
    """Undo what is asked for; 1 where a file is refused or fails."""
    plan = sound_plan(given)
    if given.file is not None:
        steps: tuple[Step, ...] = (_named(plan, given.file),)
        return carry_out(operator_for(plan, given), Verb.ROLLBACK, steps, given)
    operator = operator_for(plan, given)
    states = {each.version: each for each in operator.status()}
    return carry_out(operator, Verb.ROLLBACK, undoing(plan, states, given.to), given)


def _named(plan: Plan, file: Path) -> Step:
    """Find a rollback of the plan: as written from here, from the db root, or by its name."""
    wanted = {file.absolute(), (plan.root / file).absolute()}
    for each in plan.migrations:
        path = each.rollback_path
        if path is not None and (path in wanted or file.as_posix() == path.name):
            return Step(version=each.version, file=path)
    raise UsageError(
        f"{file} is no rollback of this plan: name an R file below {plan.root / 'rollback'}"
    )
