CREATE TABLE audit.log (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    occurred_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid,
    actor_user_id uuid,
    actor_kind app.actor_kind NOT NULL,
    database_role text NOT NULL,
    action audit.action NOT NULL,
    table_name text NOT NULL,
    row_id uuid,
    changed_columns text[],
    reason text,
    CONSTRAINT log_pkey PRIMARY KEY (id, occurred_at),
    CONSTRAINT log_occurred_at_check CHECK (isfinite(occurred_at)),
    CONSTRAINT log_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 1000)))
) PARTITION BY RANGE (occurred_at);

CREATE INDEX log_patient_id_idx ON audit.log USING btree (patient_id, occurred_at);
CREATE INDEX log_professional_id_idx ON audit.log USING btree (professional_id, occurred_at);
CREATE INDEX log_row_id_idx ON audit.log USING btree (row_id, occurred_at);

CREATE TRIGGER log_refuse_change BEFORE DELETE OR UPDATE ON audit.log FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER log_refuse_truncate BEFORE TRUNCATE ON audit.log FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

ALTER TABLE audit.log ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.log FORCE ROW LEVEL SECURITY;

CREATE POLICY log_maintenance ON audit.log
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY log_patient_select ON audit.log
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY log_professional_select ON audit.log
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE audit.log OWNER TO korevitta_owner;

GRANT SELECT ON TABLE audit.log TO korevitta_app;

COMMENT ON TABLE audit.log IS 'Trilha de auditoria, só de inclusão; partições mensais, guardadas por cinco anos.';
COMMENT ON COLUMN audit.log.occurred_at IS 'Instante da ação: vale por created_at; updated_at não existe porque nada muda.';
COMMENT ON COLUMN audit.log.changed_columns IS 'Colunas que uma alteração mudou, sem os valores.';

CREATE TABLE audit.log_2026_01
    PARTITION OF audit.log FOR VALUES FROM ('2026-01-01 00:00:00+00') TO ('2026-02-01 00:00:00+00');

ALTER TABLE audit.log_2026_01 ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.log_2026_01 FORCE ROW LEVEL SECURITY;

CREATE POLICY log_maintenance ON audit.log_2026_01
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE audit.log_2026_01 OWNER TO korevitta_owner;

CREATE TABLE audit.log_2026_02
    PARTITION OF audit.log FOR VALUES FROM ('2026-02-01 00:00:00+00') TO ('2026-03-01 00:00:00+00');

ALTER TABLE audit.log_2026_02 ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.log_2026_02 FORCE ROW LEVEL SECURITY;

CREATE POLICY log_maintenance ON audit.log_2026_02
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE audit.log_2026_02 OWNER TO korevitta_owner;

CREATE TABLE audit.log_2026_03
    PARTITION OF audit.log FOR VALUES FROM ('2026-03-01 00:00:00+00') TO ('2026-04-01 00:00:00+00');

ALTER TABLE audit.log_2026_03 ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.log_2026_03 FORCE ROW LEVEL SECURITY;

CREATE POLICY log_maintenance ON audit.log_2026_03
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE audit.log_2026_03 OWNER TO korevitta_owner;

CREATE TABLE audit.log_2026_04
    PARTITION OF audit.log FOR VALUES FROM ('2026-04-01 00:00:00+00') TO ('2026-05-01 00:00:00+00');

ALTER TABLE audit.log_2026_04 ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.log_2026_04 FORCE ROW LEVEL SECURITY;

CREATE POLICY log_maintenance ON audit.log_2026_04
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE audit.log_2026_04 OWNER TO korevitta_owner;

CREATE TABLE audit.log_2026_05
    PARTITION OF audit.log FOR VALUES FROM ('2026-05-01 00:00:00+00') TO ('2026-06-01 00:00:00+00');

ALTER TABLE audit.log_2026_05 ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.log_2026_05 FORCE ROW LEVEL SECURITY;

CREATE POLICY log_maintenance ON audit.log_2026_05
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE audit.log_2026_05 OWNER TO korevitta_owner;

CREATE TABLE audit.log_2026_06
    PARTITION OF audit.log FOR VALUES FROM ('2026-06-01 00:00:00+00') TO ('2026-07-01 00:00:00+00');

ALTER TABLE audit.log_2026_06 ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.log_2026_06 FORCE ROW LEVEL SECURITY;

CREATE POLICY log_maintenance ON audit.log_2026_06
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE audit.log_2026_06 OWNER TO korevitta_owner;

CREATE TABLE audit.log_2026_07
    PARTITION OF audit.log FOR VALUES FROM ('2026-07-01 00:00:00+00') TO ('2026-08-01 00:00:00+00');

ALTER TABLE audit.log_2026_07 ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.log_2026_07 FORCE ROW LEVEL SECURITY;

CREATE POLICY log_maintenance ON audit.log_2026_07
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE audit.log_2026_07 OWNER TO korevitta_owner;

CREATE TABLE audit.log_2026_08
    PARTITION OF audit.log FOR VALUES FROM ('2026-08-01 00:00:00+00') TO ('2026-09-01 00:00:00+00');

ALTER TABLE audit.log_2026_08 ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.log_2026_08 FORCE ROW LEVEL SECURITY;

CREATE POLICY log_maintenance ON audit.log_2026_08
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE audit.log_2026_08 OWNER TO korevitta_owner;

CREATE TABLE audit.log_2026_09
    PARTITION OF audit.log FOR VALUES FROM ('2026-09-01 00:00:00+00') TO ('2026-10-01 00:00:00+00');

ALTER TABLE audit.log_2026_09 ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.log_2026_09 FORCE ROW LEVEL SECURITY;

CREATE POLICY log_maintenance ON audit.log_2026_09
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE audit.log_2026_09 OWNER TO korevitta_owner;

CREATE TABLE audit.log_2026_10
    PARTITION OF audit.log FOR VALUES FROM ('2026-10-01 00:00:00+00') TO ('2026-11-01 00:00:00+00');

ALTER TABLE audit.log_2026_10 ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.log_2026_10 FORCE ROW LEVEL SECURITY;

CREATE POLICY log_maintenance ON audit.log_2026_10
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE audit.log_2026_10 OWNER TO korevitta_owner;

CREATE TABLE audit.log_2026_11
    PARTITION OF audit.log FOR VALUES FROM ('2026-11-01 00:00:00+00') TO ('2026-12-01 00:00:00+00');

ALTER TABLE audit.log_2026_11 ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.log_2026_11 FORCE ROW LEVEL SECURITY;

CREATE POLICY log_maintenance ON audit.log_2026_11
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE audit.log_2026_11 OWNER TO korevitta_owner;

CREATE TABLE audit.log_2026_12
    PARTITION OF audit.log FOR VALUES FROM ('2026-12-01 00:00:00+00') TO ('2027-01-01 00:00:00+00');

ALTER TABLE audit.log_2026_12 ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.log_2026_12 FORCE ROW LEVEL SECURITY;

CREATE POLICY log_maintenance ON audit.log_2026_12
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE audit.log_2026_12 OWNER TO korevitta_owner;

CREATE TABLE audit.log_default
    PARTITION OF audit.log DEFAULT;

ALTER TABLE audit.log_default ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.log_default FORCE ROW LEVEL SECURITY;

CREATE POLICY log_maintenance ON audit.log_default
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE audit.log_default OWNER TO korevitta_owner;
