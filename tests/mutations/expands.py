"""Expands and contracts that stop, break or lose somebody.

The unsafe twins of the database's safe patterns are in `tests.rules.twins`; these are the mistakes
beside them, each judged by everything that judges a migration.
"""

from __future__ import annotations

from tests.mutations.edits import (
    appended,
    both,
    moved_before,
    replaced,
    substituted,
    without,
)
from tests.mutations.mutation import MANIFEST, Mutation

_NOT_UNDONE = "R does not take it back"
_TOLD_TWICE = "the old application meets what the catalog shows"
_PIN = "ALTER TABLE communication.threads ADD COLUMN is_pinned boolean NOT NULL DEFAULT FALSE;"

MUTATIONS: tuple[Mutation, ...] = (
    Mutation(
        name="a column goes in an expand",
        file="V200021",
        edit=appended("ALTER TABLE communication.threads DROP COLUMN closed_at;"),
        rule="expand-not-additive",
        line="ALTER TABLE communication.threads DROP COLUMN closed_at;",
        object="column communication.threads.closed_at",
        also={"old-app-breaks": _TOLD_TWICE, "rollback-asymmetric": _NOT_UNDONE},
    ),
    Mutation(
        name="a required column has no default",
        file="V200021",
        edit=replaced("boolean NOT NULL DEFAULT FALSE", "boolean NOT NULL"),
        rule="apply-fails",
        line="ALTER TABLE communication.threads ADD COLUMN is_pinned boolean NOT NULL;",
    ),
    Mutation(
        name="a column becomes required under the old application",
        file="V200021",
        edit=replaced(
            _PIN, _PIN + "\nALTER TABLE communication.threads ALTER COLUMN is_pinned DROP DEFAULT;"
        ),
        rule="old-app-breaks",
        object="table communication.threads",
        also={"expand-not-additive": "the catalog shows it, too"},
    ),
    Mutation(
        name="a trigger refuses what the old application writes",
        file="V200021",
        edit=appended(
            "CREATE FUNCTION communication.require_pin() RETURNS trigger LANGUAGE plpgsql\n"
            "SET search_path = pg_catalog, pg_temp AS $$\n"
            "BEGIN\n    IF NOT NEW.is_pinned THEN\n        RAISE EXCEPTION 'fixe a conversa';\n"
            "    END IF;\n    RETURN NEW;\nEND;\n$$;\n"
            "CREATE TRIGGER threads_require_pin BEFORE INSERT ON communication.threads\n"
            "FOR EACH ROW EXECUTE FUNCTION communication.require_pin();"
        ),
        rule="old-app-breaks",
        object="table communication.threads",
        also={"rollback-asymmetric": _NOT_UNDONE},
    ),
    Mutation(
        name="a value of an enum is renamed",
        file="V200021",
        edit=appended("ALTER TYPE app.actor_kind RENAME VALUE 'system' TO 'robot';"),
        rule="expand-not-additive",
        line="ALTER TYPE app.actor_kind RENAME VALUE 'system' TO 'robot';",
        object="type app.actor_kind",
        also={
            "rollback-asymmetric": _NOT_UNDONE,
            "old-app-breaks": _TOLD_TWICE,
        },
    ),
    Mutation(
        name="a value is added to an enum",
        file="V200004",
        edit=appended("ALTER TYPE protocol.module_kind ADD VALUE 'sleep';"),
        rule="rollback-asymmetric",
        at="R200004",
        object="type protocol.module_kind",
    ),
    Mutation(
        name="a restrictive policy is added",
        file="V200031",
        edit=appended(
            "CREATE POLICY threads_open_only ON communication.threads AS RESTRICTIVE\n"
            "FOR SELECT TO korevitta_app USING (closed_at IS NULL);"
        ),
        rule="expand-not-additive",
        object="policy communication.threads.threads_open_only",
        also={
            "old-app-breaks": _TOLD_TWICE,
            "rollback-asymmetric": _NOT_UNDONE,
        },
    ),
    Mutation(
        name="an exclusion constraint is built over rows",
        file="V200023",
        edit=appended(
            "ALTER TABLE core.goals ADD CONSTRAINT goals_id_excl\nEXCLUDE USING btree (id WITH =);"
        ),
        rule="lock-blocks-reads",
        line="ALTER TABLE core.goals ADD CONSTRAINT goals_id_excl",
        object="table core.goals",
        also={"rollback-asymmetric": _NOT_UNDONE},
    ),
    Mutation(
        name="an index is built anew",
        file="V200023",
        edit=appended("REINDEX INDEX core.patients_user_id_idx;"),
        rule="table-rewrite",
        line="REINDEX INDEX core.patients_user_id_idx;",
        object="index core.patients_user_id_idx",
    ),
    Mutation(
        name="a month is detached",
        file="V300012",
        edit=appended(
            "ALTER TABLE hydration.water_intake_logs\n"
            "DETACH PARTITION hydration.water_intake_logs_2026_01;"
        ),
        rule="lock-blocks-reads",
        line="ALTER TABLE hydration.water_intake_logs\nDETACH PARTITION",
        object="table hydration.water_intake_logs_2026_01",
        also={
            "expand-not-additive": "the rows of the month are out of sight",
            "rollback-asymmetric": _NOT_UNDONE,
        },
    ),
    Mutation(
        name="an archive is created as a partition",
        file="V300011",
        edit=both(
            substituted(
                r"CREATE TABLE hydration\.water_intake_logs_2023 \(.*?\n\);",
                "CREATE TABLE hydration.water_intake_logs_2023"
                " PARTITION OF hydration.water_intake_logs\n"
                "FOR VALUES FROM ('2023-01-01 00:00:00+00') TO ('2024-01-01 00:00:00+00');",
            ),
            without("water_intake_logs_2023_patient_id_idx", "water_intake_logs_2023_prof"),
        ),
        rule="lock-blocks-reads",
        line="CREATE TABLE hydration.water_intake_logs_2023",
        object="table hydration.water_intake_logs_2023",
    ),
    Mutation(
        name="a backfill is one statement",
        file="V200017",
        edit=substituted(
            r"CALL ops\.run_backfill\([^;]*;",
            "UPDATE checkin.checkins SET professional_notes = trim(professional_notes);",
        ),
        rule="data-change-unbatched",
        line="UPDATE checkin.checkins SET professional_notes = trim(professional_notes);",
    ),
    Mutation(
        name="an index that is there is taken for done",
        file="V200008",
        edit=both(
            without("DROP INDEX"),
            replaced("INDEX CONCURRENTLY goals", "INDEX CONCURRENTLY IF NOT EXISTS goals"),
        ),
        rule="interruption-unsafe",
        line="CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS goals_scope_key",
    ),
    Mutation(
        name="a contract does not look before it drops",
        file="V300003",
        edit=without("DO $$"),
        rule="contract-before-backfill",
    ),
    Mutation(
        name="a contract looks for the wrong thing",
        file="V300016",
        edit=replaced("m.schemaname = 'core'", "m.schemaname = 'cores'"),
        rule="contract-before-backfill",
    ),
    Mutation(
        name="a contract drops the proof before it needs it",
        file="V300014",
        edit=moved_before(
            "DROP CONSTRAINT patients_time_zone_present_check",
            "ALTER COLUMN time_zone SET NOT NULL",
        ),
        rule="full-scan-under-lock",
        line="ALTER TABLE core.patients\nALTER COLUMN time_zone SET NOT NULL",
        object="table core.patients",
        also={"suppression-invalid": "the one in the file spoke of what stands elsewhere now"},
    ),
    Mutation(
        name="a contract adds a column",
        file="V300014",
        edit=appended("ALTER TABLE core.patients ADD COLUMN nickname text;"),
        rule="contract-not-removal",
        line="ALTER TABLE core.patients ADD COLUMN nickname text;",
        object="column core.patients.nickname",
        also={"rollback-asymmetric": _NOT_UNDONE},
    ),
    Mutation(
        name="a contract drops what its own release made",
        file="V300014",
        edit=appended("DROP TRIGGER patients_audit ON core.patients;"),
        rule="contract-same-release",
        object="trigger core.patients.patients_audit",
        also={"rollback-asymmetric": _NOT_UNDONE},
    ),
    Mutation(
        name="a contract comes in the release of its expand",
        file=MANIFEST,
        edit=replaced('release: "1.2"', 'release: "1.1"'),
        rule="contract-same-release",
        line="        after: [V200032]",
    ),
    Mutation(
        name="a loss is declared that does not happen",
        file=MANIFEST,
        edit=replaced(
            "        after: [V200022, V200023]\n",
            "        after: [V200022, V200023]\n        loses: [core.patients.time_zone]\n",
        ),
        judge="V300014",
        at="V300014",
        rule="declared-loss-absent",
        object="core.patients.time_zone",
    ),
    Mutation(
        name="another table is read while one is closed",
        file="V200021",
        edit=appended(
            "SELECT set_config('app.maintenance', 'on', TRUE);\nSELECT count(*) FROM core.patients;"
        ),
        rule="statements-after-exclusive-lock",
        line="SELECT count(*) FROM core.patients;",
        object="table communication.threads",
    ),
    Mutation(
        name="a trigger is created and the table read",
        file="V300006",
        edit=appended(
            "SELECT set_config('app.maintenance', 'on', TRUE);\nSELECT count(*) FROM core.consents;"
        ),
        rule="full-scan-under-lock",
        line="SELECT count(*) FROM core.consents;",
        object="table core.consents",
    ),
)
