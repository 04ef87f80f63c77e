"""Isolation is proven on every table that the application reaches, not on some examples.

The real tree is loosened in one way everywhere; every table must then be named.
"""

from __future__ import annotations

import re

import pytest

from harness.catalog import read_catalog
from harness.checks.finding import Finding
from harness.checks.isolation import rules as isolation
from harness.checks.isolation.leaks import Action
from harness.checks.schema.phase_schema import PhaseSchema, gather_phase_schema
from harness.database import Database
from harness.plan import Plan


def seen(database: Database, plan: Plan) -> PhaseSchema:
    with database.connect() as connection:
        catalog = read_catalog(connection)
    return gather_phase_schema(database, catalog, plan, plan.phases[-1])


def findings(rule_id: str, schema: PhaseSchema) -> tuple[Finding, ...]:
    return next(rule for rule in isolation.RULES if rule.id == rule_id).findings(schema)


def reached(database: Database, plan: Plan, privilege: str) -> set[str]:
    """List the isolated tables on which the application has a privilege."""
    with database.connect() as connection:
        rows = connection.execute(
            "SELECT c.oid::regclass::text FROM pg_class AS c"
            " WHERE c.relrowsecurity AND has_any_column_privilege(%s, c.oid, %s)"
            if privilege != "DELETE"
            else "SELECT c.oid::regclass::text FROM pg_class AS c"
            " WHERE c.relrowsecurity AND has_table_privilege(%s, c.oid, %s)",
            (plan.app_roles[0], privilege),
        )
        return {name for (name,) in rows.fetchall()}


def loosened(database: Database, tables: set[str], statement: str) -> None:
    with database.connect() as connection:
        for table in sorted(tables):
            connection.execute(statement.replace("TABLE_NAME", table).encode())


def test_the_tree_as_it_is_leaks_nothing_and_every_table_could_be_probed(
    real_database: Database, real_plan: Plan
) -> None:
    schema = seen(real_database, real_plan)
    assert schema.leaks == ()
    assert schema.policy_scans == ()
    assert schema.unfilled == ()
    assert schema.unprobed == ()
    assert schema.tenancy is not None
    tables = reached(real_database, real_plan, "SELECT")
    assert len(tables) > 20
    assert tables <= set(schema.tenancy.protected)


@pytest.mark.parametrize(
    ("privilege", "policy", "action"),
    [
        ("SELECT", "FOR SELECT TO PUBLIC USING (true)", Action.SEES),
        ("INSERT", "FOR INSERT TO PUBLIC WITH CHECK (true)", Action.INSERTS),
    ],
)
def test_a_loose_policy_is_found_on_every_table(
    real_database: Database, real_plan: Plan, privilege: str, policy: str, action: Action
) -> None:
    tables = reached(real_database, real_plan, privilege)
    loosened(real_database, tables, f"CREATE POLICY loose ON TABLE_NAME {policy}")
    schema = seen(real_database, real_plan)
    assert tables - {each.relation for each in schema.leaks if each.action is action} == set()
    named = {each.object for each in findings("rls-leak", schema)}
    assert {f"table {table}" for table in tables} <= named


def test_a_write_that_any_policy_lets_through_is_found_where_there_is_the_privilege(
    real_database: Database, real_plan: Plan
) -> None:
    updated = reached(real_database, real_plan, "UPDATE")
    deleted = reached(real_database, real_plan, "DELETE")
    loosened(real_database, updated | deleted, "CREATE POLICY loose ON TABLE_NAME USING (true)")
    schema = seen(real_database, real_plan)
    changed = {
        each.relation for each in schema.leaks if each.action in {Action.UPDATES, Action.MOVES}
    }
    assert updated - changed == set()
    gone = {each.relation for each in schema.leaks if each.action is Action.DELETES}
    assert deleted - gone == set()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("ALTER TABLE TABLE_NAME NO FORCE ROW LEVEL SECURITY", "does not force"),
        ("ALTER TABLE TABLE_NAME DISABLE ROW LEVEL SECURITY", "has no row level security"),
    ],
)
def test_row_security_that_is_taken_away_is_missed_on_every_table(
    real_database: Database, real_plan: Plan, statement: str, said: str
) -> None:
    tables = reached(real_database, real_plan, "SELECT")
    loosened(real_database, tables, statement)
    schema = seen(real_database, real_plan)
    found = findings("rls-missing", schema)
    assert {each.object for each in found} == {f"table {table}" for table in tables}
    assert all(said in each.message for each in found)


def test_every_index_that_policies_need_is_missed(real_database: Database, real_plan: Plan) -> None:
    """Without any index but its keys on id, no table's policies can be served."""
    tables = reached(real_database, real_plan, "SELECT")
    with real_database.connect() as connection:
        names = connection.execute(
            "SELECT i.indexrelid::regclass::text FROM pg_index AS i"
            " INNER JOIN pg_class AS c ON i.indexrelid = c.oid"
            " WHERE i.indrelid::regclass::text = ANY(%s) AND NOT c.relispartition"
            " AND NOT EXISTS (SELECT FROM pg_constraint AS k WHERE k.conindid = i.indexrelid)",
            (sorted(tables),),
        ).fetchall()
        for (name,) in names:
            connection.execute(f"DROP INDEX {name}".encode())
    scanned = {each.table for each in seen(real_database, real_plan).policy_scans}
    assert len(scanned) > len(tables) / 2
    assert all(re.fullmatch(r"[a-z_]+\.[a-z_]+", table) for table in scanned)
