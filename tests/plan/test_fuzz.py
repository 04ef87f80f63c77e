"""Whatever a manifest, a file name or a file holds: faults, never a traceback."""

from __future__ import annotations

import tempfile
from pathlib import Path

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.checks.subjects import PlanRead, scripts_of
from harness.checks.text import statements, structure
from harness.plan import MANIFEST, read_plan
from harness.plan.manifest import read_manifest
from harness.plan.shape import Faults

KEYS = st.sampled_from(
    [
        "version",
        "phases",
        "id",
        "order",
        "status",
        "release",
        "domains",
        "migrations",
        "seeds",
        "path",
        "after",
        "ready",
        "convention",
        "pattern",
        "prerequisites",
        "roles",
        "x",
    ]
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 1000),
    st.floats(allow_nan=True),
    st.text(max_size=12),
    st.dates(),
    st.sampled_from(["released", "core", "SELECT 1", "V100001", "../x", "\\", "phase-100-a"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda below: st.one_of(
        st.lists(below, max_size=4), st.dictionaries(st.one_of(KEYS, SCALARS), below, max_size=4)
    ),
    max_leaves=25,
)
MANIFESTS = st.fixed_dictionaries(
    {"version": st.just(1), "phases": st.lists(st.dictionaries(KEYS, VALUES, max_size=7))}
)
NAMES = st.text(
    st.characters(exclude_characters="/\0", codec="utf-8"), min_size=1, max_size=40
).filter(lambda name: name not in {".", ".."})
SQL_NAMES = st.builds(
    "{}{}{}__{}__{}.sql".format,
    st.sampled_from("VRSvx"),
    st.integers(0, 9_999_999),
    st.sampled_from(["", "1", "é"]),
    st.sampled_from(["core__expand", "core__contract", "core", "CORE__expand", "_"]),
    st.sampled_from(["a", "", "a__b", "A", "é"]),
)
PIECES = st.sampled_from(
    [
        "SELECT 1;",
        "BEGIN;",
        "COMMIT;",
        "DO $$",
        "$$;",
        "BEGIN",
        "END",
        "END;",
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS",
        "BEGIN ATOMIC",
        "EXECUTE format('CREATE TABLE %I', now());",
        "UPDATE a SET b = 1",
        "WHERE c = 1;",
        'DELETE FROM é."a;b";',
        "CREATE INDEX CONCURRENTLY i ON a (b);",
        "CALL p();",
        "-- harness: allow x -- y",
        "--harness:",
        "\n\n",
        "\n",
        "/* ",
        "*/",
        "'",
        '"',
        "E'\\'",
        "\\i x",
        ":'v'",
        "(",
        ")",
        ";",
        "\0",
        "\r\n",
        "\ufeff",
        "IF x THEN",
        "LOOP",
    ]
)
SCRIPTS = st.one_of(
    st.lists(PIECES, max_size=12).map(lambda found: " ".join(found).encode()),
    st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.binary(max_size=80),
)


def judge(root: Path) -> None:
    plan, faults = read_plan(root, repository=root)
    read = PlanRead(plan=plan, faults=faults)
    for rule in structure.RULES:
        for found in rule.findings(read):
            assert found.line >= 1
            assert found.message
    known = {rule.id for rule in structure.RULES}
    assert {each.rule for each in faults} <= known
    for subject in scripts_of(plan):
        lines = len(subject.script.line_starts)
        for each in (found for rule in statements.RULES for found in rule.findings(subject)):
            assert 1 <= each.line <= lines


@settings(max_examples=120, deadline=None)
@given(st.one_of(MANIFESTS, VALUES))
def test_any_yaml_value_is_read(value: object) -> None:
    text = yaml.safe_dump(value, allow_unicode=True)
    faults = Faults("m.yaml")
    read_manifest(text, faults)
    lines = len(text.splitlines()) + 1
    assert all(1 <= each.line <= lines for each in faults.found)


@settings(max_examples=120, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES).map(" ".join)))
def test_any_text_is_read_as_a_manifest(text: str) -> None:
    read_manifest(text, Faults("m.yaml"))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(NAMES, SQL_NAMES), max_size=6, unique=True), SCRIPTS)
def test_any_file_name_and_content_is_judged(names: list[str], data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        listed = []
        for place in ("migrations/phase-100-a/core", "rollback/phase-100-a/core", "seeds"):
            (root / place).mkdir(parents=True)
            for name in names:
                file = root / place / name
                try:
                    file.write_bytes(data)
                except OSError:  # longer than the file system allows
                    continue
                listed.append(f"{place}/{name}")
        phase = {"id": "phase-100-a", "order": 100, "domains": ["core"], "migrations": listed}
        phase["seeds"] = [each for each in listed if each.startswith("seeds")]
        document = {"version": 1, "phases": [phase]}
        (root / MANIFEST).write_text(yaml.safe_dump(document), encoding="utf-8")
        judge(root)


@settings(max_examples=150, deadline=None)
@given(SCRIPTS, SCRIPTS)
def test_any_script_is_judged(forward: bytes, backward: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for place, letter, data in (("migrations", "V", forward), ("rollback", "R", backward)):
            file = root / place / f"phase-100-a/core/{letter}100001__core__expand__a.sql"
            file.parent.mkdir(parents=True)
            file.write_bytes(data)
        (root / MANIFEST).write_text(
            "version: 1\nconvention: {schema_per_domain: true}\nphases:\n- id: phase-100-a\n"
            "  order: 100\n  migrations:\n"
            "  - migrations/phase-100-a/core/V100001__core__expand__a.sql\n"
        )
        judge(root)
