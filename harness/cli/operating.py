"""What the commands that operate on a database share: which one, with which psql, and the words."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from harness.cli.arguments import add_db_root
from harness.errors import UsageError
from harness.operator import (
    REFUSED,
    Operator,
    Outcome,
    Step,
    Stream,
    Verb,
    find_psql,
    read_configuration,
    read_connection,
)
from harness.plan import Plan, read_plan

SCRIPTS = "scripts"
_UNSAFE = frozenset(
    {"manifest-invalid", "manifest-missing-file", "released-file-changed", "version-duplicate"}
)
"""Faults of a plan that leave its order or its files in doubt: nothing is done with one."""


def add_operating_options(parser: argparse.ArgumentParser) -> None:
    """Declare --db-root, --wait and --dry-run."""
    add_db_root(parser)
    parser.add_argument(
        "--wait",
        type=_seconds,
        metavar="SECONDS",
        help="how long to wait for another runner (default: until it ends)",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="name the files, in order, and change nothing"
    )


def add_out_of_order(parser: argparse.ArgumentParser) -> None:
    """Declare --out-of-order."""
    parser.add_argument(
        "--out-of-order",
        action="store_true",
        help="accept a version although later ones are applied",
    )


def sound_plan(given: argparse.Namespace) -> Plan:
    """Read the plan; `UsageError` where its files or their order are in doubt."""
    plan, faults = read_plan(given.db_root)
    for each in faults:
        if each.rule in _UNSAFE:
            raise UsageError(
                f"{each.file}:{each.line}: {each.message} [{each.rule}]: correct it first"
            )
    return plan


def operator_for(plan: Plan, given: argparse.Namespace) -> Operator:
    """Find the database and a psql; `UsageError` where one cannot be had."""
    configuration = read_configuration(plan.root, os.environ)
    return Operator(
        psql=find_psql(configuration.psql_path, os.environ),
        connection=read_connection(configuration.database_url),
        scripts=plan.root / SCRIPTS,
        owner=plan.owner,
        out_of_order=getattr(given, "out_of_order", False),
        wait=getattr(given, "wait", None),
    )


def carry_out(
    operator: Operator, verb: Verb, steps: Sequence[Step], given: argparse.Namespace
) -> int:
    """Run the steps, or with --dry-run name them, and return the command's exit code."""
    utf_8()
    if given.dry_run:
        for each in steps:
            sys.stdout.write(f"{verb.value} {each.version} {each.file.name}\n")
        sys.stdout.write(f"{len(steps)} to {verb.value}; nothing was changed\n")
        return 0
    if not steps:
        sys.stdout.write(f"nothing to {verb.value}\n")
    return exit_code(operator.run(verb, steps, say))


def exit_code(outcome: Outcome) -> int:
    """Translate psql's code: a refusal or a broken file is 1, as a finding is."""
    return 1 if outcome.exit_code == REFUSED else outcome.exit_code


def say(stream: Stream, line: str) -> None:
    """Pass one line of psql's on, at once."""
    target = sys.stdout if stream is Stream.OUT else sys.stderr
    target.write(f"{line}\n")
    target.flush()


def utf_8() -> None:
    """Write UTF-8, whatever the terminal's own encoding: the scripts speak Portuguese."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8")


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < 1_000_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds")
    return seconds
