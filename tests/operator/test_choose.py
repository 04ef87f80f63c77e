"""Which files a call is about, and which version stands before each."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.operator import State, Step, VersionState, applying, baselining, seeding, undoing
from harness.plan import Plan, read_plan
from tests.trees.builder import migration, seed, write_tree


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    files = [migration(each, "SELECT 1", "SELECT 1") for each in ("V000001", "V000002")]
    files += [migration(each, "SELECT 1", "SELECT 1") for each in ("V100001", "V100002")]
    files += [seed("S100001", "SELECT 1"), seed("S100002", "SELECT 1", slug="more")]
    files += [seed("S200001", "SELECT 1")]
    return read_plan(write_tree(tmp_path / "db", *files).path)[0]


def told(steps: tuple[Step, ...]) -> list[tuple[str, str | None]]:
    return [(each.version, each.previous) for each in steps]


def test_each_migration_follows_the_one_before(plan: Plan) -> None:
    assert told(applying(plan)) == [
        ("V000001", ""),
        ("V000002", "V000001"),
        ("V100001", "V000002"),
        ("V100002", "V100001"),
    ]


def test_a_phase_follows_the_phase_before(plan: Plan) -> None:
    assert told(applying(plan, ["phase-100-mvp"], "V100001")) == [("V100001", "V000002")]
    assert told(applying(plan, ["phase-100-mvp"], "V000002")) == []


def test_seeds_follow_their_phase(plan: Plan) -> None:
    assert told(seeding(plan)) == [
        ("S100001", "V100002"),
        ("S100002", "V100002"),
        ("S200001", "V100002"),
    ]
    assert told(seeding(plan, ["phase-200-v1_1"])) == [("S200001", "V100002")]


def stands(version: str, state: State, letter: str = "V") -> VersionState:
    return VersionState(
        version=version,
        state=state,
        at="",
        by_role="",
        checksum="",
        duration="",
        file=f"folder/{letter}{version[1:]}__core__expand__step.sql",
    )


def test_what_a_dead_runner_may_have_left_is_undone_too(plan: Plan) -> None:
    begun = {each.version: stands(each.version, State.STARTED) for each in plan.migrations}
    assert undoing(plan, begun, "V000001") == ()
    undone = {each.version: stands(each.version, State.STARTED, "R") for each in plan.migrations}
    assert len(undoing(plan, undone, "V000001")) == 3
    plan.migrations[1].path.write_text("VACUUM;\n")
    alone = read_plan(plan.root)[0]
    assert told(undoing(alone, begun, "V000001")) == [("V000002", None)]


def test_what_stands_after_a_version_is_undone_last_first(plan: Plan) -> None:
    states = {
        "V000001": stands("V000001", State.APPLIED),
        "V000002": stands("V000002", State.BASELINED),
        "V100001": stands("V100001", State.ROLLED_BACK),
        "V100002": stands("V100002", State.INCOMPLETE),
    }
    steps = undoing(plan, states, "V000001")
    assert told(steps) == [("V100002", None), ("V000002", None)]
    assert [each.file.name[0] for each in steps] == ["R", "R"]
    assert undoing(plan, states, "V100002") == ()


def test_a_baseline_leaves_out_what_is_known(plan: Plan) -> None:
    assert told(baselining(plan, "V100001", {"V000001"})) == [
        ("V000002", "V000001"),
        ("V100001", "V000002"),
    ]


def test_what_the_plan_does_not_have_is_said(plan: Plan) -> None:
    with pytest.raises(UsageError, match="no phase 'phase-900': the manifest has phase-000-"):
        applying(plan, ["phase-900"])
    with pytest.raises(UsageError, match="no migration 'V9': give a version of the manifest"):
        applying(plan, (), "V9")
    with pytest.raises(UsageError, match="no migration 'S100001'"):
        undoing(plan, {}, "S100001")


def test_a_missing_rollback_is_said(plan: Plan) -> None:
    path = plan.migrations[-1].rollback_path
    assert path is not None
    path.unlink()
    torn = read_plan(plan.root)[0]
    with pytest.raises(UsageError, match=r"V100002 has no rollback: .*R100002__core__expand__step"):
        undoing(torn, {"V100002": stands("V100002", State.APPLIED)}, "V000001")
