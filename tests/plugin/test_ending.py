"""A broken environment ends the run once, with one sentence, and is never green."""

from __future__ import annotations

import pytest

from tests.plugin.conftest import CORE, Project
from tests.trees.samples import CLEAN, NOTES

pytest_plugins = ["pytester"]

NOWHERE = "postgresql:///postgres?host=/nowhere"

KILLING_CONFTEST = """
import os
import signal
from pathlib import Path

import psycopg

pytest_plugins = ["harness.plugin"]


def pytest_runtest_setup(item):
    if "V100002" in item.nodeid:
        server = item.config.pluginmanager.get_plugin("korevitta-server").known()
        with psycopg.connect(server.dsn) as connection:
            (data,) = connection.execute("SHOW data_directory").fetchone()
        number = int(Path(data, "postmaster.pid").read_text().split()[0])
        os.kill(number, signal.SIGQUIT)
        while Path(data).exists():
            pass
"""


@pytest.mark.parametrize("more", [(), ("-n2",)], ids=["alone", "workers"])
def test_an_unreachable_server_ends_the_run_once(
    pytester: pytest.Pytester,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    more: tuple[str, ...],
) -> None:
    project(*CLEAN)
    monkeypatch.setenv("KOREVITTA_PG", NOWHERE)
    result = pytester.runpytest("db", *CORE, *more)
    assert result.ret == 2
    said = [line for line in result.outlines if "the given server does not answer" in line]
    assert 1 <= len(said) <= 1 + bool(more)  # with workers the header says it too
    for word in ("*FAILED*", "*ERROR*", "*passed*", "*Traceback*"):
        result.stdout.no_fnmatch_line(word)


def test_what_needs_no_server_runs_without_one(
    pytester: pytest.Pytester, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(NOTES)
    monkeypatch.setenv("KOREVITTA_PG", NOWHERE)
    result = pytester.runpytest("db", "-k", "structure")
    assert result.ret == 0
    result.assert_outcomes(passed=3, deselected=result.parseoutcomes()["deselected"])


def test_an_unknown_choice_of_server_is_a_wrong_call(
    pytester: pytest.Pytester, project: Project
) -> None:
    project(NOTES)
    result = pytester.runpytest("db", "--pg", "mysql")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: unknown server 'mysql': choose auto, container, *"])


def test_a_server_that_goes_away_ends_the_run_after_one_item(
    pytester: pytest.Pytester, project: Project
) -> None:
    project(*CLEAN)
    pytester.makeconftest(KILLING_CONFTEST)
    result = pytester.runpytest_subprocess("db", "--pg", "embedded", "-k", "applies")
    assert result.ret == 2
    assert result.parseoutcomes()["failed"] == 1
    result.stdout.fnmatch_lines(["korevitta-db: the PostgreSQL server is gone in mid-run: *"])
    result.stdout.no_fnmatch_line("*Traceback*")
