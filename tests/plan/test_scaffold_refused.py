"""`new_migration`: what the rules would refuse is refused, and never half of it is left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.plan import MANIFEST, ChangeType, new_migration
from tests.plan.test_scaffold import HEAD, LATER, OLD, contract, expand, tree


def in_the_way(root: Path, path: str, put: Callable[[Path], object]) -> None:
    (root / path).parent.mkdir(parents=True)
    put(root / path)


@pytest.mark.parametrize(
    ("path", "put"),
    [
        ("rollback/phase-100-mvp/core", Path.touch),
        ("rollback/phase-100-mvp", lambda path: path.symlink_to("nowhere")),
        ("rollback/phase-100-mvp", lambda path: path.symlink_to(path.name)),
    ],
)
def test_what_stands_in_the_way_leaves_no_half_of_it(
    tmp_path: Path, path: str, put: Callable[[Path], object]
) -> None:
    root = tree(tmp_path, "    migrations: []\n")
    in_the_way(root, path, put)
    before, text = sorted(root.rglob("*")), (root / MANIFEST).read_bytes()
    with pytest.raises(UsageError, match=r"exists already|cannot be written"):
        expand(root)
    assert (sorted(root.rglob("*")), (root / MANIFEST).read_bytes()) == (before, text)


def test_a_full_disk_leaves_no_half_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tree(tmp_path, "    migrations: []\n")
    before, text = sorted(root.rglob("*")), (root / MANIFEST).read_bytes()
    real = Path.write_bytes

    def fill(path: Path, data: bytes) -> int:
        real(path, data[:9] if data != text else data)
        if data != text:
            raise OSError(28, "No space left on device")
        return len(data)

    monkeypatch.setattr(Path, "write_bytes", fill)
    with pytest.raises(UsageError, match="cannot be written: No space left on device"):
        expand(root)
    assert (sorted(root.rglob("*")), (root / MANIFEST).read_bytes()) == (before, text)


REFUSED: dict[str, tuple[dict[str, object], str]] = {
    "phase": ({"phase": "phase-100-mpv"}, "did you mean phase-100-mvp"),
    "no phase": ({"phase": "x"}, "has no phase x"),
    "domain": ({"domain": "protocol"}, "protocol is no domain of phase-100-mvp"),
    "near domain": ({"domain": "cor"}, "did you mean core"),
    "path as domain": ({"domain": "../core"}, "is no domain of phase-100-mvp"),
    "slug": ({"slug": "…"}, "no letter or digit"),
    "no slug": ({"slug": ""}, "no letter or digit"),
    "contract of nothing": (
        {"change_type": ChangeType.CONTRACT},
        "no expand of a release before 1.0 is there for a contract to complete",
    ),
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
    root = tree(tmp_path, rest)
    with pytest.raises(UsageError, match=sentence):
        expand(root)
    assert [each.name for each in root.iterdir()] == [MANIFEST]


@pytest.mark.parametrize(
    "data", [b"\xff\xfe", "version: 1".encode("utf-16"), b"\0", b"version: \xe7"]
)
def test_a_manifest_that_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    root = tree(tmp_path, "")
    (root / MANIFEST).write_bytes(data)
    with pytest.raises(UsageError, match=r"migration-manifest\.yaml"):
        expand(root)


@pytest.mark.parametrize("domain", ["Core", "co re", "../x", "", "core__x", "çore"])
def test_a_phase_that_lists_no_domains_takes_only_what_a_file_can_be_named_by(
    tmp_path: Path, domain: str
) -> None:
    root = tree(tmp_path, "")
    (root / MANIFEST).write_text(HEAD.replace("    domains: [core, daily]\n", ""))
    with pytest.raises(UsageError, match="can be no domain"):
        new_migration(
            root, phase="phase-100-mvp", domain=domain, change_type=ChangeType.EXPAND, slug="a"
        )


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        ("V300001", "V300001 of phase-300-last runs later than phase-200-next"),
        ("V200001", "V200001 is of release phase-200-next as well"),
        ("V100008", "V100008 is a contract: a contract completes expands"),
        ("V100009", "lists no V100009 .*did you mean V10000"),
    ],
)
def test_a_contract_completes_an_earlier_expand_alone(
    tmp_path: Path, after: str, sentence: str
) -> None:
    files = [
        OLD,
        OLD.replace("V100007__core__expand", "V100008__core__contract"),
        OLD.replace("phase-100-mvp/core/V100007", "phase-200-next/core/V200001"),
        OLD.replace("phase-100-mvp/core/V100007", "phase-300-last/core/V300001"),
    ]
    rest = f"    migrations: [{files[0]}, {files[1]}]\n{LATER}    migrations: [{files[2]}]\n"
    rest += f"  - id: phase-300-last\n    order: 300\n    migrations: [{files[3]}]\n"
    root = tree(tmp_path, rest)
    for each in files:
        (root / each).parent.mkdir(parents=True, exist_ok=True)
        (root / each).write_text("SELECT 1;\n")
    before = sorted(root.rglob("*"))
    with pytest.raises(UsageError, match=sentence):
        contract(root, after)
    assert sorted(root.rglob("*")) == before


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
