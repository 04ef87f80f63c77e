"""A Grafana dashboard as its JSON says it: panels, queries, variables."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from harness.checks.operations.fault import Fault

_VARIABLE = re.compile(r"\$\{(?P<braced>\w+)(?::[^}]*)?\}|\[\[(?P<square>\w+)\]\]|\$(?P<plain>\w+)")
_DURATIONS = {"__interval": "1m", "__rate_interval": "5m", "__range": "1h"}
_NUMBERS = {"__interval_ms": "60000", "__range_s": "3600", "__range_ms": "3600000"}
_GIVEN = frozenset({"__from", "__to", "__dashboard", "__user", "__org", "timeFilter", "__name"})
_DATASOURCE = "datasource"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A panel's query; ``line`` is where it stands in the file."""

    panel: str
    line: int
    datasource: str
    expression: str | None = None
    statement: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A variable of a dashboard and the value that it starts with."""

    name: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """A dashboard; ``faults`` is what Grafana would refuse or leave empty."""

    uid: str
    title: str
    targets: tuple[Target, ...] = ()
    variables: tuple[Variable, ...] = ()
    faults: tuple[Fault, ...] = ()

    def expanded(self, expression: str) -> str:
        """Replace variables by what they start with, as Grafana does before it asks."""
        values = {each.name: each.value for each in self.variables}
        known = _DURATIONS | _NUMBERS | {name: value or "x" for name, value in values.items()}
        return _VARIABLE.sub(lambda match: known.get(_name(match), match[0]), expression)

    def undefined(self, expression: str) -> tuple[str, ...]:
        """Name the variables of an expression that the dashboard does not define."""
        known = {each.name for each in self.variables} | {*_DURATIONS, *_NUMBERS} | _GIVEN
        used = (_name(match) for match in _VARIABLE.finditer(expression))
        return tuple(each for each in dict.fromkeys(used) if each not in known)


def read_dashboard(text: str) -> Dashboard:
    """Read a dashboard; whatever it is not becomes a fault."""
    try:
        top = json.loads(text)
    except json.JSONDecodeError as error:
        fault = Fault(line=error.lineno, message=f"no JSON: {error.msg}")
        return Dashboard(uid="", title="", faults=(fault,))
    if not isinstance(top, dict):
        return Dashboard(uid="", title="", faults=(Fault(line=1, message="no JSON object"),))
    lines = text.splitlines()
    panels = tuple(_panels(top))
    return Dashboard(
        uid=_text(top, "uid"),
        title=_text(top, "title"),
        targets=tuple(each for panel in panels for each in _targets(panel, lines)),
        variables=tuple(_variables(top)),
        faults=tuple(_faults(top, panels, lines)),
    )


def _faults(top: dict[str, Any], panels: tuple[Any, ...], lines: list[str]) -> Iterator[Fault]:
    for key in ("uid", "title"):
        if not _text(top, key):
            yield Fault(line=1, message=f'the dashboard has no "{key}"')
    if not any(_list(panel, "targets") for panel in panels):
        yield Fault(line=1, message="no panel of the dashboard asks anything")
    ids: dict[Any, str] = {}
    for panel in panels:
        title = _text(panel, "title")
        line = _line_of(lines, title)
        if not title and _list(panel, "targets"):
            yield Fault(line=line, message="a panel has no title")
        number = panel.get("id")
        if number is not None and number in ids:
            said = f'"{title}" has the id {number} of "{ids[number]}"'
            yield Fault(line=line, message=said, object=title)
        ids.setdefault(number, title)


def _panels(holder: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for panel in _list(holder, "panels"):
        yield panel
        yield from _panels(panel)


def _targets(panel: dict[str, Any], lines: list[str]) -> Iterator[Target]:
    title = _text(panel, "title")
    for target in _list(panel, "targets"):
        expression, statement = _text(target, "expr"), _text(target, "rawSql")
        yield Target(
            panel=title,
            line=_line_of(lines, expression or statement or title),
            datasource=_datasource(target) or _datasource(panel),
            expression=expression or None,
            statement=statement or None,
        )


def _variables(top: dict[str, Any]) -> Iterator[Variable]:
    templating = top.get("templating")
    for each in _list(templating, "list") if isinstance(templating, dict) else ():
        current = each.get("current")
        value = current.get("value") if isinstance(current, dict) else None
        yield Variable(
            name=_text(each, "name"),
            kind=_text(each, "type"),
            value=value if isinstance(value, str) else "",
        )


def _datasource(holder: dict[str, Any]) -> str:
    value = holder.get(_DATASOURCE)
    if isinstance(value, dict):
        return _text(value, "uid")
    return value if isinstance(value, str) else ""


def _line_of(lines: list[str], text: str) -> int:
    """Find the line on which a value stands: JSON itself keeps none."""
    if text:
        for spelled in (json.dumps(text, ensure_ascii=False), json.dumps(text)):
            for number, line in enumerate(lines, start=1):
                if spelled in line:
                    return number
    return 1


def _list(holder: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = holder.get(key)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _text(holder: dict[str, Any], key: str) -> str:
    value = holder.get(key)
    return value if isinstance(value, str) else ""


def _name(match: re.Match[str]) -> str:
    return match["braced"] or match["square"] or match["plain"] or ""
