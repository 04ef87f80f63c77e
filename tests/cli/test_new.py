"""`korevitta-db new`, then the proof: only what the author must write is missing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.cli import main
from tests.cli.conftest import Said, Verify
from tests.trees import DbRoot, migration
from tests.trees.samples import NOTES

WriteTree = Callable[..., DbRoot]
REPOSITORY = Path(__file__).parents[2]

MANIFEST = "db/migration-manifest.yaml"
BASE = (
    NOTES,
    migration(
        "V200001",
        "SET LOCAL lock_timeout = '5s';\nALTER TABLE public.notes ADD COLUMN draft text;\n",
        "SET LOCAL lock_timeout = '5s';\nALTER TABLE public.notes DROP COLUMN draft;\n",
        slug="add_draft",
    ),
    migration(
        "V300001",
        "CREATE TABLE public.kinds (code text PRIMARY KEY, label text NOT NULL);\n",
        "DROP TABLE public.kinds;\n",
        slug="create_kinds",
    ),
)


def new(*arguments: str) -> int:
    return main(["new", "--db-root", "db", *arguments])


def files(version: str, phase: str, kind: str, slug: str) -> tuple[str, str]:
    tail = f"{version[1:]}__core__{kind}__{slug}.sql"
    return f"db/migrations/{phase}/core/V{tail}", f"db/rollback/{phase}/core/R{tail}"


EXPAND = files("V200002", "phase-200-v1_1", "expand", "add_nickname")
CONTRACT = files("V300002", "phase-300-v1_2", "contract", "drop_draft")
UNFILLED = {("empty-file", each) for each in (*EXPAND, *CONTRACT)}


@pytest.fixture
def scaffold(tree: WriteTree, capsys: pytest.CaptureFixture[str]) -> DbRoot:
    root = tree(*BASE)
    core = ("--domain", "core")
    assert new("--phase", "phase-200-v1_1", *core, "--type", "expand", "add nickname") == 0
    contract = ("--type", "contract", "--after", "V200001")
    assert new("--phase", "phase-300-v1_2", *core, *contract, "drop draft") == 0
    assert capsys.readouterr().out.split() == [*EXPAND, MANIFEST, *CONTRACT, MANIFEST]
    return root


def append(file: str, sql: str) -> None:
    with Path(file).open("a", encoding="utf-8") as opened:
        opened.write(f"\n{sql}\n")


def fill_in_backward() -> None:
    append(EXPAND[1], "ALTER TABLE public.notes DROP COLUMN nickname;")
    append(CONTRACT[1], "ALTER TABLE public.notes ADD COLUMN draft text;")


def fill_in() -> None:
    """Write what an author would: the statements, the query, and the refusal of the template."""
    query = "SELECT count(*) FROM public.notes AS n WHERE n.draft IS NOT NULL"
    manifest = Path(MANIFEST)
    said = re.sub(r"( +)(after: .*\n)", rf'\1\2\1ready: "{query}"\n', manifest.read_text())
    manifest.write_text(said)
    contract = Path(CONTRACT[0])
    lines = contract.read_text(encoding="utf-8").splitlines()
    start = lines.index("-- DO $$")
    refusal = [each.removeprefix("-- ") for each in lines[start:]]
    text = "\n".join([*lines[: start - 1], *refusal]).replace(
        "FROM … WHERE …", query.partition("count(*) ")[2]
    )
    contract.write_text(f"{text}\n", encoding="utf-8")
    append(CONTRACT[0], "ALTER TABLE public.notes DROP COLUMN draft;")
    append(EXPAND[0], "ALTER TABLE public.notes ADD COLUMN nickname text;")


def errors(said: Said) -> list[dict[str, Any]]:
    return [each for each in said.json["findings"] if each["severity"] == "error"]


def test_the_scaffold_lacks_what_its_author_must_write_and_nothing_else(
    scaffold: DbRoot, verify: Verify
) -> None:
    said = verify("--format", "json")
    assert said.code == 1
    told = [(each["rule"], each["file"]) for each in errors(said)]
    assert sorted(told) == sorted(UNFILLED | {("contract-undeclared", MANIFEST)})
    for each in errors(said):
        if each["rule"] == "empty-file":
            assert "no statement that does something" in each["message"]
            assert each["fix"].startswith("write the statements")
            lines = Path(each["file"]).read_text(encoding="utf-8").splitlines()
            assert lines[each["line"] - 1].startswith("SET LOCAL")
        else:
            assert each["message"] == "contract V300002 declares no ready"
            assert "after: [V200001]\nready: " in each["fix"].replace("  ", "")


def test_a_scaffold_that_is_filled_in_passes(scaffold: DbRoot, verify: Verify) -> None:
    fill_in()
    fill_in_backward()
    said = verify("--format", "json")
    assert said.code == 0
    assert errors(said) == []
    assert len(said.json["migrations"]) == 5
    assert {each["verdict"] for each in said.json["migrations"]} == {"passed"}


def test_each_half_that_is_not_filled_in_is_named(scaffold: DbRoot, verify: Verify) -> None:
    fill_in()
    told = {(each["rule"], each["file"]) for each in errors(verify("--format", "json"))}
    assert {each for each in told if each[0] == "empty-file"} == {
        ("empty-file", EXPAND[1]),
        ("empty-file", CONTRACT[1]),
    }
    assert {file for _, file in told} <= {EXPAND[1], CONTRACT[1]}


def run_pytest(server_url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    options = ("-p", "harness.plugin", "-p", "no:cacheprovider", "-p", "no:randomly")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *options, "db", "--pg", server_url, *arguments],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )


def failed(ended: subprocess.CompletedProcess[str]) -> set[str]:
    return set(re.findall(r"^(?:FAILED|ERROR) (\S+)", ended.stdout, re.MULTILINE))


def test_pytest_fails_for_the_same_and_then_passes(scaffold: DbRoot, server_url: str) -> None:
    first = run_pytest(server_url)
    assert failed(first) == {f"{each}::structure" for each in (MANIFEST, *EXPAND, *CONTRACT)}
    fill_in()
    fill_in_backward()
    second = run_pytest(server_url)
    assert second.returncode == 0, second.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--phase", "phase-200", "--type", "expand", "a"), "did you mean phase-200-v1_1?"),
        (("--phase", "phase-100-mvp", "--type", "contract", "a"), "no expand of a release before"),
        (("--phase", "phase-200-v1_1", "--type", "expand", "?!"), "no letter or digit"),
        (("--phase", "phase-200-v1_1", "--type", "expand", ""), "no letter or digit"),
    ],
)
def test_a_refusal_is_one_sentence_and_exit_code_2(
    tree: WriteTree, arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tree(*BASE)
    before = sorted(root.path.rglob("*"))
    assert new("--domain", "core", *arguments) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert said in told.err
    assert sorted(root.path.rglob("*")) == before
