"""Every `.sql` of the repository that is no case or snapshot is written in the one style."""

from __future__ import annotations

import os
import subprocess
import sys

from harness.checks.static.settings import style_of
from harness.checks.static.style import said_of
from harness.sql import read_script
from tests.architecture.source import HARNESS, REPOSITORY

_NOT_READ = frozenset({"PRS", "LXR", "TMP"})
"""What PostgreSQL's grammar accepts and sqlfluff's does not."""


def test_our_own_queries_have_the_style_of_the_repository() -> None:
    """sqlfluff takes the templater of psycopg's parameters from the folder it runs in, alone."""
    linted = subprocess.run(
        [sys.executable, "-m", "sqlfluff", "lint", "--processes", "0", "--nocolor", "."],
        cwd=HARNESS,
        env={**os.environ, "PYTHONSAFEPATH": "1"},  # a package here is called as one of Python's
        capture_output=True,
        text=True,
        check=False,
    )
    assert linted.returncode == 0, linted.stdout


def test_what_stands_beside_the_plan_has_the_style_of_the_repository() -> None:
    root = REPOSITORY / "backend" / "db"
    scripts = {
        each.sha256: each
        for folder in ("contracts", "scripts")
        for each in map(read_script, sorted((root / folder).rglob("*.sql")))
    }
    said = said_of(tuple(scripts.values()), style_of(root, REPOSITORY))
    wrong = [
        f"{scripts[sha256].path}:{each.line}: {each.code} {each.message}"
        for sha256, words in said.items()
        for each in words
        if each.code not in _NOT_READ
    ]
    assert len(scripts) > 2
    assert wrong == []
