"""Schemas that are not sound at the end of their phase."""

from __future__ import annotations

from tests.mutations.edits import appended, before, in_statement, replaced, without
from tests.mutations.mutation import Mutation

MUTATIONS: tuple[Mutation, ...] = (
    Mutation(
        name="a foreign key loses its index",
        file="V100003",
        edit=without("subscriptions_plan_id_idx"),
        rule="foreign-key-unindexed",
        object="foreign key identity.subscriptions.subscriptions_plan_id_fkey",
    ),
    Mutation(
        name="a foreign key to a partitioned table loses its index",
        file="V200015",
        edit=without("reviews_checkin_id_idx"),
        rule="foreign-key-unindexed",
        object="foreign key checkin.reviews.reviews_checkin_id_fkey",
    ),
    Mutation(
        name="an index is built twice",
        file="V200004",
        edit=before(
            "plans_patient_id_idx",
            "CREATE INDEX plans_scope_idx\n"
            "ON hydration.plans (professional_id, patient_id, starts_on);",
        ),
        rule="index-duplicate",
        object="index hydration.plans_",
    ),
    Mutation(
        name="everybody may call a function with its owner's rights",
        file="V100001",
        edit=appended("GRANT EXECUTE ON FUNCTION identity.find_login(public.citext) TO public;"),
        rule="public-privilege",
        object="function identity.find_login(public.citext)",
    ),
    Mutation(
        name="everybody may read a table",
        file="V100003",
        edit=replaced(
            "GRANT SELECT ON TABLE identity.plans TO korevitta_app, korevitta_readonly",
            "GRANT SELECT ON TABLE identity.plans TO public",
        ),
        rule="public-privilege",
        object="table identity.plans",
    ),
    Mutation(
        name="functions are born executable by everybody",
        file="V000002",
        edit=without("REVOKE EXECUTE ON ROUTINES"),
        rule="public-privilege",
        at="V000005",
        object="function ops.partition_health()",
    ),
    Mutation(
        name="a function with its owner's rights has no search_path",
        file="V100001",
        edit=in_statement(
            "identity.find_login(login", "SET search_path = pg_catalog, pg_temp\n", ""
        ),
        rule="security-definer-path",
        object="function identity.find_login(public.citext)",
    ),
    Mutation(
        name="temporary tables come first in the search_path",
        file="V000005",
        edit=in_statement(
            "CREATE FUNCTION ops.partition_health()",
            "SET search_path = pg_catalog, pg_temp",
            "SET search_path = pg_temp, pg_catalog",
        ),
        rule="security-definer-path",
        object="function ops.partition_health()",
    ),
    Mutation(
        name="a matview has no unique index",
        file="V300004",
        edit=replaced("CREATE UNIQUE INDEX", "CREATE INDEX"),
        rule="matview-not-concurrent",
        object="materialized view analytics.mv_protocol_effectiveness",
    ),
    Mutation(
        name="a matview's unique index leaves rows out",
        file="V200032",
        edit=replaced(
            "ON analytics.mv_patient_dashboard (patient_id);",
            "ON analytics.mv_patient_dashboard (patient_id) WHERE status = 'active';",
        ),
        rule="matview-not-concurrent",
        object="materialized view analytics.mv_patient_dashboard",
    ),
    Mutation(
        name="the default partition is forgotten",
        file="V100020",
        edit=without("communication.messages_default"),
        rule="partition-gap",
        object="table communication.messages",
    ),
    Mutation(
        name="a key is unique within each month alone",
        file="V100020",
        edit=replaced(
            "CREATE INDEX messages_sender_user_id_idx",
            "ALTER TABLE communication.messages_2026_03 ADD CONSTRAINT messages_2026_03_id_key"
            " UNIQUE (id);\nCREATE INDEX messages_sender_user_id_idx",
        ),
        rule="partition-key-missing",
        object="unique constraint communication.messages_2026_03.messages_2026_03_id_key",
    ),
    Mutation(
        name="a table is numbered by integers",
        file="V200004",
        edit=replaced(
            "    daily_target_ml integer NOT NULL,",
            "    plan_number integer GENERATED ALWAYS AS IDENTITY,\n"
            "    daily_target_ml integer NOT NULL,",
        ),
        rule="sequence-exhaustible",
        object="sequence hydration.plans_plan_number_seq",
    ),
    Mutation(
        name="a constraint is never validated",
        file="V200012",
        edit=without("VALIDATE CONSTRAINT protocols_goal_id_fkey"),
        rule="constraint-not-valid",
        at="V200010",
        object="foreign key protocol.protocols.protocols_goal_id_fkey",
    ),
    Mutation(
        name="the index of one month is never attached",
        file="V200020",
        edit=without("communication.messages_2026_07_unread_idx", "DO $$"),
        rule="index-invalid",
        object="index communication.messages_unread_idx",
        also={"rollback-fails": "an index that hangs on nothing does not go with the parent's"},
    ),
    Mutation(
        name="a trigger's function names a column that is not there",
        file="V100008",
        edit=replaced("risk_score = NEW.score", "risk = NEW.score"),
        rule="function-broken",
        object="function core.carry_risk_score()",
        also={"rls-leak": "a table that cannot be written to cannot be probed"},
    ),
    Mutation(
        name="a function reads a table that is not there",
        file="V200014",
        edit=appended(
            "CREATE FUNCTION protocol.count_templates() RETURNS bigint LANGUAGE plpgsql\n"
            "SET search_path = pg_catalog, pg_temp AS $$\n"
            "BEGIN\n    RETURN (SELECT count(*) FROM protocol.template);\nEND;\n$$;"
        ),
        rule="function-broken",
        object="function protocol.count_templates()",
        also={"rollback-asymmetric": "R does not know the new function"},
    ),
    Mutation(
        name="a name is longer than PostgreSQL keeps",
        file="V200004",
        edit=replaced(
            "plans_protocol_module_id_idx",
            "plans_protocol_module_id_and_the_scope_of_practice_and_patient_idx",
        ),
        rule="identifier-too-long",
        object="plans_protocol_module_id_and_the_scope_of_practice_and_patient_",
    ),
)
