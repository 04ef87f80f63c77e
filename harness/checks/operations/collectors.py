"""sql_exporter's collector files: which metrics they define, and by which query."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from harness.checks.operations.comments import leading_comments, role_in
from harness.checks.operations.document import Mapping, read_mapping
from harness.checks.operations.fault import Fault

SUFFIX = ".collector.yml"
"""What sql_exporter's own configuration looks for (`collector_files: ["*.collector.yml"]`)."""

_COLLECTOR_KEYS = frozenset({"collector_name", "min_interval", "metrics", "queries"})
_METRIC_KEYS = frozenset(
    {
        "metric_name",
        "type",
        "help",
        "key_labels",
        "static_labels",
        "value_label",
        "values",
        "query",
        "query_ref",
        "no_prepared_statement",
        "static_value",
        "timestamp_value",
    }
)
_QUERY_KEYS = frozenset({"query_name", "query", "no_prepared_statement"})
_TYPES = ("gauge", "counter")
_METRIC_NAME = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
_LABEL_NAME = re.compile(r"(?!__)[a-zA-Z_][a-zA-Z0-9_]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A metric and the columns of its query that make it.

    ``labels`` are all the labels that its series carry; ``key_labels`` those that are columns.
    ``query_line`` is the line on which the text of the query starts.
    """

    name: str
    line: int
    key_labels: tuple[str, ...]
    values: tuple[str, ...]
    labels: tuple[str, ...]
    query: str
    query_line: int

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the query must return for this metric."""
        return (*self.key_labels, *self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collector:
    """A file of metrics; ``role`` is who it says runs its queries."""

    path: Path
    name: str
    role: str | None
    metrics: tuple[Metric, ...]
    faults: tuple[Fault, ...]


def read_collector(path: Path) -> Collector:
    """Read a collector file; what sql_exporter would refuse becomes a fault."""
    text = path.read_text(encoding="utf-8", errors="replace")
    top, faults = read_mapping(text)
    found = [*faults, *(_faults(path, top) if not faults else ())]
    return Collector(
        path=path,
        name=top.text("collector_name") or path.name,
        role=role_in(leading_comments(text, "#")),
        metrics=tuple(_metrics(top)),
        faults=tuple(found),
    )


def _faults(path: Path, top: Mapping) -> Iterator[Fault]:
    if not path.name.endswith(SUFFIX):
        yield Fault(line=1, message=f"sql_exporter reads only files that end in {SUFFIX}")
    yield from _unknown(top, _COLLECTOR_KEYS, "a collector")
    yield from _missing(top, ("collector_name", "metrics"), "the collector")
    if not top.mappings("metrics"):
        yield Fault(line=top.line_of("metrics"), message="the collector has no metric")
    for query in top.mappings("queries"):
        yield from _unknown(query, _QUERY_KEYS, "a query")
        yield from _missing(query, ("query_name", "query"), "a query")
    named = {each.text("query_name") for each in top.mappings("queries")}
    used = {each.text("query_ref") for each in top.mappings("metrics")}
    for query in top.mappings("queries"):
        if query.text("query_name") not in used:
            name = query.text("query_name")
            yield Fault(line=query.line, message=f'no metric uses the query "{name}"')
    for metric in top.mappings("metrics"):
        yield from _faults_of_metric(metric, named)


def _faults_of_metric(metric: Mapping, queries: set[str | None]) -> Iterator[Fault]:
    name = metric.text("metric_name") or "a metric"
    yield from _unknown(metric, _METRIC_KEYS, name)
    yield from _missing(metric, ("metric_name", "type", "help"), name)
    if metric.text("type") not in {None, *_TYPES}:
        said = f'{name} has the type "{metric.text("type")}", not {" or ".join(_TYPES)}'
        yield Fault(line=metric.line_of("type"), message=said, object=name)
    if not _METRIC_NAME.fullmatch(metric.text("metric_name") or "_"):
        yield Fault(line=metric.line, message=f'"{name}" cannot be the name of a metric')
    for label in _labels(metric):
        if not _LABEL_NAME.fullmatch(label):
            yield Fault(line=metric.line, message=f'{name}: "{label}" cannot be a label')
    yield from _faults_of_value(metric, name)
    reference, own = metric.text("query_ref"), metric.text("query")
    if (reference is None) == (own is None):
        said = f"{name} needs exactly one of `query` and `query_ref`"
        yield Fault(line=metric.line, message=said, object=name)
    elif reference is not None and reference not in queries:
        said = f'{name}: there is no query "{reference}" in this file'
        yield Fault(line=metric.line_of("query_ref"), message=said, object=name)


def _faults_of_value(metric: Mapping, name: str) -> Iterator[Fault]:
    values = metric.texts("values")
    if bool(values) == ("static_value" in metric.values):
        said = f"{name} needs exactly one of `values` and `static_value`"
        yield Fault(line=metric.line, message=said, object=name)
    if len(values) > 1 and metric.text("value_label") is None:
        said = f"{name} has {len(values)} values and no `value_label` to tell them apart"
        yield Fault(line=metric.line_of("values"), message=said, object=name)


def _metrics(top: Mapping) -> Iterator[Metric]:
    queries = {each.text("query_name"): each for each in top.mappings("queries")}
    for metric in top.mappings("metrics"):
        holder = metric if metric.text("query") else queries.get(metric.text("query_ref"))
        name, query = metric.text("metric_name"), holder.text("query") if holder else None
        if holder is not None and name is not None and query is not None:
            stamp = metric.text("timestamp_value")
            yield Metric(
                name=name,
                line=metric.line,
                key_labels=metric.texts("key_labels"),
                values=(*metric.texts("values"), *((stamp,) if stamp else ())),
                labels=tuple(_labels(metric)),
                query=query,
                query_line=holder.text_line("query"),
            )


def _labels(metric: Mapping) -> Iterator[str]:
    yield from metric.texts("key_labels")
    yield from metric.mapping("static_labels").values
    label = metric.text("value_label")
    if label is not None and len(metric.texts("values")) > 1:
        yield label


def _unknown(mapping: Mapping, known: frozenset[str], what: str) -> Iterator[Fault]:
    for key in mapping.values:
        if key not in known:
            said = f'sql_exporter knows no key "{key}" in {what}'
            yield Fault(line=mapping.line_of(key), message=said)


def _missing(mapping: Mapping, keys: tuple[str, ...], what: str) -> Iterator[Fault]:
    for key in keys:
        if key not in mapping.values:
            yield Fault(line=mapping.line, message=f'{what} has no "{key}"')
