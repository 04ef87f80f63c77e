"""What is gathered ahead is what would have been gathered, and nobody waits for it in vain."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep

import psycopg
import pytest

from harness.checks.rehearsal.ahead import Ahead, StoppedError
from harness.checks.rehearsal.rehearsal import Asked, Rehearsal
from harness.database import PREFIX, Cluster
from harness.plan import Plan, read_plan
from tests.trees import migration, write_tree
from tests.trees.samples import NOTES, POLICY, TAGS

SLEEPERS = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
ALL = (Rehearsal.migration, Rehearsal.trials)


@contextmanager
def begun(*keys: str, job: Callable[[str], object], room: list[bool]) -> Iterator[Ahead]:
    ahead = Ahead(
        [(key, lambda key=key: job(key)) for key in keys],  # type: ignore[misc]
        may_go_on=lambda: bool(room),
    )
    ahead.start()
    yield ahead
    ahead.stop()
    ahead.join(lambda: None)


def asked(plan: Plan) -> tuple[Asked, ...]:
    phases = (Rehearsal.phase, Rehearsal.schema, Rehearsal.seeds)
    return (
        *((gather, each.version) for each in plan.migrations for gather in ALL),
        *((gather, each) for each in plan.phases for gather in phases),
    )


def test_jobs_are_done_in_their_order() -> None:
    done: list[str] = []
    with begun("a", "b", "c", job=done.append, room=[True]) as ahead:
        ahead.wait_for("c")
        ahead.wait_for("never heard of")
    assert done == ["a", "b", "c"]


def test_nothing_is_begun_without_room_but_what_is_waited_for() -> None:
    done: list[str] = []
    with begun("a", "b", "c", job=done.append, room=[]) as ahead:
        ahead.wait_for("b")
        assert done == ["a", "b"]


def test_room_that_comes_is_used() -> None:
    done, room = threading.Event(), list[bool]()
    with begun("a", job=lambda _: done.set(), room=room) as ahead:
        assert not done.wait(0.05)
        room.append(True)
        ahead.notify()
        assert done.wait(5)


def test_an_error_is_raised_where_its_job_is_waited_for_and_once() -> None:
    def job(key: str) -> None:
        if key == "b":
            raise ValueError(key)

    with begun("a", "b", "c", job=job, room=[True]) as ahead:
        ahead.wait_for("a")
        ahead.wait_for("c")  # left to whoever needs it
        with pytest.raises(ValueError, match="b"):
            ahead.wait_for("b")
        ahead.wait_for("b")


def test_who_waits_for_what_is_stopped_is_told_so() -> None:
    with begun("a", job=lambda _: None, room=[]) as ahead:
        ahead.stop()
        with pytest.raises(StoppedError):
            ahead.wait_for("a")


def test_what_is_gathered_ahead_is_the_same(tmp_path: Path, cluster: Cluster) -> None:
    plan, _ = read_plan(write_tree(tmp_path / "db", NOTES, POLICY, TAGS).path)
    seen = []
    for soon in ((), asked(plan)):
        with Rehearsal(plan, cluster, soon=soon) as rehearsal:
            tried = [rehearsal.trials(each.version) for each in plan.migrations]
            walks = [rehearsal.phase(each) for each in plan.phases]
            seen.append(
                (
                    [(each.seen.before, each.seen.after, each.seen.back) for each in tried],
                    [each.trials.data for each in tried],
                    [(each.start, each.end, each.back, each.again) for each in walks],
                    [rehearsal.schema(each) for each in plan.phases],
                    [rehearsal.seeds(each) for each in plan.phases],
                )
            )
    assert seen[0] == seen[1]


def test_evidence_may_be_asked_for_in_any_order(tmp_path: Path, cluster: Cluster) -> None:
    plan, _ = read_plan(write_tree(tmp_path / "db", NOTES, POLICY, TAGS).path)
    with Rehearsal(plan, cluster, soon=asked(plan)) as rehearsal:
        for each in reversed(plan.migrations):
            assert rehearsal.migration(each.version).is_reversible
            assert rehearsal.trials(each.version).seen is rehearsal.migration(each.version)


def test_a_file_that_lasts_is_interrupted_by_the_end(tmp_path: Path, cluster: Cluster) -> None:
    sleeper = migration("V100001", "SELECT pg_catalog.pg_sleep(60);", "SELECT 1;")
    plan, _ = read_plan(write_tree(tmp_path / "db", sleeper).path)
    rehearsal = Rehearsal(plan, cluster, soon=asked(plan))
    with psycopg.connect(cluster.dsn, autocommit=True) as connection:
        while connection.execute(SLEEPERS).fetchone() == (0,):
            sleep(0.05)
        began = perf_counter()
        rehearsal.close()
        assert perf_counter() - began < 20
        names = connection.execute("SELECT datname FROM pg_catalog.pg_database").fetchall()
    tags = [f"{PREFIX}{each._tag}" for each in rehearsal._clusters]
    assert not [name for (name,) in names if name.startswith(tuple(tags))]
