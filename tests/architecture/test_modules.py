"""The house as the design draws it: which part may import which, and one home per dependency."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.architecture.source import REPOSITORY, Module, distributions, modules, part_of

LOWER = frozenset({"errors", "sql", "database", "plan", "catalog", "samples", "diff", "execute"})

MAY_IMPORT = {
    "errors": frozenset[str](),
    "sql": frozenset({"errors"}),
    "server": frozenset({"errors"}),
    "database": frozenset({"errors"}),
    "plan": frozenset({"sql", "errors"}),
    "catalog": frozenset({"errors"}),
    "samples": frozenset({"catalog", "sql", "errors"}),
    "diff": frozenset({"catalog", "errors"}),
    "execute": frozenset({"plan", "catalog", "diff", "sql", "errors"}),
    "operator": frozenset({"errors", "sql", "plan"}),
    "checks": LOWER | {"operator"},
    "render": frozenset({"checks", "execute", "catalog", "diff", "plan", "errors"}),
    "plugin": LOWER | {"server", "checks", "render"},
    "cli": LOWER | {"server", "operator", "checks", "render"},
    "__main__": frozenset({"cli"}),
    "harness": frozenset[str](),
}
"""The architecture's table. `samples` fills tables from the catalog of a database alone."""

HOMES = {
    "docker": {"server"},
    "postgast": {"sql", "samples", "checks"},
    "psycopg": {"server", "database", "catalog", "execute", "operator", "samples", "checks"},
    "pytest": {"plugin"},
    "sqlfluff": {"checks/static"},
    "testcontainers": {"server"},
    "xdist": {"plugin"},
    "yaml": {"plan", "checks/operations"},
}
"""One home per dependency. Three have more: psycopg wherever a connection is used, or its URL taken
apart; postgast where a statement's tree says what its text does not (whose rows a sample must
satisfy, whether a function's body is SQL); yaml where manifests are read, and where alerts are."""

LONGEST = 300
LONGER: dict[str, str] = {}
"""Modules that may be longer, with the reason."""

NAMELESS = re.compile(r"(^|_)(utils?|helpers?|common|misc)$")


def ids(module: Module) -> str:
    return module.name


@pytest.mark.parametrize("module", modules(), ids=ids)
def test_a_module_imports_only_what_lies_below_it(module: Module) -> None:
    assert module.part in MAY_IMPORT, f"{module.file}: a part that the table does not know"
    allowed = MAY_IMPORT[module.part] | {module.part}
    wrong = [
        f"{module.file}:{each.line}: {module.part} may not import {each.target}"
        for each in module.imports()
        if each.target.startswith("harness.") and part_of(each.target) not in allowed
    ]
    assert wrong == []


def test_no_two_modules_import_each_other() -> None:
    graph = {
        each.name: {
            found.target
            for found in each.imports(at_once=True)
            if found.target.startswith("harness") and found.target != each.name
        }
        for each in modules()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_each_dependency_has_its_home() -> None:
    assert list(_strangers()) == []


def _strangers() -> Iterator[str]:
    for module in modules():
        for name in sorted(distributions(module)):
            homes = HOMES.get(name, set())
            if not any(module.file.startswith(f"harness/{home}") for home in homes):
                yield f"{module.file} imports {name}, whose home is {sorted(homes) or 'nowhere'}"


def test_each_dependency_is_declared() -> None:
    with (REPOSITORY / "pyproject.toml").open("rb") as file:
        declared = " ".join(tomllib.load(file)["project"]["dependencies"])
    called = {"yaml": "pyyaml", "xdist": "pytest-xdist"}
    used = {called.get(name, name) for module in modules() for name in distributions(module)}
    assert {each for each in used if each not in declared} == set()


@pytest.mark.parametrize("folder", ["harness", "tests"], ids=["the harness", "its tests"])
def test_no_module_is_a_drawer_for_the_rest(folder: str) -> None:
    found = (REPOSITORY / folder).rglob("*")
    assert [each.as_posix() for each in found if NAMELESS.search(each.stem)] == []


@pytest.mark.parametrize("module", modules(), ids=ids)
def test_a_module_can_be_read_at_a_sitting(module: Module) -> None:
    if module.file in LONGER:
        assert module.lines > LONGEST, f"{module.file} needs no exception any more"
    else:
        assert module.lines <= LONGEST
