"""The page of all rules says what the rules say today."""

from __future__ import annotations

import re
from pathlib import Path

from harness.checks.documentation import PAGE, documented, link, page
from harness.checks.registry import RULES
from harness.checks.static.squawk_rules import SUPERSEDED

REPOSITORY = Path(__file__).parents[2]
STALE = f"{PAGE} is stale: python -m harness.checks.documentation"


def test_the_page_is_current() -> None:
    assert (REPOSITORY / PAGE).read_text(encoding="utf-8") == page(REPOSITORY), STALE


def test_every_rule_is_linked_to_a_heading_that_exists() -> None:
    text = page(REPOSITORY)
    headings = re.findall(r"^##+ (.*)$", text, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}
    ids = [rule.id for rule in RULES]
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
    sections = page(REPOSITORY).split("\n## ")[1:]
    poor = [
        each.partition("\n")[0]
        for each in sections
        if not each.startswith("Linters")
        and not ("**Caught**" in each and "**Not caught**" in each)
    ]
    assert poor == []
