"""Which files are whose, and what their comments declare."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.checks.operations import Kind, kind_of, operation_files
from harness.checks.operations.comments import columns_in, leading_comments, role_in
from harness.checks.operations.document import read_mapping

DB = Path("/somewhere/backend/db")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("observability/queries/a.sql", Kind.QUERY),
        ("observability/queries/deeper/a.sql", Kind.QUERY),
        ("observability/queries/a.collector.yml", Kind.COLLECTOR),
        ("observability/queries/a.yaml", Kind.COLLECTOR),
        ("observability/alerts/a.yml", Kind.ALERTS),
        ("observability/alerts/tests/a.test.yml", Kind.ALERT_TESTS),
        ("observability/dashboards/a.json", Kind.DASHBOARD),
        ("../runbooks/a.md", Kind.RUNBOOK),
        ("runbooks/a.md", Kind.RUNBOOK),
        ("runbooks/a.png", None),
        ("scripts/apply.psql", Kind.RUNNER),
        ("scripts/rollback.psql", None),
        ("scripts/lib/apply.psql", None),
        ("observability/README.md", None),
        ("observability/external-metrics.yml", None),
        ("migrations/phase-100-mvp/core/V100001__core__expand__a.sql", None),
    ],
)
def test_the_place_tells_the_kind(path: str, kind: Kind | None) -> None:
    assert kind_of(Path(DB, path).resolve(), DB) is kind


def test_files_are_sorted_and_named_from_the_repository(tmp_path: Path) -> None:
    for name in ("db/observability/queries/b.sql", "db/observability/queries/a.sql"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "runbooks").mkdir()
    (tmp_path / "runbooks" / "z.md").touch()
    found = operation_files(tmp_path / "db", tmp_path)
    assert [each.file for each in found] == [
        "db/observability/queries/a.sql",
        "db/observability/queries/b.sql",
        "runbooks/z.md",
    ]


def test_declarations_go_on_over_lines() -> None:
    text = (
        "-- Pergunta: o quê?\n-- colunas: a,\n-- b (em segundos), `c`\n-- papel: x_y (lê)\nSELECT 1"
    )
    comments = leading_comments(text, "--")
    assert columns_in(comments) == ("a", "b", "c")
    assert role_in(comments) == "x_y"


def test_a_value_of_yaml_knows_its_line() -> None:
    top, faults = read_mapping("a: 1\nb:\n  - c: |\n      first\n      second\n    d: [x, y]\n")
    (item,) = top.mappings("b")
    assert faults == ()
    assert (item.text("c"), item.line_of("c"), item.text_line("c")) == ("first\nsecond\n", 3, 4)
    assert item.texts("d") == ("x", "y")


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: [", 1), ("- a\n", 1), ("", 1), ("a: 1\nb: 2\na: 3\n", 3), ("a: 1\n\tb: 2\n", 2)],
)
def test_what_is_no_mapping_is_a_fault_with_its_line(text: str, line: int) -> None:
    _, (fault, *_) = read_mapping(text)
    assert fault.line == line
