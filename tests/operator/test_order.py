"""Gaps, versions out of order, and rollbacks: what is refused, and what may be asked for."""

from __future__ import annotations

import pytest

from harness.operator import Step, Verb, seeding
from tests.operator.conftest import MakeSite
from tests.operator.site import Site
from tests.trees.builder import migration, seed

A = migration("V100001", "CREATE TABLE a (id int)", "DROP TABLE a", slug="a")
B = migration("V100002", "CREATE TABLE b (id int)", "DROP TABLE b", slug="b")
C = migration("V100003", "CREATE TABLE c (id int)", "DROP TABLE c", slug="c")
LATER = migration("V200001", "CREATE TABLE d (id int)", "DROP TABLE d", slug="d")
ROWS = seed("S100001", "INSERT INTO a VALUES (1)")


@pytest.fixture
def here(site: MakeSite) -> Site:
    return site(A, B, C, ROWS, LATER)


def test_a_gap_is_refused_and_named(here: Site) -> None:
    here.apply("V100001")
    ran = here.apply_only("V100003")
    assert ran.code == 3
    assert ran.err[-1].endswith(
        "V100003 vem depois de V100002, que não está aplicada: aplique V100002 antes"
    )
    assert here.apply_only("V100003", out_of_order=True).code == 3
    assert here.states() == {"V100001": "applied"}


def test_a_version_that_the_database_has_passed_is_refused_unless_asked_for(here: Site) -> None:
    here.apply()
    here.undo("V100002", out_of_order=True)
    ran = here.apply_only("V100002")
    assert ran.code == 3
    assert "V100002 vem antes de V100003, V200001 no plano" in ran.err[-1]
    assert here.apply_only("V100002", out_of_order=True).code == 0
    assert set(here.states().values()) == {"applied"}


def test_a_rollback_of_what_was_never_applied_is_refused(here: Site) -> None:
    here.apply("V100001")
    ran = here.undo("V100002")
    assert ran.code == 3
    assert ran.err[-1].endswith("V100002 não está aplicada neste banco: não há o que desfazer")


def test_a_rollback_below_others_is_refused_unless_asked_for(here: Site) -> None:
    here.apply()
    ran = here.undo("V100002")
    assert ran.code == 3
    assert "o banco ainda tem, depois de V100002, V100003, V200001:" in ran.err[-1]
    assert here.undo("V100002", out_of_order=True).code == 0
    assert here.states()["V100002"] == "rolled back"


def test_a_rollback_repeated_finds_nothing_to_do(here: Site) -> None:
    here.apply("V100002")
    assert here.undo("V100002").code == 0
    again = here.undo("V100002")
    assert again.code == 0
    assert "V100002 já estava desfeita" in again.out[-1]


def test_a_failed_rollback_leaves_the_version_applied(here: Site) -> None:
    here.apply("V100001")
    path = here.plan.migrations[0].rollback_path
    assert path is not None
    path.write_text("DROP TABLE a;\nDROP TABLE nowhere;\n")
    assert here.undo("V100001").code == 3
    assert here.states()["V100001"] == "applied"
    assert here.history()[-1] == ("V100001", "failed")


def test_seeds_need_their_phase(here: Site) -> None:
    here.apply("V100002")
    ran = here.run(Verb.SEED, seeding(here.plan, ["phase-100-mvp"]))
    assert ran.code == 3
    assert "S100001 vem depois de V100003, que não está aplicada" in ran.err[-1]
    here.apply("V100003")
    assert here.run(Verb.SEED, seeding(here.plan, ["phase-100-mvp"])).code == 0


def test_an_apply_without_word_of_its_predecessor_is_refused(here: Site) -> None:
    ran = here.run(Verb.APPLY, [Step(version="V100001", file=here.plan.migrations[0].path)])
    assert ran.code == 3
    assert "falta previous" in ran.err[-1]
