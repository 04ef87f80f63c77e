"""Files whose text alone says what is wrong."""

from __future__ import annotations

from tests.mutations.edits import appended, before, replaced
from tests.mutations.mutation import Mutation

_REFUSED = "the server says so, too"

MUTATIONS: tuple[Mutation, ...] = (
    Mutation(
        name="a comma is missing",
        file="V200004",
        edit=replaced("    patient_id uuid NOT NULL,\n", "    patient_id uuid NOT NULL\n"),
        rule="syntax-error",
        line="    protocol_module_id uuid,",
    ),
    Mutation(
        name="a keyword is misspelt in a rollback",
        file="R200004",
        edit=replaced("DROP TABLE", "DORP TABLE"),
        rule="syntax-error",
        line="DORP TABLE hydration.plans;",
    ),
    Mutation(
        name="a function's body does not end its IF",
        file="V100004",
        edit=replaced("        RETURN NEW;\n    END IF;\n", "        RETURN NEW;\n    END;\n"),
        rule="syntax-error",
    ),
    Mutation(
        name="psql's variables are used",
        file="V200021",
        edit=before("ALTER TABLE", "\\set pinned FALSE"),
        rule="psql-meta-command",
        line="\\set pinned FALSE",
    ),
    Mutation(
        name="a file commits half way",
        file="V200012",
        edit=before("protocols_goal_id_fkey", "COMMIT;"),
        rule="transaction-control",
        line="COMMIT;",
    ),
    Mutation(
        name="a seed rolls back",
        file="S100001",
        edit=appended("ROLLBACK;"),
        rule="transaction-control",
        line="ROLLBACK;",
    ),
    Mutation(
        name="a concurrent index stands beside a comment on it",
        file="V200024",
        edit=appended("COMMENT ON INDEX core.patients_risk_score_idx IS 'Pacientes em risco.';"),
        rule="mixed-transaction",
        line="DROP INDEX CONCURRENTLY IF EXISTS core.patients_risk_score_idx;",
    ),
    Mutation(
        name="a name is left to the search_path",
        file="V200021",
        edit=replaced("ALTER TABLE communication.threads", "ALTER TABLE threads"),
        rule="environment-dependent",
        line="ALTER TABLE threads ADD COLUMN is_pinned boolean NOT NULL DEFAULT FALSE;",
    ),
    Mutation(
        name="a suppression names no rule",
        file="V200021",
        edit=before("ALTER TABLE", "-- harness: allow table-rewrites -- tabela pequena"),
        rule="suppression-invalid",
        line="-- harness: allow table-rewrites -- tabela pequena",
    ),
    Mutation(
        name="a suppression gives no reason",
        file="V200021",
        edit=before("ALTER TABLE", "-- harness: allow table-rewrite"),
        rule="suppression-invalid",
        line="-- harness: allow table-rewrite",
    ),
    Mutation(
        name="a suppression suppresses nothing",
        file="V200021",
        edit=before("ALTER TABLE", "-- harness: allow data-change-unbatched -- tabela pequena"),
        rule="suppression-invalid",
        line="-- harness: allow data-change-unbatched -- tabela pequena",
    ),
    Mutation(
        name="a code is padded with blanks",
        file="V200004",
        edit=replaced("    instructions text,", "    instructions char(10),"),
        rule="squawk:ban-char-field",
        line="    instructions char(10),",
    ),
    Mutation(
        name="a table is created in another domain's schema",
        file="V200004",
        edit=appended("CREATE TABLE core.water_goals (id uuid PRIMARY KEY DEFAULT app.uuid_v7());"),
        rule="schema-of-domain",
        object="table core.water_goals",
        also={"rollback-asymmetric": "R does not know the new table"},
    ),
    Mutation(
        name="an object is given to another role",
        file="V200004",
        edit=appended("ALTER TABLE hydration.plans OWNER TO korevitta_app;"),
        rule="apply-fails",
        line="ALTER TABLE hydration.plans OWNER TO korevitta_app;",
        also={"needs-superuser": "only a superuser may give it to a role it is no member of"},
    ),
    Mutation(
        name="a table is created twice",
        file="V200021",
        edit=appended("CREATE TABLE communication.messages (id uuid);"),
        rule="apply-fails",
        line="CREATE TABLE communication.messages (id uuid);",
    ),
    Mutation(
        name="an extension that only a superuser may create",
        file="V000001",
        edit=appended("CREATE EXTENSION pg_stat_statements SCHEMA public;"),
        rule="needs-superuser",
        line="CREATE EXTENSION pg_stat_statements SCHEMA public;",
        also={"apply-fails": _REFUSED},
    ),
)
