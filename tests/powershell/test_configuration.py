"""Where the scripts find the database and psql, and what becomes of a password."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from harness.operator import read_configuration
from tests.powershell.shells import Call, Recorder, Shell, record_in, says, shells

every_shell = pytest.mark.parametrize("shell", shells())


def applied(
    shell: Shell, root: Path, psql: Recorder, env: str = "", **exported: str
) -> tuple[str, tuple[Call, ...]]:
    """Apply one migration with a `.env` and exported variables; say what went to stderr."""
    (root / ".env").write_text(env, encoding="utf-8")
    done = shell.run(
        root / "scripts" / "apply.ps1",
        "-Phase",
        "phase-000-base",
        cwd=root,
        environment={"RECORD": str(psql.record)} | exported,
    )
    assert done.returncode == (2 if done.stderr else 0)
    return done.stderr, psql.calls


def target(call: Call) -> str:
    return call.arguments[call.arguments.index("-d") + 1]


@every_shell
def test_what_is_exported_comes_before_the_file(shell: Shell, root: Path, psql: Recorder) -> None:
    other = record_in(root.parent / "another place")
    env = f"DATABASE_URL=host=from_file\nPSQL_PATH={psql.program}\n"
    applied(shell, root, psql, env)
    applied(shell, root, psql, env, DATABASE_URL="host=exported")
    applied(shell, root, psql, env, PSQL_PATH=str(other.program), RECORD=str(other.record))
    applied(shell, root, psql, env, DATABASE_URL="")
    assert [target(each) for each in psql.calls] == [
        "host=from_file",
        "host=exported",
        "host=from_file",
    ]
    assert [target(each) for each in other.calls] == ["host=from_file"]


WRITTEN = (
    ("DATABASE_URL=host=a", "host=a"),
    ("  export DATABASE_URL = host=a  ", "host=a"),
    ("DATABASE_URL=\"host=a dbname='b c'\"", "host=a dbname='b c'"),
    ("DATABASE_URL='host=a # b'  # the one", "host=a # b"),
    ("DATABASE_URL=host=a#b # the one", "host=a#b"),
    ("DATABASE_URL='it's' # it's", "it's"),
    ("\ufeffDATABASE_URL=host=a", "host=a"),
    ("# DATABASE_URL=host=b\n\nDATABASE_URL=host=a", "host=a"),
    ("OTHER=1\r\nDATABASE_URL=host=ação\r\n", "host=ação"),
)


@every_shell
@pytest.mark.parametrize(("line", "value"), WRITTEN)
def test_the_file_is_read_as_it_is_written(
    shell: Shell, root: Path, psql: Recorder, line: str, value: str
) -> None:
    [call] = applied(shell, root, psql, line, PSQL_PATH=str(psql.program))[1]
    assert target(call) == value


@pytest.mark.parametrize(("line", "value"), WRITTEN)
def test_python_reads_the_file_alike(tmp_path: Path, line: str, value: str) -> None:
    (tmp_path / ".env").write_bytes(line.encode())
    assert read_configuration(tmp_path, {}).database_url == value


@every_shell
@pytest.mark.parametrize(
    ("env", "words"),
    [
        ("A=1\nDATABASE_URL", ":2: a linha não tem a forma NOME=valor"),
        ("DATABASE_URL='host=a", ":1: a linha não tem a forma NOME=valor"),
        ("DATABASE_URL='a\"", ":1: a linha não tem a forma NOME=valor"),
        ("DATABASE_URL=a\n\nDATABASE_URL=b", ":3: DATABASE_URL já foi definida acima"),
        ("", "falta DATABASE_URL"),
        ("DATABASE_URL=", "falta DATABASE_URL"),
        ("DATABASE_URL= # none", "falta DATABASE_URL"),
        ("DATABASE_URL='host=\"a\"'", "aspas duplas"),
        ("DATABASE_URL=postgresql://h/d?sslpassword=x", "uma senha que não é a do login"),
    ],
)
def test_what_cannot_be_used_is_a_sentence(
    shell: Shell, root: Path, psql: Recorder, env: str, words: str
) -> None:
    said, calls = applied(shell, root, psql, env, PSQL_PATH=str(psql.program))
    assert says(said, words), said
    assert calls == ()


@every_shell
def test_psql_is_found_on_the_path(shell: Shell, root: Path, psql: Recorder) -> None:
    path = os.pathsep.join((str(psql.program.parent), os.environ["PATH"]))
    assert len(applied(shell, root, psql, "DATABASE_URL=host=a", PATH=path)[1]) == 1


@every_shell
def test_a_psql_path_to_nothing_is_a_sentence(shell: Shell, root: Path, psql: Recorder) -> None:
    said, calls = applied(shell, root, psql, "DATABASE_URL=a", PSQL_PATH="/nowhere/psql")
    assert says(said, "PSQL_PATH diz /nowhere/psql, e esse arquivo não existe"), said
    assert calls == ()


@every_shell
@pytest.mark.parametrize(
    ("url", "shown", "password"),
    [
        (
            "postgres://u:p%40s%20w@h:5/d?sslmode=allow",
            "postgres://u@h:5/d?sslmode=allow",
            "p@s w",
        ),
        ("postgresql://u:@h/d", "postgresql://u@h/d", None),
        ("postgresql://u@h/d?password=a+b", "postgresql://u@h/d", "a+b"),
        ("postgresql://h/d?a=1&password=x&b=2", "postgresql://h/d?a=1&b=2", "x"),
        (
            "postgresql://h/d?options=password",
            "postgresql://h/d?options=password",
            None,
        ),
        ("host=h password=x dbname=d", "host=h dbname=d", "x"),
        (r"host=h password = 'it\'s \\ here' user=u", "host=h user=u", r"it's \ here"),
        ("host=h application_name='password=x'", "host=h application_name='password=x'", None),
        ("passfile=/p host=h", "passfile=/p host=h", None),
    ],
)
def test_a_password_is_handed_over_where_nobody_looks(
    shell: Shell, root: Path, psql: Recorder, url: str, shown: str, password: str | None
) -> None:
    exported = {"PSQL_PATH": str(psql.program), "DATABASE_URL": url}
    [call] = applied(shell, root, psql, **exported)[1]
    assert target(call) == shown
    assert call.password == password


@every_shell
def test_the_password_of_the_environment_is_left_alone(
    shell: Shell, root: Path, psql: Recorder
) -> None:
    exported = {"PSQL_PATH": str(psql.program), "PGPASSWORD": "mine"}
    [call] = applied(shell, root, psql, "DATABASE_URL=host=a", **exported)[1]
    assert call.password == "mine"
