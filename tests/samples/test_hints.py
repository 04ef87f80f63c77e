"""What a CHECK constraint says about columns, as `pg_get_expr` writes it."""

from __future__ import annotations

import pytest

from harness.samples.hints import About, Hint, Relation, read_hints


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        (
            "((risk >= 0) AND (risk <= 100))",
            (
                Hint("risk", About.VALUE, ">=", ("0",), strict=True),
                Hint("risk", About.VALUE, "<=", ("100",), strict=True),
            ),
        ),
        (
            "(status = ANY (ARRAY['a'::text, 'b'::text]))",
            (Hint("status", About.VALUE, "=", ("a", "b"), strict=True),),
        ),
        ("('-5'::integer < x)", (Hint("x", About.VALUE, ">", ("-5",), strict=True),)),
        (
            "(char_length(btrim(name)) >= 1)",
            (Hint("name", About.LENGTH, ">=", ("1",), strict=True),),
        ),
        ("(ends_on > starts_on)", (Relation("ends_on", ">", "starts_on"),)),
        (
            "(code ~ '^[a-z]+$'::text)",
            (Hint("code", About.PATTERN, "~", ("^[a-z]+$",), strict=True),),
        ),
        (
            "(days <@ '{1,2}'::smallint[])",
            (Hint("days", About.MEMBERS, "<@", ("1", "2"), strict=True),),
        ),
        (
            "((a IS NULL) OR (b > 3))",
            (
                Hint("a", About.NULL, "is", (), strict=False),
                Hint("b", About.VALUE, ">", ("3",), strict=False),
            ),
        ),
        ("(code = lower(code))", (Hint("code", About.LOWER, "=", (), strict=True),)),
        ("this is no SQL", ()),
    ],
)
def test_a_check_is_read_into_hints(expression: str, said: tuple[object, ...]) -> None:
    assert read_hints(expression) == said
