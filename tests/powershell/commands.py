"""The commands that the scripts use, with the parameters that they use."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.powershell.values import Flag, Table, Value, items

_SWITCHES = frozenset({"parent", "recurse", "file"})


def run(name: str, arguments: list[Value]) -> Iterator[Value]:
    """Run a command and yield what it writes."""
    named, rest = _split(name, arguments)
    yield from _COMMANDS[name](named, rest)


def _split(name: str, arguments: list[Value]) -> tuple[Table, list[Value]]:
    named, rest, waiting = Table(), [], list(arguments)
    while waiting:
        each = waiting.pop(0)
        if not isinstance(each, Flag):
            rest.append(each)
        elif each.name in _SWITCHES:
            named[each.name] = True
        else:
            assert waiting, f"{name}: no value for -{each.name}"
            named[each.name] = waiting.pop(0)
    return named, rest


def _path(named: Table) -> Path:
    return Path(named["LiteralPath"].replace("\\", "/"))


def _test_path(named: Table, _: list[Value]) -> Iterator[bool]:
    path = _path(named)
    yield path.is_file() if named["PathType"] == "Leaf" else path.is_dir()


def _get_child_item(named: Table, _: list[Value]) -> Iterator[Path]:
    """Yield files folder by folder, as no caller may rely on."""
    found = Path(named["LiteralPath"]).rglob("*")
    yield from sorted((each for each in found if each.is_file()), reverse=True)


def _get_command(named: Table, _: list[Value]) -> Iterator[Path]:
    found = shutil.which(named["Name"])
    if found is not None:
        yield Path(found)


def _new_object(named: Table, _: list[Value]) -> Iterator[Value]:
    yield Table() if named["Property"] is None else Table(named["Property"].items())


def _sort_object(named: Table, _: list[Value]) -> Iterator[Value]:
    keys = [*items(named["Property"])]
    yield from sorted(items(named["InputObject"]), key=lambda each: [each[key] for key in keys])


_PLACES: list[str] = []


def _push_location(named: Table, _: list[Value]) -> Iterator[Value]:
    _PLACES.append(os.getcwd())  # noqa: PTH109 - the process's own, as the called psql sees it
    os.chdir(named["LiteralPath"])
    yield from ()


def _pop_location(_named: Table, _: list[Value]) -> Iterator[Value]:
    os.chdir(_PLACES.pop())
    yield from ()


_COMMANDS: dict[str, Callable[[Table, list[Value]], Iterator[Value]]] = {
    "Get-ChildItem": _get_child_item,
    "Get-Command": _get_command,
    "Join-Path": lambda _, rest: iter([os.path.join(*rest)]),  # noqa: PTH118 - text, as there
    "New-Object": _new_object,
    "Pop-Location": _pop_location,
    "Push-Location": _push_location,
    "Resolve-Path": lambda named, _: iter([_path(named).absolute()]),
    "Set-StrictMode": lambda _named, _rest: iter(()),
    "Sort-Object": _sort_object,
    "Split-Path": lambda _, rest: iter([os.path.dirname(rest[0])]),  # noqa: PTH120 - text, too
    "Test-Path": _test_path,
    "Write-Output": lambda _, rest: iter(rest),
    "Write-Verbose": lambda _named, _rest: iter(()),
}
