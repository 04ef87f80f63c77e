"""`new_migration`: what it writes, where, and what it refuses."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from harness.checks.subjects import PlanRead, scripts_of
from harness.checks.text import statements, structure
from harness.errors import UsageError
from harness.plan import LOCK, MANIFEST, ChangeType, Scaffold, new_migration, read_plan
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
        "    migrations:  # none yet\n      - {new}\n    seeds: []\n",
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


MANIFESTS = {
    "block": HEAD + "    migrations:\n    - {old}\n",
    "quotes": HEAD.replace("phase-100-mvp", '"phase-100-mvp"') + "    migrations: ['{old}']\n",
    "comments": HEAD.replace("\n", "  # why\n") + "    migrations:  # these\n    # none\n    #\n",
    "flow phase": "version: 1\nphases: [{id: phase-100-mvp, order: 100}] # one\n",
    "flow phase, empty list": "version: 1\nphases: [{id: phase-100-mvp, order: 100, "
    "migrations: [], seeds: []}]\n",
    "flow phase, nothing": "version: 1\nphases: [{id: phase-100-mvp, migrations: , order: 100}]\n",
    "flow list of many lines": HEAD
    + "    migrations: [  # these\n      {old}, # first\n    ] # end\n    seeds: []\n",
    "JSON": '{"version": 1, "phases": [{"id": "phase-100-mvp", "order": 100, "migrations": []}]}',
    "anchor": HEAD.replace("- id", "- &mvp\n    id") + "    migrations: &files\n      - &a {old}\n",
    "anchored phase without a list": HEAD.replace("- id", "- &mvp\n    id"),
    "keys in another order": "phases:\n- migrations:\n  - {old}\n\n  # end\n  order: 100\n"
    "  id: phase-100-mvp\nversion: 1\n",
    "document marks": f"---\n{HEAD}    migrations:\n    - {{old}}\n...\n",
    "wide dashes": HEAD + "    migrations:\n        -   {old}\n",
    "list of a later phase": HEAD + "  - id: phase-150-late\n    order: 150\n    migrations: []\n",
    "blank lines": "\n\n" + HEAD + "\n\n    migrations:\n\n      - {old}\n\n\n# the end\n\n",
}
LATER = "\n  - id: phase-200-next\n    order: 200\n"


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "BOM"])
@pytest.mark.parametrize("form", MANIFESTS)
def test_any_form_of_manifest_takes_an_entry_and_keeps_all_else(
    tmp_path: Path, form: str, mark: str, ends: str
) -> None:
    text = MANIFESTS[form].replace("{old}", OLD)
    before = (mark + text.replace("\n", ends)).encode()
    (tmp_path / MANIFEST).write_bytes(before)
    for path in (OLD, OLD.replace("migrations", "rollback").replace("/V", "/R")):
        if OLD in text:
            (tmp_path / path).parent.mkdir(parents=True)
            (tmp_path / path).write_text("SELECT 1;\n")
    known = set(judged(tmp_path))
    made = expand(tmp_path)
    after = (tmp_path / MANIFEST).read_bytes()
    new = {"empty-file": {made.forward, made.rollback}}
    assert set(judged(tmp_path)) - known == {
        (rule, path.relative_to(tmp_path).as_posix()) for rule in new for path in new[rule]
    }
    assert made.version == ("V100008" if OLD in text else "V100001")
    assert is_within(before.decode(), after.decode())
    assert after.count(b"\r\n") == (after.count(b"\n") if ends == "\r\n" else 0)


def is_within(before: str, after: str) -> bool:
    """Whether a text holds all of another's characters in order, but for an emptied list."""
    rest = iter(after)
    return all(each in rest for each in before.replace("[]", ""))


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_any_form_of_manifest_takes_a_contract(tmp_path: Path, ends: str) -> None:
    for form in ("    migrations: []\n", "    migrations: [\n    ]\n", "", "    migrations:\n"):
        text = f"{HEAD}    migrations:\n    - {OLD}\n{LATER}{form}".replace("\n", ends)
        (tmp_path / MANIFEST).write_bytes(text.encode())
        (tmp_path / OLD).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / OLD).write_text("SELECT 1;\n")
        made = contract(tmp_path, "V100007", "V100007")
        manifest = (tmp_path / MANIFEST).read_text(encoding="utf-8")
        assert f"path: {made.forward.relative_to(tmp_path)}\n        after: [V100007]" in manifest
        shutil.rmtree(tmp_path / "migrations/phase-200-next")
        shutil.rmtree(tmp_path / "rollback")


def contract(root: Path, *after: str) -> Scaffold:
    return new_migration(
        root,
        phase="phase-200-next",
        domain="core",
        change_type=ChangeType.CONTRACT,
        slug="drop notes",
        after=after,
    )


def test_a_contract_may_name_later_what_it_completes(tmp_path: Path) -> None:
    root = tree(tmp_path, f"    migrations: [{OLD}]\n{LATER}")
    (root / OLD).parent.mkdir(parents=True)
    (root / OLD).write_text("SELECT 1;\n")
    contract(root)
    found = [each for each in read_plan(root)[1] if each.rule == "contract-undeclared"]
    assert [each.message for each in found] == ["contract V200001 declares no after and no ready"]


def test_a_form_that_two_places_share_is_left_alone(tmp_path: Path) -> None:
    text = HEAD + "    migrations: &all []\n  - id: phase-200-next\n    order: 200\n"
    text += "    migrations: *all\n"
    root = tree(tmp_path, "")
    (root / MANIFEST).write_text(text)
    with pytest.raises(UsageError, match=r"add migrations/phase-100-mvp/core/V100001.* by hand"):
        expand(root)
    assert (root / MANIFEST).read_text() == text


def test_versions_are_never_used_again(tmp_path: Path) -> None:
    root = tree(tmp_path, "    migrations: []\n")
    orphan = root / "rollback/phase-100-mvp/core/R100011__core__expand__gone.sql"
    orphan.parent.mkdir(parents=True)
    orphan.write_text("SELECT 1;\n")
    assert expand(root).version == "V100012"
    (root / LOCK).write_text(f"{'0' * 64}  1.0  {OLD.replace('V100007', 'V100050')}\n")
    assert expand(root).version == "V100051"


def test_an_unknown_phase_has_no_place() -> None:
    with pytest.raises(KeyError):
        insert_migration(HEAD, "phase-900", ("x.sql",))
