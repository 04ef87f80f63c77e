"""Headings as GitHub links to them, blocks with the comment above them, links."""

from __future__ import annotations

import pytest

from harness.checks.operations.markdown import read_markdown, slug, targets


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Simple", "simple"),
        ("Two words", "two-words"),
        ("O próximo mês não existe", "o-próximo-mês-não-existe"),
        ("`ops.ensure_partitions` falha", "opsensure_partitions-falha"),
        ("What now?", "what-now"),
        ("A & B", "a--b"),
        ("85 % full", "85--full"),
        ("**Bold** and *soft*", "bold-and-soft"),
        ("See [the manual](https://example.org)", "see-the-manual"),
        ("expand/contract", "expandcontract"),
        ("snake_case-kebab", "snake_case-kebab"),
    ],
)
def test_slug(heading: str, expected: str) -> None:
    assert slug(heading) == expected


def test_equal_headings_are_numbered() -> None:
    document = read_markdown("# A\n## A\n### A ###\nB\n=\n\nC\n---\n")
    assert document.anchors == {"a", "a-1", "a-2", "b", "c"}


def test_what_stands_in_a_block_is_no_heading_and_no_link() -> None:
    document = read_markdown("```sh\n# not this [a](b.md)\n```\n# This `[c](d.md)` [e](f.md)\n")
    assert "this-" in "".join(document.anchors)
    assert not any("not-this" in each for each in document.anchors)
    assert [each.target for each in document.links] == ["f.md"]


def test_a_block_knows_its_line_its_info_and_the_comment_above() -> None:
    document = read_markdown(
        "text\n\n<!-- harness: role=a -->\n\n```SQL session=b\nSELECT 1;\n```\n\n"
        "<!-- harness: role=lost -->\nbetween\n\n~~~~ sql\n```\n~~~~\n"
    )
    first, second = document.blocks
    assert (first.language, first.info, first.note) == ("sql", "session=b", "harness: role=a")
    assert (first.line, first.text) == (6, "SELECT 1;\n")
    assert (second.text, second.note, second.line) == ("```\n", "", 13)
    assert document.unclosed is None


def test_a_block_that_is_never_closed_is_told() -> None:
    assert read_markdown("a\n```sql\nSELECT 1;\n").unclosed == 2


def test_links_to_other_sites_are_left_alone() -> None:
    document = read_markdown("[a](https://example.org) [b](mailto:c@d.e) [e](#f) ![g](h.png)\n")
    assert [each.target for each in targets(document)] == ["#f"]
