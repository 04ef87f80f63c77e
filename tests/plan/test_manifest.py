"""The manifest's form: every key, type and duplicate, in every position."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from harness.plan import MANIFEST, Fault, Plan, read_plan
from harness.plan.manifest import read_manifest
from harness.plan.shape import Faults

GOOD: dict[str, Any] = {
    "version": 1,
    "project": "sample",
    "strategy": "sql-first",
    "convention": {
        "pattern": "V{phase}{seq}__{domain}__{change_type}__{slug}.sql",
        "rollback_pattern": "R{phase}{seq}__{domain}__{change_type}__{slug}.sql",
        "change_type": ["expand", "contract"],
        "schema_per_domain": True,
    },
    "prerequisites": {
        "postgres": 16,
        "owner": "sample_owner",
        "roles": ["sample_app"],
        "app_roles": ["sample_app"],
    },
    "phases": [
        {
            "id": "phase-100-mvp",
            "order": 100,
            "release": "1.0",
            "status": "open",
            "domains": ["core"],
            "migrations": [
                "migrations/phase-100-mvp/core/V100001__core__expand__a.sql",
                {
                    "path": "migrations/phase-100-mvp/core/V100002__core__contract__b.sql",
                    "after": ["V100001"],
                    "ready": "SELECT count(*) FROM a",
                    "loses": ["a.b"],
                },
            ],
            "seeds": ["seeds/phase-100-mvp/S100001__core__a.sql"],
        }
    ],
}

Path_ = tuple[Any, ...]


def faults_of(document: object) -> tuple[list[Fault], str]:
    text = document if isinstance(document, str) else yaml.safe_dump(document, sort_keys=False)
    faults = Faults("m.yaml")
    read_manifest(text, faults)
    return faults.found, text


def positions(value: object, path: Path_ = ()) -> Iterator[Path_]:
    yield path
    pairs: list[tuple[Any, Any]] = list(value.items()) if isinstance(value, dict) else []
    pairs += enumerate(value) if isinstance(value, list) else []
    for key, each in pairs:
        yield from positions(each, (*path, key))


def changed(path: Path_, new: object) -> Any:
    document = copy.deepcopy(GOOD)
    if not path:
        return new
    holder: Any = document
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = new
    return document


def at(path: Path_) -> Any:
    found: Any = GOOD
    for key in path:
        found = found[key]
    return found


def test_a_good_manifest_has_no_fault() -> None:
    assert faults_of(GOOD)[0] == []


MAPPINGS = [path for path in positions(GOOD) if isinstance(at(path), dict)]


@pytest.mark.parametrize("path", MAPPINGS, ids=str)
def test_an_unknown_key_is_one_finding_on_its_line(path: Path_) -> None:
    found, text = faults_of(changed(path, {**at(path), "nonsense": 1}))
    line = next(n for n, each in enumerate(text.splitlines(), 1) if "nonsense" in each)
    assert [(each.rule, each.line) for each in found] == [("manifest-invalid", line)]
    assert "nonsense" in found[0].message


@pytest.mark.parametrize("path", MAPPINGS, ids=str)
def test_a_misspelt_key_is_told_the_nearest_one(path: Path_) -> None:
    for key in at(path):
        found, _ = faults_of(changed(path, {**at(path), f"{key}x": at(path)[key]}))
        assert [each.fix for each in found] == [f'write "{key}"']


@pytest.mark.parametrize("path", MAPPINGS, ids=str)
def test_a_key_that_stands_twice_is_one_finding_on_the_second_line(path: Path_) -> None:
    document = changed(path, {**at(path), "zz": "twice"})
    text = yaml.safe_dump(document, sort_keys=False, width=200)
    key = next(iter(at(path)))
    lines = text.splitlines()
    place = next(n for n, each in enumerate(lines) if "zz: twice" in each)
    lines[place] = lines[place].replace("zz: twice", f"{key}: {{}}")
    found, _ = faults_of("\n".join(lines))
    assert [each.line for each in found] == [place + 1]
    assert "twice" in found[0].message


TYPED = [path for path in positions(GOOD) if path]


@pytest.mark.parametrize("wrong", [3.5, {"a": 1}, [["b"]], "\x00é?"], ids=type)
@pytest.mark.parametrize("path", TYPED, ids=str)
def test_a_wrong_type_is_a_finding_and_never_a_traceback(path: Path_, wrong: object) -> None:
    was = at(path)
    if isinstance(was, type(wrong)) and not isinstance(wrong, str):
        return
    document = changed(path, wrong)
    if isinstance(wrong, str):
        faults_of(document)
        return
    found, text = faults_of(document)
    assert found
    assert {each.rule for each in found} == {"manifest-invalid"}
    assert all(1 <= each.line <= len(text.splitlines()) for each in found)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "must be a mapping, but is empty"),
        ("- a\n", 1, "must be a mapping, but is a list"),
        ("version: 1\nphases: [\n", 3, "not YAML"),
        ("version: 1\n\tphases: []\n", 2, "not YAML"),
        ("version: 1\nphases: *nowhere\n", 2, "not YAML"),
        ("version: 1\nphases: []\n---\nversion: 1\n", 3, "not YAML"),
        ("version: 2\nphases: []\n", 1, "version 1 only"),
        ("version: 1\n", 1, 'has no "phases"'),
        ("phases: []\n", 1, 'has no "version"'),
        ("version: 1\nphases: &a [*a]\n", 2, "*a names no anchor"),
        ("version: 1\nphases: []\n? [a]\n: 1\n", 3, "must be a word"),
        ("version: 0x1\nphases: []\n", 1, "must be a whole number"),
        ("version: 1\nphases:\n  - order: 1\n", 3, 'has no "id"'),
        ("version: 1\nstrategy: orm\nphases: []\n", 2, "only strategy"),
    ],
)
def test_a_form_that_is_none_is_said_with_its_line(text: str, line: int, words: str) -> None:
    found, _ = faults_of(text)
    assert [(each.line, words in each.message) for each in found] == [(line, True)], found


def test_deep_nesting_is_a_finding() -> None:
    found, _ = faults_of("version: 1\nphases: " + "[" * 20_000)
    assert [each.rule for each in found] == ["manifest-invalid"]


@pytest.mark.parametrize(
    ("query", "words"),
    [("SELEC 1", "is not SQL"), ("SELECT 1; SELECT 2", "one SELECT"), ("DELETE FROM a", "one SEL")],
)
def test_ready_must_be_one_select(query: str, words: str) -> None:
    found, text = faults_of(changed(("phases", 0, "migrations", 1, "ready"), query))
    line = next(n for n, each in enumerate(text.splitlines(), 1) if "ready" in each)
    assert [(each.line, words in each.message) for each in found] == [(line, True)]


@pytest.mark.parametrize("path", ["/etc/passwd.sql", "../V1.sql", "a\\b.sql", "", "a//b.sql", "."])
def test_a_path_must_stay_below_the_root(path: str) -> None:
    found, _ = faults_of(changed(("phases", 0, "migrations", 0), path))
    assert [each.rule for each in found] == ["manifest-invalid"]


def test_defaults(tmp_path: Path) -> None:
    root = tmp_path / "small"
    root.mkdir()
    (root / MANIFEST).write_text("version: 1\nphases:\n- id: phase-000-a\n  order: 000\n")
    plan, faults = read_plan(root)
    assert faults == ()
    assert plan == Plan(
        root=root,
        repository=plan.repository,
        manifest_file=plan.manifest_file,
        project="small",
        schema_per_domain=False,
        postgres=None,
        owner=None,
        roles=(),
        app_roles=(),
        phases=plan.phases,
    )
    (phase,) = plan.phases
    assert (phase.release, phase.released, phase.order) == ("phase-000-a", False, 0)
