"""Suppressions: each misuse is one finding; none is useless of which no rule has spoken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.checks.registry import RULE_IDS, judges
from harness.checks.subjects import FileRole, PlanRead, ScriptOf
from harness.checks.suppression import SUPPRESSION_INVALID, Settled, settle
from harness.checks.text import statements
from harness.checks.text.files import judge_statements
from harness.checks.verdicts import Report
from harness.checks.verify import select, verify
from harness.database import Cluster
from harness.plan import read_plan
from harness.sql import parse_script
from tests.rules.test_text_rules import PLAN
from tests.trees import migration, seed
from tests.trees.builder import File, write_tree
from tests.trees.samples import NOTES

ALLOW = "-- harness: allow data-change-unbatched -- poucas linhas"
WHOLE = "UPDATE core.tags SET label = '';"
CREATE = "CREATE TABLE core.notes (id bigint PRIMARY KEY);"


def subject(text: str, role: FileRole = FileRole.FORWARD) -> ScriptOf:
    return ScriptOf(script=parse_script(text), file="a.sql", role=role, plan=PLAN)


def told(text: str, role: FileRole = FileRole.FORWARD) -> list[tuple[str, int]]:
    return [(each.rule, each.line) for each in judge_statements(subject(text, role)).findings]


def messages(text: str, role: FileRole = FileRole.FORWARD) -> list[str]:
    found = judge_statements(subject(text, role)).findings
    return [each.message for each in found if each.rule == "suppression-invalid"]


GOOD = {
    "above": f"{CREATE}\n{ALLOW}\n{WHOLE}\n",
    "above, with lines between": f"{CREATE}\n{ALLOW}\n\n-- porque sim\n{WHOLE}\n",
    "in the block at the top": f"-- O que faz: nada\n{ALLOW}\n-- mais\n{CREATE}\n{WHOLE}\n",
    "in a block of its own": f"-- O que faz: nada\n\n{ALLOW}\n\n{CREATE}\n{WHOLE}\n",
    "within": f"{CREATE}\nUPDATE core.tags\n{ALLOW}\nSET label = '';\n",
    "within, behind words": f"{CREATE}\nUPDATE core.tags {ALLOW}\nSET label = '';\n",
    "inside of BEGIN": f"BEGIN;\n{CREATE}\n{ALLOW}\n{WHOLE}\nCOMMIT;\n",
    "above a DO block": f"{CREATE}\n{ALLOW}\nDO $$\nBEGIN\n    {WHOLE}\nEND;\n$$;\n",
    "CRLF": f"{CREATE}\r\n{ALLOW}\r\n{WHOLE}\r\n",
    "tabs": f"{CREATE}\n--\tharness:\tallow data-change-unbatched\t--\tpoucas linhas\n{WHOLE}\n",
    "words that only look so": f"{CREATE}\n-- harness e pytest, allow x\n-- o harness: allow x\n",
}


@pytest.mark.parametrize("case", GOOD)
def test_a_suppression_in_its_place_takes_the_finding_away(case: str) -> None:
    found = [each for each in told(GOOD[case]) if each[0] != "transaction-control"]
    assert found == []


UNREAD = "a comment for the harness that is not read here, or not in this form"
NOTHING = "the suppression of data-change-unbatched suppresses nothing"
BAD = {
    "inside of a DO body": (f"DO $$\nBEGIN\n    {ALLOW}\n    {WHOLE}\nEND;\n$$;\n", 3, UNREAD),
    "inside of a function": (
        "CREATE FUNCTION core.f() RETURNS void LANGUAGE sql AS $$\n"
        f"    {ALLOW}\n    SELECT 1;\n$$;\n",
        2,
        UNREAD,
    ),
    "in a block comment": (f"{CREATE}\n/* {ALLOW} */\n", 2, UNREAD),
    "a block comment of its own": (f"{CREATE}\n/* harness: allow x -- y */\n", 2, UNREAD),
    "no colon": (f"{CREATE}\n{ALLOW.replace(':', '')}\n", 2, UNREAD),
    "behind a statement": (
        f"{CREATE} {ALLOW}\n{WHOLE.replace(';', ' WHERE id = 1;')}\n",
        1,
        "the suppression of data-change-unbatched stands behind a statement, not above one",
    ),
    "of nothing": (f"{CREATE}\n\n{ALLOW}\n{WHOLE.replace(';', ' WHERE id = 1;')}\n", 3, NOTHING),
    "twice": (f"{CREATE}\n{ALLOW}\n{ALLOW}\n{WHOLE}\n", 3, NOTHING),
    "at the end": (f"{CREATE}\n\n{ALLOW}\n", 3, NOTHING),
    "no rule": (f"{CREATE}\n-- harness: allow -- r\n", 2, "a comment for the harness that it does"),
    "two rules": (
        f"{CREATE}\n-- harness: allow file-name, encoding -- r\n",
        2,
        "a comment for the harness that it does not understand",
    ),
    "a dash that looks alike": (
        f"{CREATE}\n-- harness: allow file-name \u2013 r\n",
        2,
        "a comment for the harness that it does not understand",
    ),
    "no reason": (
        f"{CREATE}\n-- harness: allow file-name --  \n",
        2,
        "the suppression of file-name gives no reason",
    ),
    "itself": (
        f"{CREATE}\n-- harness: allow suppression-invalid -- r\n",
        2,
        'there is no rule "suppression-invalid" that can be suppressed',
    ),
    "history": (
        f"{ALLOW.replace('data-change-unbatched', 'released-file-changed')}\n\n{CREATE}\n",
        1,
        'there is no rule "released-file-changed" that can be suppressed',
    ),
    "a linter that is none": (
        f"{CREATE}\n-- harness: allow pylint:C0114 -- r\n",
        2,
        'there is no rule "pylint:C0114" that can be suppressed',
    ),
    "a rule of seeds": (
        f"{CREATE}\n-- harness: allow seed-ddl -- r\n",
        2,
        "seed-ddl never judges a file such as this one",
    ),
    "a rule of queries": (
        f"{CREATE}\n-- harness: allow query-fails -- r\n",
        2,
        "query-fails never judges a file such as this one",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_misuse_is_told_on_its_line(case: str) -> None:
    text, line, message = BAD[case]
    found = [each for each in told(text) if each[0] == "suppression-invalid"]
    assert found == [("suppression-invalid", line)]
    assert messages(text)[0].startswith(message)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("data-change-unbached", "data-change-unbatched"),
        ("lock-block-writes", "lock-blocks-writes"),
        ("LOCK-BLOCKS-WRITES", None),
        ("rolback-missing", "rollback-missing"),
        ("x", None),
    ],
)
def test_a_misspelt_rule_is_told_the_nearest_one(written: str, meant: str | None) -> None:
    (found,) = judge_statements(subject(f"-- harness: allow {written} -- r\n{CREATE}\n")).findings
    assert found.fix == (
        f"write {meant}" if meant else "remove the comment, or name a rule of docs/rules.md"
    )


@pytest.mark.parametrize(
    "rule", sorted(RULE_IDS - {"suppression-invalid", "released-file-changed"})
)
def test_text_alone_calls_no_suppression_of_a_rule_useless_that_a_server_proves(rule: str) -> None:
    of_text = {each.id for each in statements.RULES}
    for role in FileRole:
        found = messages(f"{CREATE}\n-- harness: allow {rule} -- r\n{CREATE}\n", role)
        if not judges(rule, role):
            assert found == [f"{rule} never judges a file such as this one"]
        else:
            assert found == ([f"the suppression of {rule} suppresses nothing"] * (rule in of_text))


def test_a_finding_of_another_line_is_pointed_at() -> None:
    text = f"{CREATE}\n{WHOLE}\n\n{ALLOW}\n{WHOLE.replace(';', ' WHERE id = 1;')}\n"
    (found,) = [each for each in judge_statements(subject(text)).findings if "supp" in each.rule]
    assert found.message.endswith("suppresses nothing: what the rule says is of line 2")
    assert found.fix == "write it above that statement, or at the top of the file"


def test_what_is_suppressed_is_kept_with_its_reason() -> None:
    script = subject(f"{CREATE}\n{ALLOW}\n{WHOLE}\n")
    found = [each for rule in statements.RULES for each in rule.findings(script)]
    settled: Settled = settle(found, (script,), RULE_IDS, frozenset())
    (kept,) = settled.suppressed
    assert (kept.finding.rule, kept.reason, kept.line) == (
        "data-change-unbatched",
        "poucas linhas",
        2,
    )


Run = Callable[..., Report]


def allow(rule: str) -> str:
    return f"-- harness: allow {rule} -- porque sim\n"


SETS = "SET LOCAL lock_timeout = '5s';\n\n"
INDEX = "CREATE INDEX notes_body ON public.notes (body);\n"
INSERT = "INSERT INTO public.notes (body) VALUES ('a');\n"
DROP = f"{SETS}DROP INDEX public.notes_body;\n"


@pytest.fixture
def report(tmp_path: Path, cluster: Cluster) -> Run:
    def run(*files: File) -> Report:
        root = write_tree(tmp_path / "db", *files).path
        plan, faults = read_plan(root, repository=tmp_path)
        read = PlanRead(plan=plan, faults=faults)
        return verify(read, select(plan), cluster, postgres="", server="")

    return run


def invalid(report: Report) -> list[tuple[str, int]]:
    return [
        (each.file.rpartition("/")[2], each.line)
        for each in report.findings
        if each.rule == SUPPRESSION_INVALID.id
    ]


def test_what_a_server_proves_is_suppressed_in_every_kind_of_file(report: Run) -> None:
    found = report(
        NOTES,
        migration("V100002", f"{SETS}{allow('lock-blocks-writes')}{INDEX}", DROP),
        seed(
            "S100001",
            f"{allow('seed-not-idempotent')}\nINSERT INTO public.notes (body) VALUES ('a');\n",
        ),
        migration(
            "V200001",
            f"{SETS}CREATE TABLE public.kinds (code text PRIMARY KEY, label text);\n"
            "COMMENT ON TABLE public.notes IS 'notas';\n",
            f"{allow('rollback-asymmetric')}\n{SETS}DROP TABLE public.kinds;\n",
        ),
    )
    assert invalid(found) == []
    assert {each.finding.rule for each in found.suppressed} >= {
        "lock-blocks-writes",
        "rollback-asymmetric",
        "seed-not-idempotent",
    }


def test_a_run_tells_what_suppresses_nothing_in_every_kind_of_file(report: Run) -> None:
    found = report(
        NOTES,
        migration(
            "V100002",
            f"{allow('table-rewrite')}\nCREATE TABLE public.kinds (code text PRIMARY KEY);\n",
            f"{allow('rollback-asymmetric')}\nDROP TABLE public.kinds;\n",
        ),
        seed("S100001", f"{allow('seed-ddl')}\n{allow('table-rewrite')}\nSELECT 1;\n"),
    )
    assert sorted(invalid(found)) == [
        ("R100002__core__expand__step.sql", 1),
        ("S100001__core__rows.sql", 1),
        ("S100001__core__rows.sql", 3),
        ("V100002__core__expand__step.sql", 1),
    ]


def test_no_suppression_is_useless_while_its_file_cannot_be_judged(report: Run) -> None:
    broken = "CREATE INDEX nowhere_id ON public.nowhere (id);\n"
    found = report(
        NOTES,
        migration(
            "V100002",
            f"{allow('lock-blocks-writes')}{broken}",
            f"{allow('rollback-asymmetric')}\nDROP INDEX public.nowhere_id;\n",
        ),
        seed("S100001", f"{allow('seed-not-idempotent')}\nSELECT 1;\n"),
    )
    assert invalid(found) == []
    assert {each.rule for each in found.findings if each.is_cause} == {"apply-fails"}
