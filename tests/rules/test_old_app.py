"""`old-app-breaks` against its cases: what the old application did, done again after V."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from syrupy.assertion import SnapshotAssertion

from harness.checks.finding import Finding
from harness.checks.release import compatibility
from harness.checks.release.compatibility import Compatibility
from harness.checks.release.old_app import Recorded, ask_again, prepare_old_app
from harness.checks.release.touched import touched
from harness.database import Cluster, Database
from harness.render.findings import findings_text
from harness.sql import parse_script
from tests.rules.cases import Case, cases_of
from tests.rules.observed import APP, OWNER, filled, migration_of, observe, read_case

CASES = cases_of("old-app-breaks")


@pytest.fixture(scope="module")
def template(cluster: Cluster) -> Database:
    return filled(cluster)


@pytest.fixture
def database(cluster: Cluster, template: Database) -> Iterator[Database]:
    clone = cluster.clone(template)
    yield clone
    cluster.drop(clone)


@pytest.fixture
def before(cluster: Cluster, template: Database) -> Iterator[Database]:
    clone = cluster.clone(template)
    yield clone
    cluster.drop(clone)


def judged(
    case: Case, database: Database, before: Database, recorded: tuple[Recorded, ...] = ()
) -> tuple[Finding, ...]:
    parts = read_case(case)
    with before.connect(OWNER) as connection:
        if parts.setup.strip():
            connection.execute(parts.setup.encode())
    seen = observe(database, parts.setup, parts.migration)
    assert seen.forward.failure is None
    app = prepare_old_app(before, seen.before, touched(seen), roles=(APP,), recorded=recorded)
    evidence = Compatibility(
        migration=parts.migration,
        forward=seen.forward,
        app=app,
        after=ask_again(database, app),
    )
    return tuple(found for rule in compatibility.RULES for found in rule.findings(evidence))


@pytest.mark.parametrize("case", [each for each in CASES if each.is_bad], ids=lambda c: c.name)
def test_bad_case_is_caught_at_its_line(
    case: Case, database: Database, before: Database, snapshot: SnapshotAssertion
) -> None:
    found = judged(case, database, before)
    assert {f"{each.file}:{each.line}" for each in found} == set(case.expected)
    assert findings_text(found) == snapshot


@pytest.mark.parametrize("case", [each for each in CASES if not each.is_bad], ids=lambda c: c.name)
def test_good_case_is_not_caught(case: Case, database: Database, before: Database) -> None:
    assert judged(case, database, before) == ()


def test_a_recorded_statement_is_run_again(
    case: Case, database: Database, before: Database
) -> None:
    recorded = Recorded(
        release="0.1",
        file="contracts/0.1/notes.sql",
        script=parse_script("SELECT n.body FROM core.notes AS n JOIN core.people p ON TRUE;"),
    )
    found = judged(case, database, before, (recorded,))
    assert "recorded statement contracts/0.1/notes.sql:1" in {each.object for each in found}


@pytest.fixture
def case() -> Case:
    return next(each for each in CASES if each.path.stem == "bad-rename-column")


def test_what_was_tried_leaves_no_row_behind(database: Database, before: Database) -> None:
    migration = migration_of(parse_script("ALTER TABLE core.diaries ADD COLUMN more int;"))
    seen = observe(database, "", migration)
    app = prepare_old_app(before, seen.before, touched(seen), roles=(APP,))
    labels = {asked.request.label for asked, _ in app.requests}
    assert {"INSERT of a full row", "INSERT of a minimal row", "DELETE of a row"} <= labels
    ask_again(database, app)
    with database.connect() as connection:
        assert connection.execute("SELECT count(*) FROM core.diaries").fetchone() == (30,)


def test_contexts_are_found_from_the_policies(database: Database, before: Database) -> None:
    migration = migration_of(parse_script("ALTER TABLE core.diaries ADD COLUMN more int;"))
    seen = observe(database, "", migration)
    app = prepare_old_app(before, seen.before, touched(seen), roles=(APP,))
    writes = {str(a.context) for a, _ in app.requests if a.request.label.startswith("INSERT")}
    assert writes == {"case.person set"}
