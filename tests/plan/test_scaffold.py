"""`new_migration`: what it writes, where, and what it refuses."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from harness.checks.subjects import PlanRead, scripts_of
from harness.checks.text import statements, structure
from harness.errors import UsageError
from harness.plan import MANIFEST, ChangeType, Scaffold, new_migration, read_plan
from harness.plan.insertion import insert_migration

OURS = Path(__file__).parents[2] / "backend/db"

HEAD = """\
version: 1   # a comment at the top
phases:
  - id: phase-100-mvp
    order: 100
    release: "1.0"
    domains: [core, daily]
"""


def tree(tmp_path: Path, rest: str) -> Path:
    root = tmp_path / "db"
    root.mkdir(exist_ok=True)
    (root / MANIFEST).write_text(HEAD + rest, encoding="utf-8")
    return root


def expand(root: Path, slug: str = "Anotações do paciente") -> Scaffold:
    return new_migration(
        root, phase="phase-100-mvp", domain="core", change_type=ChangeType.EXPAND, slug=slug
    )


def judged(root: Path) -> list[tuple[str, str]]:
    plan, faults = read_plan(root, repository=root)
    read = PlanRead(plan=plan, faults=faults)
    found = [each for rule in structure.RULES for each in rule.findings(read)]
    for subject in scripts_of(plan):
        found += (each for rule in statements.RULES for each in rule.findings(subject))
    return sorted((each.rule, each.file) for each in found)


FORMS = {
    "absent": ("", "    migrations:\n      - {new}\n"),
    "null": ("    migrations:\n", "    migrations:\n      - {new}\n"),
    "empty": (
        "    migrations: []  # none yet\n    seeds: []\n",
        "    migrations:\n      - {new}\n    seeds: []\n",
    ),
    "block": (
        "    migrations:\n      # first\n      - {old}  # why\n\n      # end\n    seeds: []\n",
        "    migrations:\n      # first\n      - {old}  # why\n      - {new}\n\n      # end\n"
        "    seeds: []\n",
    ),
    "mapping": (
        "    migrations:\n      - path: {old}\n        loses:\n          - a\n          - b # c\n",
        "    migrations:\n      - path: {old}\n        loses:\n          - a\n          - b # c\n"
        "      - {new}\n",
    ),
    "folded": (
        "    migrations:\n    - path: {old}\n      ready: >-\n        SELECT 1\n"
        "        + 1\n\n    # end\n",
        "    migrations:\n    - path: {old}\n      ready: >-\n        SELECT 1\n"
        "        + 1\n    - {new}\n\n    # end\n",
    ),
    "flow": ("    migrations: [{old}]  # one\n", "    migrations: [{old}, {new}]  # one\n"),
    "no newline": (
        "    migrations:\n      - {old}",
        "    migrations:\n      - {old}\n      - {new}\n",
    ),
}
OLD = "migrations/phase-100-mvp/core/V100007__core__expand__create_notes.sql"
NEW = "migrations/phase-100-mvp/core/V100008__core__expand__anotacoes_do_paciente.sql"


@pytest.mark.parametrize("form", FORMS)
def test_the_entry_is_added_without_disturbing_anything_else(tmp_path: Path, form: str) -> None:
    before, after = FORMS[form]
    root = tree(tmp_path, before.replace("{old}", OLD))
    new = NEW if "{old}" in before else NEW.replace("V100008", "V100001")
    made = expand(root)
    assert made.forward == root / new
    wanted = HEAD + after.replace("{old}", OLD).replace("{new}", new)
    assert (root / MANIFEST).read_text(encoding="utf-8") == wanted


def test_the_version_counts_on_from_every_file_of_the_phase(tmp_path: Path) -> None:
    root = tree(tmp_path, f"    migrations:\n      - {OLD}\n")
    stray = root / "migrations/phase-100-mvp/daily/V100031__daily__expand__unlisted.sql"
    stray.parent.mkdir(parents=True)
    stray.write_text("SELECT 1;\n")
    assert expand(root).version == "V100032"


def test_the_scaffold_asks_for_its_statements_and_for_nothing_else(tmp_path: Path) -> None:
    root = tree(tmp_path, "    migrations: []\n")
    made = expand(root)
    names = [path.relative_to(root).as_posix() for path in (made.forward, made.rollback)]
    assert judged(root) == [("empty-file", name) for name in names]


def test_a_contract_asks_for_its_declaration_too(tmp_path: Path) -> None:
    rest = "    migrations: []\n  - id: phase-200-next\n    order: 200\n    domains: [core]\n"
    root = tree(tmp_path, rest)
    done = expand(root)
    made = new_migration(
        root,
        phase="phase-200-next",
        domain="core",
        change_type=ChangeType.CONTRACT,
        slug="drop notes",
        after=(done.version,),
    )
    assert made.version == "V200001"
    assert ("contract-undeclared", MANIFEST) in judged(root)
    assert f"after: [{done.version}]" in (root / MANIFEST).read_text(encoding="utf-8")


def test_it_works_on_our_own_manifest(tmp_path: Path) -> None:
    root = tmp_path / "db"
    shutil.copytree(OURS, root)
    text = (root / MANIFEST).read_text(encoding="utf-8")
    before = judged(root)
    made = new_migration(
        root,
        phase="phase-300-v1_2",
        domain="core",
        change_type=ChangeType.EXPAND,
        slug="one more",
    )
    added = set((root / MANIFEST).read_text(encoding="utf-8").splitlines()) - set(text.splitlines())
    assert added == {f"      - {made.forward.relative_to(root).as_posix()}"}
    assert len(judged(root)) == len(before) + 2


REFUSED: dict[str, tuple[dict[str, object], str]] = {
    "phase": ({"phase": "phase-100-mpv"}, "did you mean phase-100-mvp"),
    "no phase": ({"phase": "x"}, "has no phase x"),
    "domain": ({"domain": "protocol"}, "protocol is no domain of phase-100-mvp"),
    "slug": ({"slug": "…"}, "no letter or digit"),
    "long": ({"slug": "a" * 300}, "shorten it"),
    "after": ({"after": ("V100007",)}, "an expand completes nothing"),
    "after unknown": (
        {"change_type": ChangeType.CONTRACT, "after": ("V000001",)},
        "lists no V000001",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_the_rules_would_refuse_is_refused_before_anything_is_written(
    tmp_path: Path, case: str
) -> None:
    change, sentence = REFUSED[case]
    root = tree(tmp_path, "    migrations: []\n")
    before = sorted(root.rglob("*"))
    wanted = {
        "phase": "phase-100-mvp",
        "domain": "core",
        "change_type": ChangeType.EXPAND,
        "slug": "notes",
        **change,
    }
    with pytest.raises(UsageError, match=sentence):
        new_migration(root, **wanted)  # type: ignore[arg-type]
    assert sorted(root.rglob("*")) == before


@pytest.mark.parametrize(
    ("rest", "sentence"),
    [
        ("    status: released\n", "phase-100-mvp is released"),
        ("    releas: x\n", r"migration-manifest\.yaml:7: unknown key"),
    ],
)
def test_a_manifest_that_cannot_take_a_migration_is_refused(
    tmp_path: Path, rest: str, sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence):
        expand(tree(tmp_path, rest))


def test_a_contract_of_the_same_release_is_refused(tmp_path: Path) -> None:
    root = tree(tmp_path, "    migrations: []\n")
    done = expand(root)
    with pytest.raises(UsageError, match="of release"):
        new_migration(
            root,
            phase="phase-100-mvp",
            domain="core",
            change_type=ChangeType.CONTRACT,
            slug="drop notes",
            after=(done.version,),
        )


def test_an_unknown_phase_has_no_place() -> None:
    with pytest.raises(KeyError):
        insert_migration(HEAD, "phase-900", ("x.sql",))
