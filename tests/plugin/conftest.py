"""Mini-projects: a db root below a folder of pytester's, proven on the server of the outer run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.trees import DbRoot
from tests.trees.builder import File, write_tree

Project = Callable[..., DbRoot]

CORE = ("-k", "structure or statements or applies or symmetry or reversible")
"""Chooses the checks that wait for each other; what else is checked takes its time elsewhere."""


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, server_url: str) -> Project:
    """Return a function that writes a db root into a project that uses the plugin."""
    monkeypatch.setenv("KOREVITTA_PG", server_url)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    # Hypothesis would import itself anew in every inner run.
    pytester.makeini("[pytest]\naddopts = -p no:hypothesispytest\n")
    pytester.makeconftest('pytest_plugins = ["harness.plugin"]\n')

    def write(*files: File) -> DbRoot:
        return write_tree(pytester.path / "db", *files)

    return write
