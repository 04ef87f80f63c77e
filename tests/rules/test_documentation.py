"""The page of all rules says what the rules say today."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from harness.checks.documentation import PAGE, documented, link, page, proven_in
from harness.checks.excerpts import file_excerpt, tree_excerpt
from harness.checks.registry import RULES
from harness.checks.static.squawk_rules import SUPERSEDED
from harness.checks.verdicts import Report
from harness.render.report import report_text

REPOSITORY = Path(__file__).parents[2]
STALE = f"{PAGE} is stale: python -m harness.checks.documentation"


def test_the_page_is_current() -> None:
    assert (REPOSITORY / PAGE).read_text(encoding="utf-8") == page(REPOSITORY), STALE


def test_every_rule_is_linked_to_a_heading_that_exists() -> None:
    text = page(REPOSITORY)
    headings = re.findall(r"^##+ (.*)$", text, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}
    ids = [rule.id for rule in RULES]
    assert len(anchors) == len(headings), "a heading stands twice: the second has another anchor"
    named = {link(each).partition("#")[2] for each in [*ids, "squawk:x", "sqlfluff:LT01"]}
    assert named <= anchors


def test_what_squawk_leaves_to_us_is_a_rule_of_ours() -> None:
    known = {rule.id for rule in RULES} | {"interruption-unsafe", "needs-superuser"}
    assert set(SUPERSEDED.values()) <= known


def test_a_rule_that_is_proven_twice_is_declared_once() -> None:
    words = {(rule.id, rule.title, rule.effect, rule.fix, rule.proof) for rule in RULES}
    assert len(words) == len({rule.id for rule in RULES})


def test_every_rule_has_words_and_cases() -> None:
    for rule in documented():
        assert rule.title
        assert rule.effect
        assert rule.fix


def test_every_rule_of_the_page_shows_both_cases() -> None:
    sections = page(REPOSITORY).split("\n## `")[1:]
    poor = [
        each.partition("`")[0]
        for each in sections
        if not ("**Caught**" in each and "**Not caught**" in each)
    ]
    assert poor == []
    assert len(sections) == len(documented())


def test_every_rule_stands_in_the_table_with_the_test_that_proves_it() -> None:
    text = page(REPOSITORY)
    table = text.partition("\n## `")[0]
    for rule in documented():
        assert table.count(f"](#{rule.id})") == 1, rule.id
        assert proven_in(rule.id), rule.id


def test_the_tests_of_the_page_are_those_that_run() -> None:
    named = re.findall(r"^\*\*`(\w+|second-runner)`\*\*:", page(REPOSITORY), re.MULTILINE)
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert {"structure", "statements", "locks", "isolation", "seeds"} <= set(named)
    assert len(named) == len(set(named))
    assert all(f"`{each}" in readme for each in named[: named.index("seeds") + 1])


def test_a_case_shows_where_a_finding_points() -> None:
    sections = page(REPOSITORY).split("\n## `")[1:]
    pointless = [
        each.partition("`")[0]
        for each in sections
        if "\u2190 here" not in each.partition("**Not caught**")[0]
    ]
    assert set(pointless) == {"rows-changed", "undeclared-loss", "declared-loss-absent"}


def test_a_long_case_shows_what_tells_it_from_the_other(tmp_path: Path) -> None:
    same = [f"SELECT {number};" for number in range(60)]
    bad, good = tmp_path / "bad.sql", tmp_path / "good.sql"
    bad.write_text("\n".join([*same, "SELECT a; -- expect", *same]), encoding="utf-8")
    good.write_text("\n".join([*same, "SELECT b;", *same]), encoding="utf-8")
    around = ["SELECT 58;", "SELECT 59;"], ["SELECT 0;", "SELECT 1;"]
    for case, other, line in ((bad, good, "SELECT a; -- \u2190 here"), (good, bad, "SELECT b;")):
        shown = file_excerpt(case, other).splitlines()
        assert shown == ["```sql", "…", *around[0], line, *around[1], "…", "```"]


def test_a_tree_shows_the_files_that_matter(tmp_path: Path) -> None:
    for kind, text in (("bad", "SELECT 2;"), ("good", "SELECT 3;")):
        root = tmp_path / kind
        for name in ("migrations/V000001__a.sql", "rollback/R000001__a.sql", "other.sql"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(f"SELECT 1;\n{text}\n", encoding="utf-8")
        (root / "empty.sql").touch()
    (tmp_path / "bad/expected.txt").write_text("rollback/R000001__a.sql:2\nempty.sql:1\n")
    assert tree_excerpt(tmp_path / "bad", tmp_path / "good").splitlines() == [
        "```text",
        "empty.sql  \u2190 here",
        "migrations/V000001__a.sql",
        "    SELECT 1;",
        "    SELECT 2;",
        "other.sql",
        "rollback/R000001__a.sql",
        "    SELECT 1;",
        "    SELECT 2;  \u2190 here",
        "```",
    ]
    assert "    SELECT 3;" in tree_excerpt(tmp_path / "good", tmp_path / "bad")


def test_a_report_ends_with_the_places_where_its_rules_are_explained() -> None:
    rule = next(each for each in RULES if each.id == "syntax-error")
    found = [rule.finding("x", file="a.sql", line=line) for line in (1, 2)]
    report = Report(postgres="17", server="url", migrations=(), findings=tuple(found), seconds=1)
    assert report_text(report).count("docs/rules.md#syntax-error") == 1
    assert "docs/rules.md" not in report_text(replace(report, findings=()))
