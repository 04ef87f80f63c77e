"""sqlfluff as the harness runs it, and what it shares with squawk."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from harness.checks.finding import Finding, Severity
from harness.checks.static import Linters, squawk_findings, style_findings
from harness.checks.static.settings import style_of
from harness.checks.static.style import said_of
from harness.checks.subjects import FileRole, ScriptOf
from harness.errors import UsageError
from harness.plan import Plan
from harness.sql import parse_script, read_script
from tests.rules.cases import Case, cases_of
from tests.rules.test_text_rules import PLAN

REPOSITORY = Path(__file__).parents[2]
OURS = replace(PLAN, root=REPOSITORY / "backend/db", repository=REPOSITORY)


class Kept(dict[str, object]):
    """A cache that counts what it was given, with the methods of pytest's."""

    def set(self, key: str, value: object) -> None:
        self[key] = value


def subject(text: str, plan: Plan = OURS, file: str = "db/V100001.sql") -> ScriptOf:
    return ScriptOf(script=parse_script(text), file=file, role=FileRole.FORWARD, plan=plan)


def case_subject(case: Case) -> ScriptOf:
    script = read_script(case.path)
    return ScriptOf(script=script, file=case.path.name, role=FileRole.FORWARD, plan=OURS)


def lines(findings: tuple[Finding, ...], severity: Severity) -> tuple[str, ...]:
    return tuple(sorted({f"{f.file}:{f.line}" for f in findings if f.severity is severity}))


@pytest.mark.parametrize("case", cases_of("sqlfluff"), ids=lambda c: c.name)
def test_sqlfluff_names_the_lines(case: Case) -> None:
    judged = case_subject(case)
    found = style_findings([judged])[judged.file]
    assert lines(found, Severity.ERROR) == case.expected
    assert all(each.rule.startswith("sqlfluff:") for each in found)


def test_expressions_too_deep_and_files_too_long_are_warnings() -> None:
    deep = subject("SELECT " + "(" * 400 + "1" + ")" * 400 + ";\n", file="deep.sql")
    long = subject("SELECT 1;\n" * 110_000, file="long.sql")
    found = style_findings([deep, long])
    assert {each.severity for each in found["deep.sql"]} <= {Severity.WARNING}
    assert [each.rule for each in found["long.sql"]] == ["sqlfluff:PRS"]


def test_findings_are_remembered_by_text_and_not_by_file() -> None:
    text = "create TABLE core.notes (code char(4));\n"
    kept = Kept()
    first = [squawk_findings([subject(text)], kept), style_findings([subject(text)], kept)]
    remembered = dict(kept)
    moved = subject(text, file="db/V100002.sql")
    again = [squawk_findings([moved], kept), style_findings([moved], kept)]
    assert kept == remembered
    assert [len(found["db/V100001.sql"]) for found in first] == [
        len(found["db/V100002.sql"]) for found in again
    ]
    assert all(found["db/V100002.sql"] for found in again)


def test_a_cache_that_holds_something_else_is_asked_in_vain() -> None:
    class Broken(Kept):
        def get(self, key: str, default: object = None) -> object:
            return {"not": "ours"}

    found = style_findings([subject("create TABLE core.notes (id bigint);\n")], Broken())
    assert found["db/V100001.sql"]


def test_a_file_above_twenty_kilobytes_is_linted() -> None:
    long = "".join(f"INSERT INTO core.notes (id) VALUES ({n});\n" for n in range(600))
    found = style_findings([subject(long + "drop table core.notes;\n")])["db/V100001.sql"]
    assert len(long) > 20_000
    assert {each.line for each in found} == {601}


def test_many_files_are_shared_out_with_the_same_result() -> None:
    files = [subject(f"create TABLE core.t{n} (id bigint);\n", file=f"V{n}.sql") for n in range(8)]
    assert style_findings(files, linters=Linters(2)) == style_findings(files)


def test_what_sqlfluff_cannot_parse_and_postgresql_can_is_a_warning() -> None:
    text = "CREATE ACCESS METHOD mine TYPE INDEX HANDLER core.mine;\n"
    found = style_findings([subject(text)])["db/V100001.sql"]
    assert [(each.rule, each.severity) for each in found] == [("sqlfluff:PRS", Severity.WARNING)]


def test_what_postgresql_cannot_parse_is_not_said_twice() -> None:
    found = style_findings([subject("SELEC 1;\n")])["db/V100001.sql"]
    assert found == ()


def test_a_tree_without_a_style_is_not_judged_by_ours(tmp_path: Path) -> None:
    plan = replace(PLAN, root=tmp_path, repository=tmp_path)
    found = style_findings([subject("create TABLE x (id int);\n", plan)])
    assert found == {"db/V100001.sql": ()}


@pytest.mark.parametrize("style", ["[sqlfluff]\n[sqlfluff]\n", "rules = core\n"])
@pytest.mark.parametrize("processes", [1, 2])
def test_a_style_that_sqlfluff_refuses_is_one_sentence(
    tmp_path: Path, style: str, processes: int
) -> None:
    (tmp_path / ".sqlfluff").write_text(style)
    plan = replace(PLAN, root=tmp_path, repository=tmp_path)
    files = [subject(f"SELECT {n};\n", plan, f"V{n}.sql") for n in range(8)]
    with pytest.raises(UsageError, match="sqlfluff refuses its configuration"):
        style_findings(files, linters=Linters(processes))


@pytest.mark.parametrize(
    "comment", ["-- sqlfluff:exclude_rules:CP01", "-- sqlfluff:rules:LT12", "-- noqa"]
)
def test_a_file_cannot_choose_its_own_style(comment: str) -> None:
    found = style_findings([subject(f"{comment}\ncreate TABLE core.notes (id bigint);\n")])
    assert [each.rule for each in found["db/V100001.sql"]] == ["sqlfluff:CP01"]


def test_a_file_cannot_choose_how_long_its_lines_may_be() -> None:
    long = f"SELECT {', '.join(['1'] * 80)};\n"
    found = style_findings([subject(f"-- sqlfluff:max_line_length:1000\n{long}")])
    assert "sqlfluff:LT05" in {each.rule for each in found["db/V100001.sql"]}


def test_a_process_of_sqlfluff_that_dies_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    files = [subject(f"SELECT {n};\n", file=f"V{n}.sql") for n in range(8)]
    with pytest.raises(UsageError, match=r"exit code 1: .*reinstall"):
        style_findings(files, linters=Linters(2))


@pytest.mark.parametrize(
    ("folder", "pattern"), [("harness", "harness/**.sql"), ("tests", "tests/rules/**good*.sql")]
)
def test_sql_outside_of_the_db_root_has_our_style_too(folder: str, pattern: str) -> None:
    listed = subprocess.run(
        ["git", "ls-files", pattern],
        cwd=REPOSITORY,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split()
    named = {name: read_script(REPOSITORY / name) for name in listed}
    style = style_of(REPOSITORY / folder, REPOSITORY)
    said = said_of(tuple(named.values()), style, linters=Linters(2))
    wrong = [
        f"{name}:{each.line}: {each.code} {each.message}"
        for name, script in named.items()
        for each in said[script.sha256]
        if each.code != "PRS"
    ]
    assert wrong == []
