"""Comments without number are read in time: libpg_query alone would take hours."""

from __future__ import annotations

import pytest

from harness.sql import SyntaxFault, parse_script

MANY = 200_000


def test_many_comments_are_no_statement() -> None:
    assert parse_script("/**/" * MANY).statements == ()


def test_statements_between_many_comments_keep_their_lines() -> None:
    script = parse_script("/* um */ SELECT 1;\n" * 3_000)
    assert script.fault is None
    assert [each.line for each in script.statements] == list(range(1, 3_001))
    assert script.statements[0].column == 10


@pytest.mark.parametrize("end", ["", "*/"])
def test_a_comment_that_is_never_closed_is_one_fault(end: str) -> None:
    script = parse_script("SELECT 1;\n" + "/*" * MANY + end)
    assert script.fault == SyntaxFault(message="unterminated /* comment", line=2, column=1)
