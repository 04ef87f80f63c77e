"""squawk as the harness runs it: its process, its answers, and what becomes of its rules."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from harness.checks.finding import Severity
from harness.checks.static import squawk_findings
from harness.checks.static.settings import squawk_settings
from harness.checks.static.squawk_rules import JUDGED, OBSERVED, SUPERSEDED
from harness.checks.subjects import FileRole, ScriptOf
from harness.errors import UsageError
from tests.rules.cases import Case, cases_of
from tests.rules.test_linters import REPOSITORY, Kept, case_subject, lines, subject
from tests.rules.test_text_rules import PLAN


@pytest.mark.parametrize("case", cases_of("squawk"), ids=lambda c: c.name)
def test_squawk_names_the_lines(case: Case) -> None:
    judged = case_subject(case)
    found = squawk_findings([judged])[judged.file]
    assert lines(found, Severity.ERROR) == case.expected
    assert all(each.rule.startswith("squawk:") for each in found)


def test_squawk_is_not_asked_about_rollbacks_seeds_and_bytes_that_are_no_text() -> None:
    text = "CREATE TABLE core.notes (code char(4));"
    backward = replace(subject(text, file="R.sql"), role=FileRole.BACKWARD)
    seed = replace(subject(text, file="S.sql"), role=FileRole.SEED)
    binary = subject("SELECT '\0';", file="B.sql")
    found = squawk_findings([backward, seed, binary])
    assert found == {"R.sql": (), "S.sql": (), "B.sql": ()}


def test_squawk_s_own_way_of_ignoring_is_not_heard() -> None:
    text = "-- squawk-ignore ban-char-field\nCREATE TABLE core.notes (code char(4));\n"
    (found,) = squawk_findings([subject(text)])["db/V100001.sql"]
    assert (found.rule, found.line) == ("squawk:ban-char-field", 2)


def test_a_file_that_squawk_does_not_survive_is_told_and_the_others_are_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deadly = subject("SELECT 1;\n", file="deadly.sql")
    real = subprocess.run

    def run(arguments: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        if f"{deadly.script.sha256}.sql" in arguments:
            return subprocess.CompletedProcess(arguments, 101, "", "thread panicked")
        return real(arguments, **options)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr(subprocess, "run", run)
    judged = [
        subject("CREATE TABLE core.notes (code char(4));\n", file="a.sql"),
        deadly,
        subject("CREATE TABLE core.tags (code char(4));\n", file="b.sql"),
    ]
    found = squawk_findings(judged)
    assert [(each.rule, each.severity) for each in found["deadly.sql"]] == [
        ("squawk:no-answer", Severity.WARNING)
    ]
    assert [len(found[file]) for file in ("a.sql", "b.sql")] == [1, 1]


def test_a_squawk_that_never_answers_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(arguments: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(arguments, 127, "", "cannot execute")

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(UsageError, match="does not answer"):
        squawk_findings([subject("SELECT 1;\n")])


def test_what_others_of_our_rules_decide_is_left_to_them() -> None:
    text = "DROP TABLE core.notes;\nCREATE INDEX CONCURRENTLY a ON core.tags (id);\nCOMMIT;\n"
    assert squawk_findings([subject(text)])["db/V100001.sql"] == ()


def test_a_lock_that_squawk_suspects_is_a_warning_for_the_rehearsal_to_decide() -> None:
    text = "SET LOCAL lock_timeout = '5s';\nCREATE INDEX notes_idx ON core.notes (id);\n"
    (found,) = squawk_findings([subject(text)])["db/V100001.sql"]
    assert (found.rule, found.line) == ("squawk:require-concurrent-index-creation", 2)
    assert found.severity is Severity.WARNING


def test_a_squawk_of_the_folders_above_is_not_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".squawk.toml").write_text('excluded_rules = ["ban-char-field"]\n')
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    text = "CREATE TABLE core.notes (code char(4));\n"
    (found,) = squawk_findings([subject(text)])["db/V100001.sql"]
    assert found.rule == "squawk:ban-char-field"


def test_rows_for_copy_are_not_shown_to_squawk() -> None:
    text = "CREATE TABLE core.notes (id char(4));\nCOPY core.notes FROM stdin;\n1\n\\.\n"
    rules = [each.rule for each in squawk_findings([subject(text)])["db/V100001.sql"]]
    assert rules == ["squawk:ban-char-field"]


def test_more_files_than_a_command_line_holds_are_judged() -> None:
    files = [
        subject(f"CREATE TABLE core.t{n} (code char(4));\n", file=f"V{n} ção*[a].sql")
        for n in range(900)
    ]
    found = squawk_findings(files)
    assert {len(each) for each in found.values()} == {1}


ANSWERS = {
    "no JSON": "squawk: all is well",
    "no list": '{"findings": []}',
    "no fields": '[{"rule": "ban-char-field"}]',
    "no number": '[{"file": "a", "rule_name": "b", "line": "c", "message": "d"}]',
    "no mappings": "[1, 2]",
    "half": '[{"file": "a", "rule_',
}


@pytest.mark.parametrize("case", ANSWERS)
def test_an_answer_that_nobody_can_read_is_one_sentence(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(arguments: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(arguments, 0, ANSWERS[case], "")

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(UsageError, match="does not answer"):
        squawk_findings([subject("SELECT 1;\n")])


@pytest.mark.parametrize("content", ["", "#!/nowhere/at/all\n"])
def test_a_squawk_that_is_no_program_is_one_sentence(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "squawk"
    program.write_text(content)
    program.chmod(0o755)
    monkeypatch.setattr("harness.checks.static.squawk._program", lambda: str(program))
    with pytest.raises(UsageError, match="squawk cannot be run"):
        squawk_findings([subject("SELECT 1;\n")])


def test_a_squawk_that_hangs_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(arguments: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        raise subprocess.TimeoutExpired(arguments, 600)

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(UsageError, match="does not answer within"):
        squawk_findings([subject("SELECT 1;\n")])


def test_a_squawk_that_came_without_its_package_is_asked_for_its_version(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nowhere(_: str) -> str:
        raise PackageNotFoundError

    monkeypatch.setattr("harness.checks.static.squawk.version", nowhere)
    assert squawk_findings([subject("SELECT 1;\n")]) == {"db/V100001.sql": ()}


def test_no_answer_is_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    real, deadly, kept = subprocess.run, subject("SELECT 1;\n"), Kept()

    def run(arguments: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        if f"{deadly.script.sha256}.sql" in arguments:
            return subprocess.CompletedProcess(arguments, 101, "", "thread panicked")
        return real(arguments, **options)  # type: ignore[call-overload,no-any-return]

    with monkeypatch.context() as patched:
        patched.setattr(subprocess, "run", run)
        assert squawk_findings([deadly], kept)[deadly.file]
    assert not squawk_findings([deadly], kept)[deadly.file]


def test_a_rule_that_squawk_will_learn_is_a_warning_under_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judged = subject("SELECT 1;\n")
    row = {
        "file": f"{judged.script.sha256}.sql",
        "line": 0,
        "rule_name": "ban-everything",
        "message": "everything is banned",
        "help": None,
        "level": "Error",
        "one_more": {},
    }

    def run(arguments: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        answer = json.dumps([row]) if f"{judged.script.sha256}.sql" in arguments else ""
        return subprocess.CompletedProcess(arguments, 1 if answer else 0, answer, "")

    monkeypatch.setattr(subprocess, "run", run)
    (found,) = squawk_findings([judged])[judged.file]
    assert (found.rule, found.line) == ("squawk:ban-everything", 1)
    assert (found.severity, found.message) == (Severity.WARNING, "everything is banned")
    assert found.fix.endswith("/ban-everything")


@pytest.mark.parametrize("key", ["errors", "exclude"])
def test_a_setting_for_a_rule_that_squawk_does_not_have_is_one_sentence(
    tmp_path: Path, key: str
) -> None:
    text = f'[tool.korevitta.squawk]\n{key} = ["ban-char-field", "ban-char-feild"]\n'
    (tmp_path / "pyproject.toml").write_text(text)
    plan = replace(PLAN, root=tmp_path, repository=tmp_path)
    with pytest.raises(UsageError, match=r"ban-char-feild.*no rule of squawk"):
        squawk_findings([subject("SELECT 1;\n", plan)], Kept())


def test_every_rule_that_squawk_applies_is_decided_about() -> None:
    text = (Path(__file__).parent / "squawk-rules.sql").read_text(encoding="utf-8")
    settings = squawk_settings(REPOSITORY)
    said = squawk_said(subject(text))
    assert len(said) > 40
    assert said <= set(SUPERSEDED) | OBSERVED | JUDGED | set(settings.exclude)
    assert set(settings.errors) <= JUDGED
    assert not OBSERVED & set(SUPERSEDED)
    assert not JUDGED & (OBSERVED | set(SUPERSEDED))


def squawk_said(judged: ScriptOf) -> set[str]:
    kept = Kept()
    squawk_findings([judged], kept)
    rows = [row for value in kept.values() for row in value]  # type: ignore[attr-defined]
    return {code for code, _, _ in rows}


@pytest.mark.parametrize(
    "settings",
    ["[tool.korevitta.squawk]\nerorrs = []", "[tool.korevitta.squawk]\nexclude = 1", "tool ="],
)
def test_settings_of_squawk_that_cannot_be_read_are_one_sentence(
    tmp_path: Path, settings: str
) -> None:
    (tmp_path / "pyproject.toml").write_text(settings)
    plan = replace(PLAN, root=tmp_path, repository=tmp_path)
    with pytest.raises(UsageError, match=r"pyproject\.toml"):
        squawk_findings([subject("SELECT 1;", plan)])
