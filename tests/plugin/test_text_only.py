"""Checks of the text alone can be chosen by their names, and then no server is started."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
TEXT = ("structure", "statements", "squawk", "sqlfluff")


def test_no_name_of_a_file_in_our_tree_brings_in_what_needs_a_server() -> None:
    """`-k` looks at the names of files as well: a query `slow_statements.sql` would be run."""
    chosen = ["backend/db", "-k", " or ".join(TEXT)]
    listed = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", *chosen],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    ids = [line for line in listed.stdout.splitlines() if "::" in line]
    checks = [each.rpartition("::")[2] for each in ids]
    assert set(checks) == set(TEXT)
    assert checks == sorted(checks, key=lambda each: each == "sqlfluff")  # it works beside them
    queries = (REPOSITORY / "backend/db/observability/queries").glob("*.sql")
    styled = {each.partition("::")[0] for each in ids if each.endswith("::sqlfluff")}
    assert {each.relative_to(REPOSITORY).as_posix() for each in queries} <= styled
