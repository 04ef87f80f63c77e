"""Rollbacks with a line too few, too many, or in the wrong place."""

from __future__ import annotations

from tests.mutations.edits import appended, before, in_statement, moved_before, replaced, without
from tests.mutations.mutation import Mutation

MUTATIONS: tuple[Mutation, ...] = (
    Mutation(
        name="a policy is forgotten",
        file="R200027",
        edit=without("DROP POLICY tags_professional_delete"),
        rule="rollback-asymmetric",
        object="policy core.tags.tags_professional_delete",
    ),
    Mutation(
        name="a grant on columns is not revoked",
        file="R200029",
        edit=without("REVOKE SELECT"),
        rule="rollback-asymmetric",
        object="column checkin.forms.",
    ),
    Mutation(
        name="an index of two is forgotten",
        file="R200011",
        edit=without("protocols_goal_id_idx"),
        rule="rollback-asymmetric",
        object="index protocol.protocols_goal_id_idx",
    ),
    Mutation(
        name="an extension is left",
        file="R000001",
        edit=without("DROP EXTENSION pg_trgm"),
        rule="rollback-asymmetric",
        object="extension pg_trgm",
    ),
    Mutation(
        name="a type keeps its schema from being dropped",
        file="R000001",
        edit=without("DROP TYPE app.actor_kind"),
        rule="rollback-fails",
        line="DROP SCHEMA app;",
    ),
    Mutation(
        name="default privileges stay revoked",
        file="R000002",
        edit=without("GRANT EXECUTE ON ROUTINES"),
        rule="rollback-asymmetric",
        object="default privilege",
    ),
    Mutation(
        name="a function is left",
        file="R000005",
        edit=without("DROP FUNCTION ops.partition_health()"),
        rule="rollback-asymmetric",
        object="function ops.partition_health()",
    ),
    Mutation(
        name="a type is left",
        file="R200005",
        edit=without("DROP TYPE"),
        rule="rollback-asymmetric",
        object="type hydration.intake_source",
    ),
    Mutation(
        name="a type goes before the table that uses it",
        file="R000007",
        edit=moved_before("DROP TYPE ops.backfill_status", "DROP TABLE ops.backfill_jobs"),
        rule="rollback-fails",
        line="DROP TYPE ops.backfill_status;",
    ),
    Mutation(
        name="a function goes before the trigger that calls it",
        file="R100004",
        edit=moved_before("core.enforce_patient_limit()", "DROP TABLE core.patients"),
        rule="rollback-fails",
        line="DROP FUNCTION core.enforce_patient_limit();",
    ),
    Mutation(
        name="a table is misspelt",
        file="R200015",
        edit=replaced("DROP TABLE checkin.reviews", "DROP TABLE checkin.review"),
        rule="rollback-fails",
        line="DROP TABLE checkin.review;",
    ),
    Mutation(
        name="a misspelt column is dropped if it exists",
        file="R200021",
        edit=replaced("DROP COLUMN is_pinned", "DROP COLUMN IF EXISTS pinned"),
        rule="rollback-asymmetric",
        object="column communication.threads.is_pinned",
    ),
    Mutation(
        name="the index that a constraint took is not built again",
        file="R200009",
        edit=without("CREATE UNIQUE INDEX"),
        rule="rollback-asymmetric",
        object="index core.goals_scope_key",
    ),
    Mutation(
        name="the index of one month is not built again",
        file="R200020",
        edit=without("messages_2026_07_unread_idx"),
        rule="rollback-asymmetric",
        object="index communication.messages_2026_07_unread_idx",
    ),
    Mutation(
        name="a foreign key comes back validated",
        file="R200012",
        edit=replaced(
            "core.goals (professional_id, patient_id, id) NOT VALID",
            "core.goals (professional_id, patient_id, id)",
        ),
        rule="rollback-asymmetric",
        object="foreign key protocol.protocols.protocols_goal_id_fkey",
    ),
    Mutation(
        name="a column stays required",
        file="R300014",
        edit=without("DROP NOT NULL"),
        rule="rollback-asymmetric",
        object="column core.patients.time_zone",
    ),
    Mutation(
        name="a policy comes back wide open",
        file="R300016",
        edit=in_statement(
            "brandings_mvp_professional_delete",
            "professional_id = (SELECT app.current_professional_id())",
            "TRUE",
        ),
        rule="rollback-asymmetric",
        object="policy core.brandings.brandings_mvp_professional_delete",
    ),
    Mutation(
        name="a comment is forgotten",
        file="R300013",
        edit=without("COMMENT ON COLUMN"),
        rule="rollback-asymmetric",
        object="column checkin.checkins.professional_notes",
    ),
    Mutation(
        name="a column comes back with a default",
        file="R300013",
        edit=replaced(
            "ADD COLUMN professional_notes text,",
            "ADD COLUMN professional_notes text DEFAULT '-',",
        ),
        rule="rollback-asymmetric",
        object="column checkin.checkins.professional_notes",
    ),
    Mutation(
        name="triggers stay off",
        file="R300013",
        edit=without("ENABLE TRIGGER USER"),
        rule="rollback-asymmetric",
        object="trigger checkin.checkins.",
    ),
    Mutation(
        name="a view comes back without its barrier",
        file="R300003",
        edit=replaced(" WITH (security_barrier = TRUE)", ""),
        rule="rollback-asymmetric",
        object="view analytics.patient_overview",
    ),
    Mutation(
        name="a grant on a view is forgotten",
        file="R300003",
        edit=without("GRANT SELECT ON TABLE analytics.patient_overview"),
        rule="rollback-asymmetric",
        object="view analytics.patient_overview",
    ),
    Mutation(
        name="a matview's key comes back without being unique",
        file="R300003",
        edit=replaced("CREATE UNIQUE INDEX", "CREATE INDEX"),
        rule="rollback-asymmetric",
        object="index analytics.mv_patient_overview_key",
    ),
    Mutation(
        name="a partition is dropped instead of detached",
        file="R300012",
        edit=replaced("ALTER TABLE hydration.water_intake_logs\nDETACH PARTITION", "DROP TABLE"),
        rule="rollback-asymmetric",
        object="table hydration.water_intake_logs_2023",
    ),
    Mutation(
        name="row security is switched off instead of a policy dropped",
        file="R200026",
        edit=replaced(
            "DROP POLICY users_user_select ON identity.users",
            "DROP POLICY users_user_select ON identity.users;\n"
            "ALTER TABLE identity.users NO FORCE ROW LEVEL SECURITY",
        ),
        rule="rollback-asymmetric",
        object="table identity.users",
    ),
    Mutation(
        name="a registration is left, and with it the second try fails",
        file="R100016",
        edit=without("DELETE FROM ops.partitioned_tables"),
        rule="reapply-fails",
        at="V100016",
        line="INSERT INTO ops.partitioned_tables (table_name, partition_column)",
    ),
    Mutation(
        name="a column is dropped and comes back last",
        file="R200021",
        edit=replaced(
            "DROP COLUMN is_pinned",
            "DROP COLUMN is_pinned, DROP COLUMN closed_at, ADD COLUMN closed_at timestamptz",
        ),
        rule="column-order-differs",
        object="column communication.threads.",
    ),
    Mutation(
        name="a rollback refuses as soon as there are rows",
        file="R100003",
        edit=before(
            "DROP TABLE identity.subscriptions",
            "DO $$\nBEGIN\n    IF EXISTS (SELECT 1 FROM identity.plans) THEN\n"
            "        RAISE EXCEPTION 'ainda há planos cadastrados';\n    END IF;\nEND;\n$$;",
        ),
        rule="phase-not-reversible",
        line="DO $$",
    ),
    Mutation(
        name="what a backfill copied is left",
        file="R200017",
        edit=without("DELETE FROM checkin.reviews"),
        rule="rows-changed",
        object="table checkin.reviews",
    ),
    Mutation(
        name="a contract's rollback does not bring the notes back",
        file="R300013",
        edit=without("SET professional_notes = r.notes"),
        rule="undeclared-loss",
        object="table checkin.checkins",
    ),
    Mutation(
        name="a rollback touches rows that are none of its business",
        file="R200022",
        edit=appended(
            "SELECT set_config('app.maintenance', 'on', TRUE);\n"
            "UPDATE core.tags SET color = '#000000';"
        ),
        rule="rows-changed",
        object="table core.tags",
    ),
    Mutation(
        name="each application writes its own hour",
        file="V200021",
        edit=appended(
            "DO $$\nBEGIN\n    EXECUTE pg_catalog.format(\n"
            "        'COMMENT ON TABLE communication.threads IS %L', pg_catalog.clock_timestamp()\n"
            "    );\nEND;\n$$;"
        ),
        rule="not-deterministic",
        object="table communication.threads",
        also={
            "rollback-asymmetric": "R does not know which comment there was",
        },
    ),
    Mutation(
        name="the second application takes another way",
        file="V200021",
        edit=appended(
            "DO $$\nBEGIN\n"
            "    IF EXISTS (SELECT 1 FROM ops.scheduled_jobs WHERE job_name = 'pin') THEN\n"
            "        ALTER TABLE communication.threads ALTER COLUMN is_pinned SET DEFAULT TRUE;\n"
            "    END IF;\n"
            "    INSERT INTO ops.scheduled_jobs\n"
            "        (job_name, description, schedule, period, command)\n"
            "    VALUES ('pin', 'x', '* * * * *', '1 min', 'SELECT 1')\n"
            "    ON CONFLICT (job_name) DO NOTHING;\n"
            "END;\n$$;"
        ),
        rule="reapply-differs",
        object="column communication.threads.is_pinned",
        also={
            "rows-changed": "the row that tells the two ways apart is left by R",
            "statements-after-exclusive-lock": "it is written while the table is locked",
        },
    ),
)
