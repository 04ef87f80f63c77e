"""A snapshot folder, executed in an empty database, gives the database that it shows."""

from __future__ import annotations

import pytest

from harness.catalog import Catalog, read_catalog
from harness.database import Cluster
from harness.plan import read_plan
from harness.render.replay import replay_order, split
from harness.render.schema import changed_files, overlaid, schema_files
from tests.catalog.areas import database_for, known_to, major_of, run
from tests.catalog.corpus import Area, read_corpus
from tests.catalog.korevitta import DB_ROOT, apply_phase
from tests.render.replaying import difference, dump_difference, replay


@pytest.mark.server
@pytest.mark.parametrize("area", read_corpus(), ids=lambda area: area.name)
def test_corpus_is_replayed(area: Area, dumpable_cluster: Cluster) -> None:
    with database_for(dumpable_cluster) as made:
        with made.connect() as connection:
            known = known_to(major_of(connection), area)
            cases = tuple(case for case in known if not (case.differs or case.unlike))
            run(connection, (*area.prologue, *cases))
            catalog = read_catalog(connection)
        files = schema_files(catalog)
        with database_for(dumpable_cluster) as empty:
            again = replay(files, empty)
            assert difference(catalog, again) == ""
            assert schema_files(again) == files
            assert dump_difference(made, empty) == ""


@pytest.mark.server
def test_each_phase_of_korevitta_is_replayed(dumpable_cluster: Cluster) -> None:
    plan, faults = read_plan(DB_ROOT)
    assert not faults
    dumpable_cluster.ensure_roles((*plan.roles, str(plan.owner)))
    made = dumpable_cluster.create(owner=plan.owner)
    before: Catalog | None = None
    folder: dict[str, str] = {}
    for phase in plan.phases:
        apply_phase(phase, made)
        with made.connect() as connection:
            catalog = read_catalog(connection)
        written = changed_files(before, catalog) if before else schema_files(catalog)
        folder = dict(overlaid(folder, written))
        empty = dumpable_cluster.create()
        assert difference(catalog, replay(folder, empty)) == "", phase.id
        assert dump_difference(made, empty) == "", phase.id
        dumpable_cluster.drop(empty)
        before = catalog
    dumpable_cluster.drop(made)


def test_creations_come_after_what_they_mention() -> None:
    files = {
        "a/table.t.sql": "CREATE TABLE a.t (\n    id integer DEFAULT b.f(1)\n);\n",
        "a/view.a.sql": "CREATE VIEW a.a AS\n SELECT id FROM a.b;\n",
        "a/view.b.sql": "CREATE VIEW a.b AS\n SELECT id FROM a.t;\n",
        "a/schema.sql": "CREATE SCHEMA a;\n\nGRANT USAGE ON SCHEMA a TO r;\n",
        "b/function.f.sql": "CREATE FUNCTION b.f(integer)\n AS $$SELECT 1 FROM a.a;$$;\n",
        "b/schema.sql": "CREATE SCHEMA b;\n",
    }
    assert [statement.split("(")[0].split(" AS")[0] for statement in replay_order(files)] == [
        "CREATE SCHEMA a;",
        "CREATE SCHEMA b;",
        "CREATE FUNCTION b.f",
        "CREATE TABLE a.t ",
        "CREATE VIEW a.b",
        "CREATE VIEW a.a",
        "GRANT USAGE ON SCHEMA a TO r;",
    ]


def test_statements_end_where_sql_says() -> None:
    statements = (
        "CREATE FUNCTION a.f()\n    AS $x$ BEGIN; $y$;$y$ END $x$;",
        "COMMENT ON TABLE a.t IS 'it''s; -- here';",
        'CREATE TABLE a."x;y" ();',
        "CREATE RULE r AS ON DELETE TO a.t DO ( SELECT 1; SELECT 2; );",
        "CREATE FUNCTION a.g()\n    BEGIN ATOMIC\n SELECT 1;\n SELECT 2;\nEND;",
    )
    text = "-- a file; with a comment\n\n" + "\n\n".join(statements) + "\n"
    assert tuple(split(text)) == statements
