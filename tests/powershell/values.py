"""PowerShell's values as Python's: conversion, members, and methods of the types in use."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

Value = Any
"""A string, number, boolean, None, list, `Table`, or one of the objects below."""


class Table(dict[str, Value]):
    """A hashtable, or an object made of one: keys in any case."""

    def __init__(self, entries: Iterable[tuple[str, Value]] = ()) -> None:
        super().__init__((key.lower(), value) for key, value in entries)

    def __getitem__(self, key: str) -> Value:
        return self.get(key.lower())

    def __setitem__(self, key: str, value: Value) -> None:
        super().__setitem__(key.lower(), value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """The name of a parameter in a call."""

    name: str


def text(value: Value) -> str:
    """Convert to a string, as an expandable string does."""
    if isinstance(value, list):
        return " ".join(map(text, value))
    return "" if value is None else str(value)


def true(value: Value) -> bool:
    """Convert to a boolean."""
    if isinstance(value, list) and len(value) < 2:
        return bool(value) and true(value[0])
    return True if isinstance(value, Table) else bool(value)


def items(value: Value) -> list[Value]:
    """Return what a loop or `@(…)` makes of a value."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def cast(kind: str, value: Value) -> Value:
    """Convert to a type, written as in a script: `[string]`."""
    name = kind.strip("[]").lower()
    if name in {"string", "int"} and kind.endswith("[]]"):
        return [cast(f"[{name}]", each) for each in items(value)]
    if kind.endswith("[]]"):
        return items(value)
    convert: Callable[[Value], Value] | None = _CONVERSIONS.get(name)
    return value if convert is None else convert(value)


def pattern(regex: str, *, exact: bool = False) -> re.Pattern[str]:
    """Translate a regular expression; comparisons ignore case unless they say otherwise."""
    translated = re.sub(r"\(\?<(?=\w)", "(?P<", regex)
    return re.compile(translated, re.NOFLAG if exact else re.IGNORECASE)


def matches(found: re.Match[str]) -> Table:
    """Return what `-match` leaves in `$Matches`."""
    return Table((key, value) for key, value in found.groupdict().items() if value is not None)


def member(value: Value, name: str) -> Value:
    """Read a property."""
    if isinstance(value, Table):
        if name.lower() not in value:
            raise AssertionError(f"strict mode: there is no property {name}")
        return value[name]
    if isinstance(value, list) and name == "Count":
        return len(value)
    return _PROPERTIES[type(value), name](value)


def call(value: Value, name: str, arguments: list[Value]) -> Value:
    """Call a method of a value."""
    return _METHODS[name](value, *arguments)


def call_static(kind: str, name: str, arguments: list[Value]) -> Value:
    """Call a method of a type."""
    return _STATIC[kind.strip("[]").lower(), name](*arguments)


class Host:
    """`$Host`, and its `UI`."""


def _write_error_line(_: Host, line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def _lines(path: str) -> list[Value]:
    return [*Path(path).read_text(encoding="utf-8-sig").splitlines()]


_PROPERTIES: dict[tuple[type, str], Callable[[Value], Value]] = {
    (str, "Length"): len,
    (Host, "UI"): lambda host: host,
    (type(Path()), "FullName"): str,
    (type(Path()), "Extension"): lambda path: path.suffix,
    (type(Path()), "Path"): str,
    (type(Path()), "ProviderPath"): str,
    (re.Match, "Value"): lambda found: found[0],
    (re.Match, "Groups"): lambda found: Table(
        (name, Table([("Value", found[name] or "")])) for name in found.re.groupindex
    ),
    (FileNotFoundError, "Message"): lambda error: error.strerror,
    (PermissionError, "Message"): lambda error: error.strerror,
}

_CONVERSIONS: dict[str, Callable[[Value], Value]] = {
    "bool": true,
    "int": int,
    "string": text,
    "switch": true,
}

_METHODS: dict[str, Callable[..., Value]] = {
    "Contains": lambda value, part: part in value,
    "ContainsKey": lambda table, key: key.lower() in table,
    "Replace": lambda value, old, new: value.replace(old, new),
    "StartsWith": lambda value, start: value.startswith(start),
    "Substring": lambda value, start: value[start:],
    "Trim": lambda value: value.strip(),
    "TrimStart": lambda value: value.lstrip(),
    "WriteErrorLine": _write_error_line,
}

_STATIC: dict[tuple[str, str], Callable[..., Value]] = {
    ("system.environment", "GetEnvironmentVariable"): os.environ.get,
    ("system.io.file", "ReadAllLines"): _lines,
    ("system.io.path", "IsPathRooted"): os.path.isabs,
    ("system.uri", "UnescapeDataString"): unquote,
    ("regex", "Matches"): lambda value, regex: [*pattern(regex, exact=True).finditer(value)],
}
