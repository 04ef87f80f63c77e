"""Statements broken at random: our reading stops where a server's scanner and grammar stop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg.pq import TransactionStatus

from harness.database import Cluster
from harness.sql import parse_script
from tests.sql.asking import Connection, refusal
from tests.sql.test_server import cases

# A session whose transaction has failed parses what it is sent, and then refuses to run it: but
# for what ends a transaction.
ABORTED = "25P02"
RUNS = ("COMMIT", "ROLLBACK", "END", "ABORT", "PREPARE")
# libpg_query is kind to letters behind a parameter, and looks for UESCAPE no further than to a
# comment: two faults of a text can then be told in another order.
OTHERWISE = ("$0", "$1", "$2", "UESCAPE")

BASES = (
    *cases("tricky.txt"),
    *(Path(__file__).parents[1] / "rules/manual.sql").read_text(encoding="utf-8").split(";\n"),
)
PIECES = (
    *("$$", "$a$", "'", '"', "--", "/*", "*/", ";", "E'", "e'a\\'b'", "U&'", 'U&"'),
    *("(", ")", "é", "😀", "\n", "\r", "\t", "\f", "\u00a0", " ", "'a'\n'b'", "::", ":=", "[1:2]"),
    *("1_0", "0x1", "1e", "@-", "+-", "-- x\n", "/* é */", "\\", "B'1'", "n'x'", "||", "~", "x"),
    "E'a' -- é\n 'b\\''",
)
EDITS = st.lists(
    st.tuples(st.integers(0, 2000), st.one_of(st.sampled_from(PIECES), st.integers(1, 12))),
    min_size=1,
    max_size=5,
)


def edited(text: str, edits: list[tuple[int, str | int]]) -> str:
    """Put a piece at a place, or take as many characters away from it, one edit after another."""
    for place, edit in edits:
        at = place % (len(text) + 1)
        added, taken = (edit, 0) if isinstance(edit, str) else ("", edit)
        text = text[:at] + added + text[at + taken :]
    return text


@pytest.fixture(scope="module")
def aborted(cluster: Cluster) -> Iterator[Connection]:
    made = cluster.create()
    with made.connect() as opened:
        yield opened
    cluster.drop(made)


def abort(connection: Connection) -> None:
    if connection.info.transaction_status is not TransactionStatus.INERROR:
        connection.execute("ROLLBACK")
        connection.execute("BEGIN")
        with pytest.raises(psycopg.errors.DivisionByZero):
            connection.execute("SELECT 1 / 0")


@settings(max_examples=1500, deadline=None, derandomize=True)
@given(base=st.sampled_from(BASES), edits=EDITS)
def test_what_is_broken_is_refused_at_the_server_s_place(
    aborted: Connection, base: str, edits: list[tuple[int, str | int]]
) -> None:
    text = edited(base, edits)
    if any(word in text.upper() for word in (*RUNS, *OTHERWISE)):
        return
    abort(aborted)
    said, fault = refusal(aborted, text), parse_script(text).fault
    if fault is None:
        assert said is None or not said.by_grammar or said.sqlstate == ABORTED
    else:
        assert said is not None
        assert said.message == fault.message
        assert said.line in {0, fault.line}
        assert said.column in {0, fault.column}
