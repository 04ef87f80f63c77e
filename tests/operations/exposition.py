"""What a scrape of the collectors would answer, in Prometheus's own format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import yaml

from harness.checks.operations.collectors import Metric, read_collector

Connection = psycopg.Connection[Any]
Series = dict[tuple[str, ...], float]


def scrape(connection: Connection, metric: Metric) -> Series:
    """Run a metric's query; return its values by the values of its labels."""
    cursor = connection.execute(metric.query.encode())
    names = [each.name for each in cursor.description or ()]
    found: Series = {}
    for row in cursor.fetchall():
        of = dict(zip(names, row, strict=True))
        labels = tuple(str(of[each]) for each in metric.key_labels)
        for value in metric.values:
            found[labels] = float(of[value])
    return found


def exposition(connection: Connection, files: list[Path]) -> str:
    """Scrape every collector."""
    return "\n".join(line for path in files for line in _lines(connection, path)) + "\n"


def _lines(connection: Connection, path: Path) -> Iterator[str]:
    said = {each["metric_name"]: each for each in yaml.safe_load(path.read_text())["metrics"]}
    for metric in read_collector(path).metrics:
        yield f"# HELP {metric.name} {said[metric.name]['help']}"
        yield f"# TYPE {metric.name} {said[metric.name]['type']}"
        for labels, value in scrape(connection, metric).items():
            pairs = zip(metric.key_labels, labels, strict=True)
            yield metric.name + "{" + ",".join(f'{n}="{v}"' for n, v in pairs) + f"}} {value}"
