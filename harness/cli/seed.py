"""`korevitta-db seed`: write a phase's rows, which may be written again."""

from __future__ import annotations

import argparse
from typing import Any

from harness.cli.operating import add_operating_options, carry_out, operator_for, sound_plan
from harness.operator import Verb, seeding


def add_to(subparsers: Any) -> None:
    """Declare the command and its options."""
    parser = subparsers.add_parser("seed", help="run the seeds of a phase whose migrations stand")
    parser.set_defaults(run=run)
    parser.add_argument(
        "--phase", action="append", required=True, metavar="ID", help="this phase (repeatable)"
    )
    add_operating_options(parser)


def run(given: argparse.Namespace) -> int:
    """Run the seeds in their order; 1 where one is refused or fails."""
    plan = sound_plan(given)
    steps = seeding(plan, given.phase)
    return carry_out(operator_for(plan, given), Verb.SEED, steps, given)
