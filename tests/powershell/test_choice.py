"""Which files the scripts choose, and how they hand each of them to psql."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.plan import Plan, read_plan
from tests.powershell.shells import Recorder, Shell, says, shells
from tests.powershell.source import SCRIPTS

DB = SCRIPTS.parent
PHASES = tuple(phase.id for phase in read_plan(DB)[0].phases)
every_shell = pytest.mark.parametrize("shell", shells())


def chosen(psql: Recorder) -> list[tuple[str, str | None]]:
    return [(each.variables["file"], each.variables.get("previous")) for each in psql.calls]


def wanted(plan: Plan, phase: str) -> list[tuple[str, str]]:
    """Say which files of our tree a phase has, and what precedes each, from the harness's plan."""
    versions = ["", *(each.version for each in plan.migrations)]
    return [
        (each.path.relative_to(plan.root).as_posix(), before)
        for each, before in zip(plan.migrations, versions, strict=False)
        if each.phase == phase
    ]


@every_shell
@pytest.mark.parametrize("phase", PHASES)
def test_a_phase_is_applied_in_the_order_of_the_plan(
    shell: Shell, phase: str, psql: Recorder, tmp_path: Path
) -> None:
    done = shell.run(
        SCRIPTS / "apply.ps1", "-Phase", phase, cwd=tmp_path, environment=psql.environment
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert chosen(psql) == wanted(read_plan(DB)[0], phase)


@every_shell
@pytest.mark.parametrize("phase", PHASES)
def test_the_seeds_of_a_phase_follow_its_last_migration(
    shell: Shell, phase: str, psql: Recorder, tmp_path: Path
) -> None:
    plan = read_plan(DB)[0]
    done = shell.run(
        SCRIPTS / "seed.ps1", "-Phase", phase, cwd=tmp_path, environment=psql.environment
    )
    assert done.returncode == 0
    last = plan.phase(phase).migrations[-1].version
    seeds = [each.path.relative_to(DB).as_posix() for each in plan.phase(phase).seeds]
    assert chosen(psql) == [(each, last) for each in seeds]
    assert ("nada a fazer" in done.stdout) is (not seeds)


@every_shell
def test_the_order_is_that_of_the_numbers(shell: Shell, root: Path, psql: Recorder) -> None:
    shell.run(
        root / "scripts" / "apply.ps1",
        "-Phase",
        "phase-100-mvp",
        cwd=root,
        environment=psql.environment,
    )
    assert chosen(psql) == [
        ("migrations/phase-100-mvp/zebra/V100001__zebra__expand__first.sql", "V000001"),
        ("migrations/phase-100-mvp/apple/V100002__apple__expand__second.sql", "V100001"),
        ("migrations/phase-100-mvp/zebra/V1000010__zebra__expand__tenth.sql", "V100002"),
    ]


@every_shell
def test_a_call_is_the_one_that_the_engine_expects(
    shell: Shell, root: Path, psql: Recorder
) -> None:
    done = shell.run(
        root / "scripts" / "apply.ps1",
        "-Phase",
        "phase-000-base",
        cwd=root.parent,
        environment=psql.environment,
    )
    [call] = psql.calls
    assert call.arguments == (
        "-X",
        "-q",
        "-w",
        "-v",
        "ON_ERROR_STOP=1",
        "-d",
        "postgresql://nobody@nowhere/nothing",
        "-v",
        "owner=zoo_owner",
        "-v",
        "file=migrations/phase-000-base/ops/V000001__ops__expand__first.sql",
        "-v",
        "previous=",
        "-f",
        "scripts/apply.psql",
    )
    assert call.cwd.samefile(root)
    assert done.stdout == "said\n"


@every_shell
@pytest.mark.parametrize(
    ("place", "file"),
    [
        (".", "rollback/phase-100-mvp/apple/R100002__apple__expand__second.sql"),
        (".", "./rollback/phase-100-mvp/apple/R100002__apple__expand__second.sql"),
        ("..", "rollback/phase-100-mvp/apple/R100002__apple__expand__second.sql"),
        ("..", "db/rollback/phase-100-mvp/apple/R100002__apple__expand__second.sql"),
        ("rollback/phase-100-mvp", "apple/R100002__apple__expand__second.sql"),
        ("..", r"rollback\phase-100-mvp\apple\R100002__apple__expand__second.sql"),
    ],
)
def test_a_rollback_may_be_named_from_here_or_from_the_db_root(
    shell: Shell, root: Path, psql: Recorder, place: str, file: str
) -> None:
    done = shell.run(
        root / "scripts" / "rollback.ps1",
        "-File",
        file,
        cwd=root / place,
        environment=psql.environment,
    )
    assert (done.returncode, done.stderr) == (0, "")
    [call] = psql.calls
    assert call.script == "scripts/rollback.psql"
    assert call.variables == {
        "ON_ERROR_STOP": "1",
        "owner": "zoo_owner",
        "file": "rollback/phase-100-mvp/apple/R100002__apple__expand__second.sql",
    }


@every_shell
def test_what_is_out_of_order_needs_the_word(shell: Shell, root: Path, psql: Recorder) -> None:
    file = "rollback/phase-100-mvp/apple/R100002__apple__expand__second.sql"
    script = root / "scripts" / "rollback.ps1"
    shell.run(script, "-File", file, "-OutOfOrder", cwd=root, environment=psql.environment)
    [call] = psql.calls
    assert call.variables["out_of_order"] == "1"


@every_shell
def test_the_first_failure_ends_the_run_with_the_code_of_psql(
    shell: Shell, root: Path, psql: Recorder
) -> None:
    done = shell.run(
        root / "scripts" / "apply.ps1",
        "-Phase",
        "phase-100-mvp",
        cwd=root,
        environment=psql.environment | {"BROKEN": "V100002__"},
    )
    assert done.returncode == 3
    assert [each.script for each in psql.calls] == [
        "scripts/apply.psql",
        "scripts/apply.psql",
        "scripts/failed.psql",
    ]
    file = "migrations/phase-100-mvp/apple/V100002__apple__expand__second.sql"
    assert psql.calls[-1].variables == {"ON_ERROR_STOP": "1", "owner": "zoo_owner", "file": file}


@every_shell
def test_a_tree_that_differs_from_its_manifest_is_refused(
    shell: Shell, root: Path, psql: Recorder
) -> None:
    def said() -> str:
        done = shell.run(
            root / "scripts" / "apply.ps1",
            "-Phase",
            "phase-000-base",
            cwd=root,
            environment=psql.environment,
        )
        assert (done.returncode, done.stdout, psql.calls) == (2, "", ())
        return done.stderr

    extra = root / "migrations/phase-100-mvp/apple/V100009__apple__expand__none.sql"
    extra.write_text("SELECT 1;", encoding="utf-8")
    assert says(said(), "V100009__apple__expand__none.sql não está em migration-manifest.yaml")
    extra.unlink()
    (root / "migrations/phase-100-mvp/apple/V100002__apple__expand__second.sql").unlink()
    assert says(said(), "lista migrations/phase-100-mvp/apple/V100002__apple__expand__second.sql")


@every_shell
def test_an_unknown_phase_or_file_is_a_sentence(shell: Shell, root: Path, psql: Recorder) -> None:
    scripts = root / "scripts"
    for call, words in (
        (("apply.ps1",), "Use -Phase com uma destas: phase-000-base, phase-100-mvp."),
        (("seed.ps1", "-Phase", "phase-900"), "fase desconhecida: 'phase-900'"),
        (("rollback.ps1",), "falta o arquivo"),
        (("rollback.ps1", "-File", "migration-manifest.yaml"), "não é um arquivo da pasta"),
        (("rollback.ps1", "-File", "rollback/none.sql"), "não é um arquivo da pasta"),
    ):
        done = shell.run(scripts / call[0], *call[1:], cwd=root, environment=psql.environment)
        assert done.returncode == 2, done.stderr
        assert says(done.stderr, words), done.stderr
    assert psql.calls == ()
