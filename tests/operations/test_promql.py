"""What an expression reads, told from what it merely calls."""

from __future__ import annotations

import pytest

from harness.checks.operations.known import KnownMetrics
from harness.checks.operations.promql import Selector, selectors


def read(metric: str | None, *labels: str) -> Selector:
    return Selector(metric=metric, labels=labels)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("up", [read("up")]),
        ('up{job="db", instance=~"a.*"} == 0', [read("up", "job", "instance")]),
        ("rate(a_total[5m]) / on (job) group_left (team) b", [read("a_total"), read("b")]),
        ("sum by (job, role) (a) > bool 1", [read("a")]),
        ("sum(a) without (job)", [read("a")]),
        ("count(up) or vector(0) and on () c unless d", [read("up"), read("c"), read("d")]),
        ("max_over_time(a[1h:5m] offset 1d) > 1e9", [read("a")]),
        ("a:b:rate5m ^ 2 + Inf - NaN", [read("a:b:rate5m")]),
        ('{__name__="a", x!="1"}', [read("a", "x")]),
        ('{__name__=~"a|b"}', [read(None)]),
        ("a # up{x='1'}\n+ b", [read("a"), read("b")]),
        ("label_replace(a, 'x', '$1', 'y', '(up)')", [read("a")]),
        ("a{x=\"}\"} + b{y='{'}", [read("a", "x"), read("b", "y")]),
        ("histogram_quantile(0.95, sum by (le) (rate(a_bucket[5m])))", [read("a_bucket")]),
        ("a @ start() + topk(3, b)", [read("a"), read("b")]),
        ("count", [read("count")]),
    ],
)
def test_selectors(expression: str, expected: list[Selector]) -> None:
    assert list(selectors(expression)) == expected


@pytest.fixture
def known() -> KnownMetrics:
    return KnownMetrics(
        labels={"db_size_bytes": frozenset({"table"})},
        others=frozenset({"up"}),
        target_labels=frozenset({"job"}),
    )


@pytest.mark.parametrize(
    "expression",
    ["up", 'up{anything="x"}', 'db_size_bytes{table="a", job="b"}', 'ALERTS{alertname="A"}'],
)
def test_what_is_defined_is_not_objected_to(known: KnownMetrics, expression: str) -> None:
    assert list(known.objections(expression)) == []


def test_an_unknown_metric_is_named_with_its_neighbour(known: KnownMetrics) -> None:
    (said,) = known.objections("sum(db_size_byte) + sum(db_size_byte)")
    assert said == "nothing defines the metric db_size_byte: is it db_size_bytes?"


def test_a_label_that_no_series_has_is_named(known: KnownMetrics) -> None:
    (said,) = known.objections('db_size_bytes{tabel="a"}')
    assert said == "db_size_bytes has no label tabel (table), so this reads no series"
