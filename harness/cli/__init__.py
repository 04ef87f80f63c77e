"""The command line `korevitta-db`: the same proofs without pytest, and the daily commands."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence

from harness.cli import apply, baseline, lock, new, rollback, seed, status, verify
from harness.database import loss_in
from harness.errors import HarnessError
from harness.server import stop_on_signals

COMMANDS = (verify, new, lock, apply, seed, rollback, status, baseline)
"""Modules with `add_to(subparsers)` and `run(arguments) -> exit code`."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0 for nothing wrong, 1 for findings, 2 for a wrong call or machine."""
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        with stop_on_signals():
            code: int = given.run(given)
    except HarnessError as error:
        return _say(error, given)
    except KeyboardInterrupt:
        print("interrupted; nothing was left behind", file=sys.stderr)  # noqa: T201
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        if (loss := loss_in(error)) is not None:
            return _say(loss, given)
        traceback.print_exc()  # a defect of ours, and no finding: 1 would say that it is one
        return HarnessError.exit_code
    return code


def _say(error: HarnessError, given: argparse.Namespace) -> int:
    if given.traceback:
        raise error
    print(f"korevitta-db: {error}", file=sys.stderr)  # noqa: T201
    return error.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="korevitta-db",
        description="Prove SQL-first PostgreSQL migrations on a real server, forward and backward.",
    )
    parser.add_argument(
        "--traceback", action="store_true", help="show where in the harness an error arose"
    )
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(subparsers)
    return parser
