"""Which metrics there are: a db root's collectors, its recording rules, and declared others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from harness.checks.operations.collectors import read_collector
from harness.checks.operations.document import Mapping, read_mapping
from harness.checks.operations.files import OBSERVABILITY, Kind, OperationFile
from harness.checks.operations.promql import Selector, selectors

EXTERNAL = f"{OBSERVABILITY}/external-metrics.yml"
"""Below the db root: the metrics that other exporters define, and the labels that targets have.

    labels: [job, instance]
    metrics:
      up: Prometheus itself
"""

_ALERTS = frozenset({"ALERTS", "ALERTS_FOR_STATE"})


@dataclass(frozen=True, kw_only=True)
class KnownMetrics:
    """Every metric that an expression may name.

    ``labels`` holds the labels of each metric that a collector defines: beside those of the
    target, its series have no other. Of the rest only the names are known.
    """

    labels: dict[str, frozenset[str]]
    others: frozenset[str]
    target_labels: frozenset[str]

    def objections(self, expression: str) -> Iterator[str]:
        """Say what an expression reads that nothing defines."""
        for selector in dict.fromkeys(selectors(expression)):
            yield from self._objections(selector)

    def _objections(self, selector: Selector) -> Iterator[str]:
        name = selector.metric
        if name is None or name in self.others or name in _ALERTS:
            return
        if name not in self.labels:
            near = get_close_matches(name, self._names, n=1, cutoff=0.7)
            yield f"nothing defines the metric {name}" + (f": is it {near[0]}?" if near else "")
            return
        for label in selector.labels:
            if label not in self.labels[name] | self.target_labels:
                known = ", ".join(sorted(self.labels[name])) or "none of its own"
                yield f"{name} has no label {label} ({known}), so this reads no series"

    @cached_property
    def _names(self) -> list[str]:
        return [*self.labels, *self.others]


def read_known(root: Path, files: Iterable[OperationFile]) -> KnownMetrics:
    """Gather every metric that the files of a db root define or declare."""
    labels: dict[str, frozenset[str]] = {}
    recorded: set[str] = set()
    for file in files:
        if file.kind is Kind.COLLECTOR:
            for metric in read_collector(file.path).metrics:
                labels[metric.name] = labels.get(metric.name, frozenset()) | set(metric.labels)
        elif file.kind is Kind.ALERTS:
            recorded.update(_recorded(_read(file.path)))
    external = _read(root / EXTERNAL)
    return KnownMetrics(
        labels=labels,
        others=frozenset(recorded | set(external.mapping("metrics").values)),
        target_labels=frozenset(external.texts("labels")),
    )


def _read(path: Path) -> Mapping:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return Mapping(line=1)
    return read_mapping(text)[0]


def _recorded(top: Mapping) -> Iterator[str]:
    for group in top.mappings("groups"):
        for rule in group.mappings("rules"):
            name = rule.text("record")
            if name is not None:
                yield name
