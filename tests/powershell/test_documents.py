"""What README and runbooks tell operators to type is what the scripts and the command line take."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from harness.cli import _parser
from harness.operator import read_configuration
from harness.plan import Plan
from tests.powershell.shells import Recorder, Shell, shells
from tests.powershell.source import SCRIPTS

DB = SCRIPTS.parent
DOCUMENTS = (DB / "README.md", *sorted((DB.parent / "runbooks").glob("*.md")))
LINES = tuple(
    dict.fromkeys(
        line.strip()
        for document in DOCUMENTS
        for line in document.read_text(encoding="utf-8").splitlines()
    )
)
SCRIPT_LINES = tuple(each for each in LINES if each.startswith("./scripts/"))
COMMAND_LINES = tuple(each for each in LINES if each.startswith("korevitta-db "))


def test_documents_name_every_script_and_command() -> None:
    assert {each.split()[0] for each in SCRIPT_LINES} == {
        f"./scripts/{name}.ps1" for name in ("apply", "seed", "rollback")
    }
    named = {each.split()[1] for each in COMMAND_LINES}
    assert {"apply", "seed", "rollback", "status", "baseline", "verify"} <= named


@pytest.mark.parametrize("shell", shells()[:1])
@pytest.mark.parametrize("line", SCRIPT_LINES)
def test_a_call_of_a_script_chooses_files(shell: Shell, line: str, psql: Recorder) -> None:
    script, *arguments = line.split()
    done = shell.run(DB / script, *arguments, cwd=DB, environment=psql.environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert psql.calls != ()


@pytest.mark.parametrize("line", COMMAND_LINES)
def test_a_command_names_what_there_is(line: str, real_plan: Plan) -> None:
    given = _parser().parse_args(shlex.split(line)[1:])
    phases = getattr(given, "phase", None) or []
    assert set(phases) <= {each.id for each in real_plan.phases}
    versions = {getattr(given, "to", None), getattr(given, "through", None)} - {None}
    assert versions <= {each.version for each in real_plan.migrations}
    file = getattr(given, "file", None)
    assert file is None or (DB.parents[1] / file).is_file()


def test_the_example_of_a_configuration_is_one(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes((DB / ".env.example").read_bytes())
    configuration = read_configuration(tmp_path, {})
    assert configuration.database_url.startswith("postgresql://korevitta_owner:")
    assert configuration.psql_path is None
