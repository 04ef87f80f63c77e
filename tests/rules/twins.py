"""Unsafe twins of the database's own safe patterns: one edit each, and the rule that sees it."""

from __future__ import annotations

from dataclasses import dataclass

GUARD = "SET LOCAL lock_timeout = '5s';"


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """``old`` becomes ``new`` in the migration; an empty ``old`` puts ``new`` at its end.

    ``at`` is how the line begins that must be named. ``tried`` twins need more than one run.
    """

    name: str
    version: str
    rule: str
    new: str
    at: str
    old: str = ""
    tried: bool = False


def _index(version: str, unique: str = "") -> Twin:
    return Twin(
        name=f"index-not-concurrent-{version}",
        version=version,
        rule="lock-blocks-writes",
        old=f"CREATE {unique}INDEX CONCURRENTLY",
        new=f"CREATE {unique}INDEX",
        at=f"CREATE {unique}INDEX",
    )


def _added(name: str, version: str, rule: str, statement: str) -> Twin:
    return Twin(name=name, version=version, rule=rule, new=statement, at=statement.splitlines()[0])


_PINNED = "is_pinned boolean NOT NULL DEFAULT FALSE"
_THREADS = "ALTER TABLE communication.threads ADD COLUMN"
_PATIENTS = "ALTER TABLE core.patients"

TWINS: tuple[Twin, ...] = (
    _index("V200008", "UNIQUE "),
    Twin(
        name="unique-not-using-index",
        version="V200009",
        rule="lock-blocks-reads",
        old="goals_scope_key UNIQUE USING INDEX goals_scope_key",
        new="goals_scope_again_key UNIQUE (professional_id, patient_id, id)",
        at="ALTER TABLE core.goals",
    ),
    Twin(
        name="foreign-key-valid-at-once",
        version="V200010",
        rule="lock-blocks-writes",
        old="REFERENCES core.goals (professional_id, patient_id, id) NOT VALID",
        new="REFERENCES core.goals (professional_id, patient_id, id)",
        at="ALTER TABLE protocol.protocols",
    ),
    _added(
        "foreign-key-validated-in-the-same-transaction",
        "V200010",
        "full-scan-under-lock",
        "ALTER TABLE protocol.protocols VALIDATE CONSTRAINT protocols_goal_id_fkey;",
    ),
    _index("V200011"),
    Twin(
        name="validate-becomes-drop",
        version="V200012",
        rule="expand-not-additive",
        old="VALIDATE CONSTRAINT protocols_goal_id_fkey",
        new="DROP CONSTRAINT protocols_goal_id_fkey",
        at="ALTER TABLE protocol.protocols DROP",
    ),
    Twin(
        name="trigger-without-lock-timeout",
        version="V200016",
        rule="lock-blocks-writes",
        old=GUARD,
        new="",
        at="CREATE TRIGGER checkins_copy_new_note",
    ),
    Twin(
        name="index-on-the-whole-partitioned-table",
        version="V200018",
        rule="lock-blocks-writes",
        old="ON ONLY communication.messages",
        new="ON communication.messages",
        at="CREATE INDEX messages_unread_idx",
    ),
    Twin(
        name="index-of-a-partition-not-concurrent",
        version="V200019",
        rule="lock-blocks-writes",
        old="CREATE INDEX CONCURRENTLY messages_2026_01_unread_idx",
        new="CREATE INDEX messages_2026_01_unread_idx",
        at="CREATE INDEX messages_2026_01_unread_idx",
    ),
    Twin(
        name="volatile-default",
        version="V200021",
        rule="table-rewrite",
        old=_PINNED,
        new="is_pinned boolean NOT NULL DEFAULT (random() > 2)",
        at=_THREADS,
    ),
    Twin(
        name="serial",
        version="V200021",
        rule="table-rewrite",
        old=_PINNED,
        new="is_pinned bigserial",
        at=_THREADS,
    ),
    Twin(
        name="identity",
        version="V200021",
        rule="table-rewrite",
        old=_PINNED,
        new="is_pinned bigint GENERATED ALWAYS AS IDENTITY",
        at=_THREADS,
    ),
    Twin(
        name="stored-generated-column",
        version="V200021",
        rule="table-rewrite",
        old=_PINNED,
        new="is_pinned boolean GENERATED ALWAYS AS (professional_unread_count > 3) STORED",
        at=_THREADS,
    ),
    Twin(
        name="inline-check",
        version="V200021",
        rule="lock-blocks-writes",
        old=_PINNED,
        new="is_pinned boolean CHECK (is_pinned IS NOT FALSE)",
        at=_THREADS,
    ),
    _added(
        "cluster", "V200021", "table-rewrite", "CLUSTER communication.threads USING threads_pkey;"
    ),
    _added(
        "rename-table",
        "V200021",
        "expand-not-additive",
        "ALTER TABLE communication.threads RENAME TO conversations;",
    ),
    _added(
        "work-on-another-table-under-the-lock",
        "V200021",
        "statements-after-exclusive-lock",
        "CREATE TABLE communication.copies AS SELECT id FROM identity.users;",
    ),
    Twin(
        name="no-lock-timeout-at-all",
        version="V200021",
        rule="lock-timeout-ignored",
        old=GUARD,
        new="SET LOCAL lock_timeout = 0;",
        at=_THREADS,
        tried=True,
    ),
    Twin(
        name="check-valid-at-once",
        version="V200022",
        rule="lock-blocks-writes",
        old="BETWEEN 1 AND 64) NOT VALID",
        new="BETWEEN 1 AND 64)",
        at=f"{_PATIENTS} ADD CONSTRAINT patients_time_zone_check",
    ),
    _added(
        "check-validated-in-the-same-transaction",
        "V200022",
        "full-scan-under-lock",
        f"{_PATIENTS} VALIDATE CONSTRAINT patients_time_zone_check;",
    ),
    _added(
        "bulk-update-beside-ddl",
        "V200022",
        "full-scan-under-lock",
        "DO $$ BEGIN PERFORM set_config('app.maintenance', 'on', true);"
        " UPDATE core.patients SET time_zone = 'UTC'; END $$;",
    ),
    Twin(
        name="set-not-null-bare",
        version="V200023",
        rule="full-scan-under-lock",
        old="VALIDATE CONSTRAINT patients_time_zone_present_check",
        new="ALTER COLUMN time_zone SET NOT NULL",
        at=f"{_PATIENTS} ALTER COLUMN time_zone SET NOT NULL",
    ),
    _added(
        "type-change",
        "V200023",
        "table-rewrite",
        f"{_PATIENTS} ALTER COLUMN time_zone TYPE varchar(64);",
    ),
    _added(
        "rename-column",
        "V200023",
        "expand-not-additive",
        f"{_PATIENTS} RENAME COLUMN time_zone TO zone;",
    ),
    _index("V200024"),
    Twin(
        name="drop-index-not-concurrent",
        version="V200024",
        rule="lock-blocks-reads",
        old="DROP INDEX CONCURRENTLY IF EXISTS core.patients_risk_score_idx",
        new="DROP INDEX core.goals_patient_id_idx",
        at="DROP INDEX core.goals_patient_id_idx",
    ),
    Twin(
        name="index-that-cannot-be-built-again",
        version="V200024",
        rule="interruption-unsafe",
        old="DROP INDEX CONCURRENTLY IF EXISTS core.patients_risk_score_idx;",
        new="",
        at="CREATE INDEX CONCURRENTLY",
        tried=True,
    ),
    _index("V200025"),
    Twin(
        name="policy-without-lock-timeout",
        version="V200027",
        rule="lock-blocks-reads",
        old=GUARD,
        new="",
        at="CREATE POLICY patients_professional_select",
    ),
    _added(
        "policy-dropped-in-an-expand",
        "V200027",
        "expand-not-additive",
        "DROP POLICY patients_mvp_professional_select ON core.patients;",
    ),
    _added(
        "revoke-in-an-expand",
        "V200027",
        "expand-not-additive",
        "REVOKE UPDATE ON core.patients FROM korevitta_app;",
    ),
    _added(
        "refresh-not-concurrent",
        "V200032",
        "table-rewrite",
        "REFRESH MATERIALIZED VIEW analytics.mv_patient_overview;",
    ),
    Twin(
        name="attach-without-a-check",
        version="V300012",
        rule="full-scan-under-lock",
        old=GUARD,
        new=GUARD
        + "\nALTER TABLE hydration.water_intake_logs_2023"
        + " DROP CONSTRAINT water_intake_logs_2023_logged_at_check;",
        at="ALTER TABLE hydration.water_intake_logs\n",
    ),
    Twin(
        name="contract-guard-removed",
        version="V300013",
        rule="contract-before-backfill",
        old="IF missing > 0 THEN",
        new="IF FALSE THEN",
        at=GUARD,
        tried=True,
    ),
    _added(
        "table-created-in-a-contract",
        "V300013",
        "contract-not-removal",
        "CREATE TABLE checkin.remarks (id uuid PRIMARY KEY);",
    ),
    Twin(
        name="proof-dropped-before-set-not-null",
        version="V300014",
        rule="full-scan-under-lock",
        old="ALTER TABLE core.patients\nALTER COLUMN time_zone SET NOT NULL;",
        new="ALTER TABLE core.patients\nDROP CONSTRAINT patients_time_zone_present_check;\n"
        "ALTER TABLE core.patients ALTER COLUMN time_zone SET NOT NULL;\n"
        "ALTER TABLE core.patients ADD CONSTRAINT patients_time_zone_present_check"
        " CHECK (TRUE) NOT VALID;",
        at="ALTER TABLE core.patients ALTER COLUMN time_zone SET NOT NULL",
    ),
)
