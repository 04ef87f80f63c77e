"""What a rehearsal sees: each migration forward, backward and forward again, and whole phases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.checks.rehearsal.evidence import LeftOut
from harness.checks.rehearsal.rehearsal import Rehearsal
from harness.database import Cluster
from harness.plan import read_plan
from tests.trees import migration, seed, write_tree
from tests.trees.builder import File
from tests.trees.samples import NOTES, POLICY, TAGS

Rehearse = Callable[..., Rehearsal]


@pytest.fixture
def rehearse(tmp_path: Path, cluster: Cluster) -> Iterator[Rehearse]:
    """Return a function that opens the rehearsal of a tree; nothing is filled or observed."""
    opened: list[Rehearsal] = []

    def open_one(*files: File) -> Rehearsal:
        plan, _ = read_plan(write_tree(tmp_path / "db", *files).path)
        opened.append(Rehearsal(plan, cluster))
        return opened[-1]

    yield open_one
    for each in opened:
        each.close()


def created(name: str) -> str:
    return f"CREATE TABLE public.{name} (id bigint PRIMARY KEY);"


def dropped(name: str) -> str:
    return f"DROP TABLE public.{name};"


def test_a_migration_is_seen_before_after_back_and_again(rehearse: Rehearse) -> None:
    seen = rehearse(NOTES, POLICY, TAGS).migration("V200001")
    assert seen.before.find("table", "public.notes") is not None
    assert seen.before.find("table", "public.tags") is None
    assert seen.after.find("table", "public.tags") is not None
    assert seen.back == seen.before
    assert seen.again_after == seen.after
    assert seen.is_reversible
    assert {str(each.identity) for each in seen.forward_delta.added} >= {
        "table public.tags",
        "column public.tags.label",
        "primary key public.tags.tags_pkey",
    }


def test_evidence_does_not_depend_on_the_order_of_asking(
    rehearse: Rehearse, tmp_path: Path
) -> None:
    rehearsal = rehearse(NOTES, POLICY, TAGS)
    last, first = rehearsal.migration("V200001"), rehearsal.migration("V100001")
    other = Rehearsal(rehearsal.plan, rehearsal._cluster)
    try:
        assert other.migration("V100001").after == first.after
        assert other.migration("V200001").before == last.before
    finally:
        other.close()


def test_backward_runs_on_a_fresh_connection(rehearse: Rehearse) -> None:
    """What the session of V left there (settings, temporary tables) must not help R."""
    seen = rehearse(
        migration(
            "V100001",
            "CREATE TEMPORARY TABLE draft (id int);\nSET search_path = nowhere;",
            "DROP TABLE draft;",
        )
    ).migration("V100001")
    assert seen.forward.succeeded
    assert seen.backward is not None
    assert seen.backward.failure is not None
    assert seen.backward.failure.message == 'table "draft" does not exist'


def test_migrations_run_as_a_plain_owner(rehearse: Rehearse) -> None:
    seen = rehearse(
        migration("V100001", "ALTER SYSTEM SET work_mem = '1MB';", "SELECT 1;"),
        migration("V100002", "CREATE ROLE kvh_other_owner;", "DROP ROLE kvh_other_owner;"),
    )
    for version in ("V100001", "V100002"):
        failure = seen.migration(version).forward.failure
        assert failure is not None
        assert failure.sqlstate == "42501"


def test_the_chain_goes_on_without_a_broken_migration(rehearse: Rehearse) -> None:
    rehearsal = rehearse(
        NOTES,
        migration("V100002", "CREATE TABLE public.tags (id no_type);", dropped("tags")),
        migration("V100003", "ALTER TABLE public.tags ADD COLUMN x int;", "SELECT 1;"),
        migration("V100004", "CREATE INDEX ON public.tags (x);", "SELECT 1;"),
        migration("V100005", "CREATE INDEX ON public.notes (x);", "SELECT 1;"),
        migration("V100006", created("days"), dropped("days")),
    )
    blamed = {
        version: rehearsal.migration(version).blocked_by
        for version in ("V100002", "V100003", "V100004", "V100005", "V100006")
    }
    assert blamed == {
        "V100002": None,
        "V100003": "V100002",
        "V100004": "V100002",
        "V100005": None,
        "V100006": None,
    }
    assert rehearsal.migration("V100006").is_reversible


def test_blame_does_not_depend_on_where_one_starts(rehearse: Rehearse) -> None:
    rehearsal = rehearse(
        migration("V100001", "CREATE TABLE public.tags (id no_type);", dropped("tags")),
        migration("V100002", "CREATE VIEW public.v AS SELECT id FROM public.tags;", "SELECT 1;"),
        migration("V100003", "CREATE VIEW public.w AS SELECT id FROM public.v;", "SELECT 1;"),
    )
    assert rehearsal.migration("V100003").blocked_by == "V100001"
    assert rehearsal.migration("V100002").blocked_by == "V100001"


def test_what_a_file_without_a_transaction_left_half_done_is_taken_back(
    rehearse: Rehearse,
) -> None:
    rehearsal = rehearse(
        NOTES,
        migration(
            "V100002",
            "CREATE INDEX CONCURRENTLY notes_idx ON public.notes (body);\nSELECT 1 / 0;",
            "DROP INDEX CONCURRENTLY IF EXISTS public.notes_idx;",
        ),
        TAGS,
    )
    broken = rehearsal.migration("V100002")
    assert broken.after.find("index", "public.notes_idx") is not None
    assert rehearsal.migration("V200001").before.find("index", "public.notes_idx") is None


def test_a_rollback_that_leaves_something_does_not_spoil_the_next_migration(
    rehearse: Rehearse,
) -> None:
    rehearsal = rehearse(
        migration("V100001", created("notes") + created("stray"), dropped("notes")),
        TAGS,
    )
    first = rehearsal.migration("V100001")
    assert not first.is_symmetric
    assert first.again is not None
    assert first.again.failure is not None
    assert rehearsal.migration("V200001").before == first.after


def test_a_migration_without_a_rollback_is_only_seen_forward(rehearse: Rehearse) -> None:
    rehearsal = rehearse(migration("V100001", created("notes"), None), TAGS)
    seen = rehearsal.migration("V100001")
    assert (seen.backward, seen.back, seen.again) == (None, None, None)
    assert rehearsal.migration("V200001").before == seen.after


def test_a_phase_is_walked_with_its_seeds_in_place(rehearse: Rehearse) -> None:
    rehearsal = rehearse(
        migration("V100001", created("notes"), "DELETE FROM public.notes WHERE 1 / id = 0;"),
        seed("S100001", "INSERT INTO public.notes VALUES (0);"),
    )
    walk = rehearsal.phase(rehearsal.plan.phases[0])
    assert walk.refused is not None
    assert walk.refused.trace.failure is not None
    assert walk.refused.trace.failure.message == "division by zero"


def test_the_last_phase_goes_on_down_to_the_pristine_database(rehearse: Rehearse) -> None:
    rehearsal = rehearse(NOTES, POLICY, TAGS)
    first, last = (rehearsal.phase(each) for each in rehearsal.plan.phases)
    assert (first.pristine, first.downward) == (None, ())
    assert not first.went_wrong
    assert [each.migration.version for each in last.downward] == ["V200001", "V100002", "V100001"]
    assert last.bottom == last.pristine
    assert not last.went_wrong


def test_a_walk_says_whom_it_left_out_and_who_is_to_blame(rehearse: Rehearse) -> None:
    rehearsal = rehearse(
        NOTES,
        migration("V100002", "CREATE TABLE public.x (id no_type);", dropped("x")),
        migration("V100003", "CREATE VIEW public.y AS SELECT id FROM public.x;", "SELECT 1;"),
        migration("V100004", created("z"), None),
    )
    walk = rehearsal.phase(rehearsal.plan.phases[0])
    assert walk.left_out == (
        LeftOut(version="V100002", applied=False),
        LeftOut(version="V100003", applied=False, because="V100002"),
        LeftOut(version="V100004", applied=True),
    )
    assert "V100004" in walk.culprits


def test_closing_leaves_no_database(rehearse: Rehearse, cluster: Cluster) -> None:
    before = _databases(cluster)
    rehearsal = rehearse(NOTES, TAGS)
    rehearsal.migration("V200001")
    rehearsal.phase(rehearsal.plan.phases[-1])
    assert _databases(cluster) > before
    rehearsal.close()
    assert _databases(cluster) == before
    rehearsal.close()


def _databases(cluster: Cluster) -> set[str]:
    """Name the databases that this process has made."""
    rows = cluster._session.run("SELECT datname FROM pg_catalog.pg_database").fetchall()
    return {name for (name,) in rows if cluster._tag in name}
