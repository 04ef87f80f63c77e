"""Several runners at once on one database: each version once, and nobody fails."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from harness.operator import Verb, applying
from tests.operator.conftest import MakeSite
from tests.operator.site import GATE, Ran, Site, until
from tests.trees.builder import migration

RUNNERS = 8
LAST = "V200011"
"""Behind the first files without a transaction of the real plan."""

NOTES = migration("V100001", "CREATE TABLE notes (id int)", "DROP TABLE notes", slug="notes")
INDEX = migration(
    "V100002",
    "SET lock_timeout = '60s';\nDROP INDEX CONCURRENTLY IF EXISTS notes_id;\n"
    "CREATE INDEX CONCURRENTLY notes_id ON notes (id)",
    "DROP INDEX CONCURRENTLY IF EXISTS notes_id",
    slug="index",
)
AT_GATE = migration(
    "V100002",
    f"SET LOCAL lock_timeout = '60s';\nSELECT pg_advisory_xact_lock({GATE})",
    "SELECT 1",
    slug="gate",
)


def test_eight_runners_apply_each_version_once(real_site: Site) -> None:
    steps = applying(real_site.plan, (), LAST)
    by_version = {each.version: each.forward for each in real_site.plan.migrations}
    assert not all(by_version[each.version].transactional for each in steps)
    with ThreadPoolExecutor(RUNNERS) as pool:
        runs = [pool.submit(real_site.run, Verb.APPLY, steps) for _ in range(RUNNERS)]
        ended: list[Ran] = [each.result() for each in runs]
    assert [each.code for each in ended] == [0] * RUNNERS
    expected = {(each.version, action): 1 for each in steps for action in ("started", "applied")}
    assert Counter(real_site.history()) == expected


def test_a_runner_waits_for_a_concurrent_build_without_standing_in_its_way(site: MakeSite) -> None:
    here = site(NOTES, INDEX)
    here.apply("V100001")
    with (
        ThreadPoolExecutor(2) as pool,
        here.database.connect(autocommit=False) as writer,
    ):
        writer.execute("INSERT INTO notes VALUES (1)")
        first = pool.submit(here.apply)
        until(lambda: here.waiting("CREATE INDEX CONCURRENTLY"))
        second = pool.submit(here.apply)
        until(lambda: here.rows(POLLING))
        writer.commit()
        assert first.result(20).code == 0
        assert second.result(20).code == 0
    assert Counter(here.history())["V100002", "applied"] == 1
    assert any("esperando por korevitta-db apply (pid " in line for line in second.result().err)


POLLING = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND query ~ 'pg_try_advisory_lock' AND state = 'active'
        AND pid <> pg_backend_pid()
"""


def test_who_waits_holds_no_snapshot_for_long(site: MakeSite) -> None:
    here = site(NOTES, AT_GATE)
    here.apply("V100001")
    with ThreadPoolExecutor(2) as pool:
        with here.closed_gate():
            first = pool.submit(here.apply)
            until(lambda: here.waiting("advisory"))
            second = pool.submit(here.apply)
            ((pid,),) = until(lambda: here.rows(POLLING))
            begun = f"SELECT xact_start FROM pg_stat_activity WHERE pid = {pid}"
            first_seen = here.rows(begun)
            until(lambda: here.rows(begun) != first_seen)
        assert first.result().code == second.result().code == 0


def test_patience_may_be_bounded(site: MakeSite) -> None:
    here = site(NOTES, AT_GATE)
    here.apply("V100001")
    with ThreadPoolExecutor(1) as pool:
        with here.closed_gate():
            first = pool.submit(here.apply)
            until(lambda: here.waiting("advisory"))
            ran = here.apply(wait=0.2)
            assert ran.code == 3
            assert "a trava deste banco está com korevitta-db apply (pid " in ran.err[-1]
            assert ran.err[-1].endswith("espere que termine e repita o comando")
        assert first.result().code == 0
    assert here.states()["V100002"] == "applied"


def test_runners_that_undo_do_so_once(site: MakeSite) -> None:
    here = site(NOTES, INDEX)
    here.apply()
    with ThreadPoolExecutor(RUNNERS) as pool:
        runs = [pool.submit(here.undo, "V100002", "V100001") for _ in range(RUNNERS)]
        assert [each.result().code for each in runs] == [0] * RUNNERS
    assert Counter(here.history())["V100001", "rolled back"] == 1
