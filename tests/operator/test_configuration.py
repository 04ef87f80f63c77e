"""The exported variable before `.env`; of a line that cannot be read only the number is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.operator import read_configuration, read_connection
from harness.operator.configuration import read_env

URL = "postgresql://me:secret@db.example:5432/clinic"


def written(folder: Path, text: str | bytes) -> Path:
    data = text.encode() if isinstance(text, str) else text
    (folder / ".env").write_bytes(data)
    return folder / ".env"


def test_a_file_is_read_exactly(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "\ufeff# comentário\r\n\r\n"
        f"DATABASE_URL={URL}\r\n"
        "export PSQL_PATH = C:\\Program Files\\PostgreSQL\\17\\bin\\psql.exe  \n"
        "HASH=a#b # comment\n"
        "SINGLE='a # \"b\" \\n '   # comment\n"
        'DOUBLE="a=b\'c"\n'
        "EMPTY=\n"
        "ONLY_COMMENT= # nothing\n",
    )
    assert read_env(path) == {
        "DATABASE_URL": URL,
        "PSQL_PATH": "C:\\Program Files\\PostgreSQL\\17\\bin\\psql.exe",
        "HASH": "a#b",
        "SINGLE": 'a # "b" \\n ',
        "DOUBLE": "a=b'c",
        "EMPTY": "",
        "ONLY_COMMENT": "",
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A=1\nsecret\n", ".env:2 is no assignment: write NAME=value"),
        ("A=1\n1A=secret\n", ".env:2 is no assignment"),
        ("A=1\n\nA=secret\n", ".env:3 sets A again, after line 1"),
        ("A='secret\n", ".env:1 opens a quote and does not close it"),
        ('A="secret" more\n', ".env:1 opens a quote and does not close it"),
        (b"A=secret\xe9\n", ".env is not encoded in UTF-8"),
        ("A=secret\n".encode("utf-16"), ".env is not encoded in UTF-8"),
    ],
)
def test_what_cannot_be_read_names_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_env(written(tmp_path, text))
    assert said in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_folder_named_env_is_said(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    with pytest.raises(UsageError, match=r"\.env cannot be read: is a directory"):
        read_configuration(tmp_path, {})


def test_an_exported_variable_comes_first(tmp_path: Path) -> None:
    written(tmp_path, f"DATABASE_URL={URL}\nPSQL_PATH=/from/file\n")
    found = read_configuration(tmp_path, {"DATABASE_URL": "postgresql:///mine", "PSQL_PATH": ""})
    assert (found.database_url, found.psql_path) == ("postgresql:///mine", "/from/file")


def test_no_url_at_all_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="DATABASE_URL is neither exported nor in"):
        read_configuration(tmp_path, {})


def test_a_url_becomes_libpqs_variables() -> None:
    found = read_connection(f"{URL}?sslmode=require&keepalives_idle=30&application_name=a%20b")
    assert dict(found.environment) == {
        "PGUSER": "me",
        "PGPASSWORD": "secret",
        "PGHOST": "db.example",
        "PGPORT": "5432",
        "PGDATABASE": "clinic",
        "PGSSLMODE": "require",
        "PGAPPNAME": "a b",
    }
    assert found.open == "keepalives_idle=30"
    assert found.shown == "clinic on db.example"


@pytest.mark.parametrize(
    "url", ["postgresql://me:secret%zz@h/d", "mysql://me:secret@h/d", "secret"]
)
def test_a_url_that_cannot_be_read_is_not_repeated(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_connection(url)
    assert "DATABASE_URL cannot be read" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_secret_that_psql_takes_only_in_the_open_is_refused() -> None:
    with pytest.raises(UsageError, match="holds sslpassword") as caught:
        read_connection(f"{URL}?sslpassword=hidden")
    assert "hidden" not in str(caught.value)
