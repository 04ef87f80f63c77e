"""Row security taken off, loosened or left without its indexes."""

from __future__ import annotations

from tests.mutations.edits import in_statement, replaced, substituted, without
from tests.mutations.mutation import Mutation

_TENANT = "professional_id = (SELECT app.current_professional_id())"
_PATIENT = "patient_id = ANY((SELECT core.current_patient_ids())::uuid[])"
_NO_INDEX = "such a condition needs every row"

MUTATIONS: tuple[Mutation, ...] = (
    Mutation(
        name="FORCE is forgotten",
        file="V100007",
        edit=without("core.tags FORCE ROW LEVEL SECURITY"),
        rule="rls-missing",
        object="table core.tags",
    ),
    Mutation(
        name="row security is never enabled",
        file="V200004",
        edit=without("plans ENABLE ROW LEVEL SECURITY"),
        rule="rls-missing",
        object="table hydration.plans",
    ),
    Mutation(
        name="the partitions are left without row security",
        file="V100020",
        edit=without("ops.secure_partitions"),
        rule="rls-missing",
        object="table communication.messages_2026_01",
    ),
    Mutation(
        name="patients see every measurement",
        file="V200006",
        edit=in_statement("body_measurements_patient_select", _PATIENT, "TRUE"),
        rule="rls-leak",
        object="table progress.body_measurements",
    ),
    Mutation(
        name="a practice inserts rows for another",
        file="V100017",
        edit=in_statement("tasks_mvp_professional_insert", _TENANT, "TRUE"),
        rule="rls-leak",
        object="table daily.tasks",
    ),
    Mutation(
        name="a practice gives its rows away",
        file="V200004",
        edit=in_statement(
            "plans_professional_update", f"WITH CHECK ({_TENANT})", "WITH CHECK (TRUE)"
        ),
        rule="rls-leak",
        object="table hydration.plans",
    ),
    Mutation(
        name="a practice deletes the rows of all",
        file="V300001",
        edit=in_statement("body_composition_segments_professional_delete", _TENANT, "TRUE"),
        rule="rls-leak",
        object="table analytics.body_composition_segments",
    ),
    Mutation(
        name="without a context everything is shown",
        file="V200003",
        edit=in_statement(
            "plan_items_professional_select",
            _TENANT,
            "professional_id = coalesce((SELECT app.current_professional_id()), professional_id)",
        ),
        rule="rls-leak",
        object="table supplementation.plan_items",
        also={"rls-policy-scan": _NO_INDEX},
    ),
    Mutation(
        name="without a context every query fails",
        file="V000003",
        edit=replaced("'app.current_professional_id', TRUE", "'app.current_professional_id'"),
        rule="rls-leak",
        judge="V100021",
        at="V100004",
        object="table core.patients",
    ),
    Mutation(
        name="a view shows the rows of every practice",
        file="V100021",
        edit=substituted(
            r"FROM analytics.mv_patient_overview AS o\nWHERE [^;]*;",
            "FROM analytics.mv_patient_overview AS o;",
        ),
        rule="rls-leak",
        object="view analytics.patient_overview",
    ),
    Mutation(
        name="the matview itself can be read",
        file="V300004",
        edit=replaced(
            "GRANT SELECT ON TABLE analytics.protocol_effectiveness TO korevitta_app;",
            "GRANT SELECT ON TABLE analytics.protocol_effectiveness TO korevitta_app;\n"
            "GRANT SELECT ON TABLE analytics.mv_protocol_effectiveness TO korevitta_app;",
        ),
        rule="rls-leak",
        object="materialized view analytics.mv_protocol_effectiveness",
    ),
    Mutation(
        name="the trail of others can be read",
        file="V300005",
        edit=in_statement("log_professional_select", _TENANT, "professional_id IS NOT NULL"),
        rule="rls-leak",
        object="table audit.log",
        also={"rls-policy-scan": _NO_INDEX},
    ),
    Mutation(
        name="the index that a patient's policy uses is forgotten",
        file="V200005",
        edit=without("water_intake_logs_patient_id_idx"),
        rule="rls-policy-scan",
        object="policy hydration.water_intake_logs.water_intake_logs_patient_",
        also={"foreign-key-unindexed": "the index served a foreign key, too"},
    ),
    Mutation(
        name="the index that a practice's policy uses is forgotten",
        file="V100020",
        edit=without("messages_professional_id_idx"),
        rule="rls-policy-scan",
        object="policy communication.messages.messages_mvp_professional_select",
    ),
)
