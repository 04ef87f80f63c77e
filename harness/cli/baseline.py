"""`korevitta-db baseline`: take over a database that was made without the ledger."""

from __future__ import annotations

import argparse
from typing import Any

from harness.cli.operating import add_operating_options, carry_out, operator_for, sound_plan
from harness.operator import State, Verb, baselining


def add_to(subparsers: Any) -> None:
    """Declare the command and its options."""
    parser = subparsers.add_parser(
        "baseline", help="record migrations as applied without running them"
    )
    parser.set_defaults(run=run)
    parser.add_argument(
        "--through",
        required=True,
        metavar="VERSION",
        help="up to and including this version, whose objects the database has",
    )
    add_operating_options(parser)


def run(given: argparse.Namespace) -> int:
    """Record them in their order; 1 where one has a history of its own."""
    plan = sound_plan(given)
    operator = operator_for(plan, given)
    known = {each.version for each in operator.status() if each.state is State.BASELINED}
    steps = baselining(plan, given.through, known)
    return carry_out(operator, Verb.BASELINE, steps, given)
