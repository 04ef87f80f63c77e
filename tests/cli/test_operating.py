"""`korevitta-db apply|seed|rollback|status|baseline`: exit codes, choices, and what is said."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.cli import main
from harness.database import Cluster, Database
from tests.cli.conftest import Said
from tests.real_tree import ROOT
from tests.trees import DbRoot, migration, seed

OWNER = "korevitta_owner"
FILES = (
    migration("V100001", "CREATE TABLE a (id int)", "DROP TABLE a", slug="a"),
    migration("V100002", "CREATE TABLE b (id int)", "DROP TABLE b", slug="b"),
    seed("S100001", "INSERT INTO a VALUES (1)"),
    migration("V200001", "CREATE TABLE c (id int)", "DROP TABLE c", slug="c"),
)

Call = Callable[..., Said]


@pytest.fixture
def database(cluster: Cluster) -> Iterator[Database]:
    cluster.ensure_roles([OWNER])
    made = cluster.create(OWNER)
    yield made
    cluster.drop(made)


@pytest.fixture
def root(tree: Callable[..., DbRoot]) -> DbRoot:
    written = tree(*FILES)
    (written.path / "scripts").symlink_to(ROOT / "scripts")
    return written


@pytest.fixture
def call(
    root: DbRoot,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Call:
    """Return a function that calls a command on the tree `db` and a database of its own."""
    monkeypatch.setenv("DATABASE_URL", database.dsn)

    def run(*arguments: str) -> Said:
        capsys.readouterr()
        code = main([arguments[0], "--db-root", "db", *arguments[1:]])
        said = capsys.readouterr()
        return Said(code=code, out=said.out, err=said.err)

    return run


def versions(said: Said) -> list[str]:
    return [line.split()[0] for line in said.out.splitlines()]


def test_a_release_goes_forward_and_back(call: Call) -> None:
    said = call("apply", "--phase", "phase-100-mvp")
    assert (said.code, versions(said), said.err) == (0, ["V100001", "V100002"], "")
    assert " aplicada em " in said.out
    assert call("seed", "--phase", "phase-100-mvp").code == 0
    assert call("apply").code == 0
    said = call("rollback", "--to", "V100001")
    assert (said.code, versions(said)) == (0, ["V200001", "V100002"])
    assert call("rollback", "--file", "rollback/phase-100-mvp/core/" + R100001).code == 0


R100001 = "R100001__core__expand__a.sql"


def test_a_rollback_is_named_from_here_from_the_root_or_by_its_name(call: Call) -> None:
    for name in (f"db/rollback/phase-100-mvp/core/{R100001}", R100001):
        assert call("apply", "--to", "V100001").code == 0
        assert call("rollback", "--file", name).code == 0
    said = call("rollback", "--file", "rollback/nowhere.sql")
    assert said.code == 2
    assert "rollback/nowhere.sql is no rollback of this plan: name an R file below" in said.err


def test_a_refusal_is_exit_code_1(call: Call) -> None:
    said = call("apply", "--phase", "phase-200-v1_1")
    assert said.code == 1
    assert said.err.splitlines()[-1].endswith(
        "V200001 vem depois de V100002, que não está aplicada: aplique V100002 antes"
    )


def test_out_of_order_is_asked_for(call: Call) -> None:
    call("apply")
    assert call("rollback", "--file", R100001).code == 1
    assert call("rollback", "--file", R100001, "--out-of-order").code == 0
    assert call("apply").code == 1
    assert call("apply", "--out-of-order").code == 0


def test_a_broken_file_is_exit_code_1_and_the_last_word_is_advice(
    tree: Callable[..., DbRoot], call: Call, root: DbRoot
) -> None:
    path = root.forward("V200001")
    path.write_text("CREATE TABLE c (id int);\nSELECT 1/0;\n")
    said = call("apply")
    assert said.code == 1
    assert f"{path.name}:2: ERROR:" in said.err
    assert said.err.splitlines()[-1].startswith(f"{path.name} falhou, e nada dela ficou no banco")


def test_a_dry_run_names_what_is_left_and_changes_nothing(call: Call, root: DbRoot) -> None:
    call("apply", "--to", "V100001")
    before = call("status").out
    said = call("apply", "--dry-run")
    assert said.out.splitlines() == [
        "apply V100002 V100002__core__expand__b.sql",
        "apply V200001 V200001__core__expand__c.sql",
        "2 to apply; nothing was changed",
    ]
    assert versions(call("seed", "--phase", "phase-100-mvp", "--dry-run"))[0] == "seed"
    assert call("rollback", "--file", R100001, "--dry-run").out.startswith("rollback V100001")
    assert call("status").out == before


def test_the_status_shows_every_version_of_the_plan(call: Call) -> None:
    call("apply", "--to", "V100001")
    said = call("status")
    assert said.code == 0
    lines = [line.split() for line in said.out.splitlines()]
    assert [line[:2] for line in lines] == [
        ["V100001", "applied"],
        ["V100002", "pending"],
        ["S100001", "pending"],
        ["V200001", "pending"],
        ["1", "of"],
    ]
    assert lines[0][-1].endswith("V100001__core__expand__a.sql")


def test_a_status_that_needs_somebody_is_exit_code_1(call: Call, root: DbRoot) -> None:
    call("apply")
    path = root.forward("V100001")
    path.write_text(path.read_text() + "-- depois\n")
    said = call("status")
    assert said.code == 1
    assert said.out.splitlines()[0].endswith(
        "V100001__core__expand__a.sql  the file has changed since"
    )
    assert call("apply").code == 1


def test_a_baseline_takes_a_database_over(call: Call, database: Database) -> None:
    with database.connect(OWNER) as connection:
        connection.execute("CREATE TABLE a (id int); CREATE TABLE b (id int)")
    assert call("baseline", "--through", "V100002").code == 0
    said = call("apply")
    assert said.code == 0
    assert "V200001 aplicada em" in said.out
    assert [line.split()[1] for line in call("status").out.splitlines()[:2]] == ["baselined"] * 2
    again = call("baseline", "--through", "V100002")
    assert (again.code, again.out) == (0, "nothing to baseline\n")
    assert call("baseline", "--through", "V200001").code == 1


def test_a_plan_in_doubt_is_not_carried_out(call: Call, root: DbRoot) -> None:
    root.forward("V100002").unlink()
    said = call("apply")
    assert said.code == 2
    assert "[manifest-missing-file]: correct it first" in said.err
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"DATABASE_URL": ""}, "DATABASE_URL is neither exported nor in"),
        ({"DATABASE_URL": "postgresql://me:s3cr3t%@h/d"}, "DATABASE_URL cannot be read"),
        ({"DATABASE_URL": "postgresql://me:s3cr3t@127.0.0.1:1/d"}, "psql cannot reach d on 127"),
        ({"PSQL_PATH": "/nowhere/psql"}, "PSQL_PATH names /nowhere/psql, which does not exist"),
    ],
)
@pytest.mark.parametrize("command", ["apply", "status"])
def test_a_broken_environment_is_one_sentence_and_exit_code_2(
    command: str,
    variables: dict[str, str],
    said: str,
    call: Call,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    ended = call(command)
    assert ended.code == 2
    assert ended.out == ""
    (line,) = ended.err.splitlines()
    assert said in line
    assert "s3cr3t" not in line


def test_the_env_file_is_read_where_nothing_is_exported(
    call: Call, root: DbRoot, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL")
    (root.path / ".env").write_text("DATABASE_URL\n")
    said = call("status")
    assert said.code == 2
    assert ".env:1 is no assignment" in said.err
    (root.path / ".env").write_text(f'DATABASE_URL="{database.dsn}"\n')
    assert call("apply").code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_cancels_its_file_and_says_so(
    number: signal.Signals, code: int, call: Call, root: DbRoot, database: Database
) -> None:
    root.forward("V100001").write_text("CREATE TABLE a (id int);\nSELECT pg_sleep(60);\n")
    command = [sys.executable, "-m", "harness", "apply", "--db-root", str(root.path)]
    process = subprocess.Popen(
        command,
        cwd=ROOT.parents[1],
        env={**os.environ, "DATABASE_URL": database.dsn},
        stderr=subprocess.PIPE,
        text=True,
    )
    watch = threading.Thread(target=_signal_when_asleep, args=(database, process, number))
    watch.start()
    _, err = process.communicate(timeout=60)
    watch.join()
    assert process.returncode == code, err
    assert err.splitlines()[-1].startswith("V100001__core__expand__a.sql falhou, e nada dela ficou")
    assert call("status").out.split()[1] == "failed"


def _signal_when_asleep(
    database: Database, process: subprocess.Popen[str], number: signal.Signals
) -> None:
    query = "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = %s"
    with database.connect() as connection:
        while process.poll() is None:
            if connection.execute(query, (database.name,)).fetchone():
                process.send_signal(number)
                return


def test_a_path_with_spaces_and_quotes(
    tmp_path: Path, call: Call, root: DbRoot, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = tmp_path / "o 'banco' é \\ daqui"
    root.path.rename(odd)
    assert main(["apply", "--db-root", str(odd)]) == 0
