CREATE TABLE hydration.water_intake_logs (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    logged_at timestamp with time zone DEFAULT now() NOT NULL,
    volume_ml integer NOT NULL,
    source hydration.intake_source DEFAULT 'manual'::hydration.intake_source NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT water_intake_logs_pkey PRIMARY KEY (id, logged_at),
    CONSTRAINT water_intake_logs_logged_at_check CHECK (isfinite(logged_at)),
    CONSTRAINT water_intake_logs_volume_ml_check CHECK (((volume_ml >= 1) AND (volume_ml <= 5000)))
) PARTITION BY RANGE (logged_at);

ALTER TABLE hydration.water_intake_logs
    ADD CONSTRAINT water_intake_logs_patient_id_fkey FOREIGN KEY (professional_id, patient_id) REFERENCES core.patients(professional_id, id);

CREATE INDEX water_intake_logs_patient_id_idx ON hydration.water_intake_logs USING btree (patient_id, professional_id, logged_at);
CREATE INDEX water_intake_logs_professional_id_idx ON hydration.water_intake_logs USING btree (professional_id, logged_at);

CREATE TRIGGER water_intake_logs_touch_updated_at BEFORE UPDATE ON hydration.water_intake_logs FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE hydration.water_intake_logs ENABLE ROW LEVEL SECURITY;
ALTER TABLE hydration.water_intake_logs FORCE ROW LEVEL SECURITY;

CREATE POLICY water_intake_logs_maintenance ON hydration.water_intake_logs
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY water_intake_logs_patient_delete ON hydration.water_intake_logs
    FOR DELETE TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY water_intake_logs_patient_insert ON hydration.water_intake_logs
    FOR INSERT TO korevitta_app
    WITH CHECK (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY water_intake_logs_patient_select ON hydration.water_intake_logs
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY water_intake_logs_patient_update ON hydration.water_intake_logs
    FOR UPDATE TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]))
    WITH CHECK (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY water_intake_logs_professional_select ON hydration.water_intake_logs
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE hydration.water_intake_logs OWNER TO korevitta_owner;

GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE hydration.water_intake_logs TO korevitta_app;

COMMENT ON TABLE hydration.water_intake_logs IS 'Água que o paciente bebeu, um registro por vez; partições mensais mantidas por ops.ensure_partitions.';

CREATE TABLE hydration.water_intake_logs_2023
    PARTITION OF hydration.water_intake_logs FOR VALUES FROM ('2023-01-01 00:00:00+00') TO ('2024-01-01 00:00:00+00');

ALTER TABLE hydration.water_intake_logs_2023
    ADD CONSTRAINT water_intake_logs_2023_logged_at_check CHECK (((logged_at >= '2023-01-01 00:00:00+00'::timestamp with time zone) AND (logged_at < '2024-01-01 00:00:00+00'::timestamp with time zone)));

CREATE INDEX water_intake_logs_2023_patient_id_idx ON hydration.water_intake_logs_2023 USING btree (patient_id, professional_id, logged_at);
CREATE INDEX water_intake_logs_2023_professional_id_idx ON hydration.water_intake_logs_2023 USING btree (professional_id, logged_at);

ALTER TABLE hydration.water_intake_logs_2023 ENABLE ROW LEVEL SECURITY;
ALTER TABLE hydration.water_intake_logs_2023 FORCE ROW LEVEL SECURITY;

CREATE POLICY water_intake_logs_maintenance ON hydration.water_intake_logs_2023
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE hydration.water_intake_logs_2023 OWNER TO korevitta_owner;

COMMENT ON TABLE hydration.water_intake_logs_2023 IS 'Histórico do piloto de 2023, um ano em uma partição.';

CREATE TABLE hydration.water_intake_logs_2026_01
    PARTITION OF hydration.water_intake_logs FOR VALUES FROM ('2026-01-01 00:00:00+00') TO ('2026-02-01 00:00:00+00');

ALTER TABLE hydration.water_intake_logs_2026_01 ENABLE ROW LEVEL SECURITY;
ALTER TABLE hydration.water_intake_logs_2026_01 FORCE ROW LEVEL SECURITY;

CREATE POLICY water_intake_logs_maintenance ON hydration.water_intake_logs_2026_01
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE hydration.water_intake_logs_2026_01 OWNER TO korevitta_owner;

CREATE TABLE hydration.water_intake_logs_2026_02
    PARTITION OF hydration.water_intake_logs FOR VALUES FROM ('2026-02-01 00:00:00+00') TO ('2026-03-01 00:00:00+00');

ALTER TABLE hydration.water_intake_logs_2026_02 ENABLE ROW LEVEL SECURITY;
ALTER TABLE hydration.water_intake_logs_2026_02 FORCE ROW LEVEL SECURITY;

CREATE POLICY water_intake_logs_maintenance ON hydration.water_intake_logs_2026_02
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE hydration.water_intake_logs_2026_02 OWNER TO korevitta_owner;

CREATE TABLE hydration.water_intake_logs_2026_03
    PARTITION OF hydration.water_intake_logs FOR VALUES FROM ('2026-03-01 00:00:00+00') TO ('2026-04-01 00:00:00+00');

ALTER TABLE hydration.water_intake_logs_2026_03 ENABLE ROW LEVEL SECURITY;
ALTER TABLE hydration.water_intake_logs_2026_03 FORCE ROW LEVEL SECURITY;

CREATE POLICY water_intake_logs_maintenance ON hydration.water_intake_logs_2026_03
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE hydration.water_intake_logs_2026_03 OWNER TO korevitta_owner;

CREATE TABLE hydration.water_intake_logs_2026_04
    PARTITION OF hydration.water_intake_logs FOR VALUES FROM ('2026-04-01 00:00:00+00') TO ('2026-05-01 00:00:00+00');

ALTER TABLE hydration.water_intake_logs_2026_04 ENABLE ROW LEVEL SECURITY;
ALTER TABLE hydration.water_intake_logs_2026_04 FORCE ROW LEVEL SECURITY;

CREATE POLICY water_intake_logs_maintenance ON hydration.water_intake_logs_2026_04
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE hydration.water_intake_logs_2026_04 OWNER TO korevitta_owner;

CREATE TABLE hydration.water_intake_logs_2026_05
    PARTITION OF hydration.water_intake_logs FOR VALUES FROM ('2026-05-01 00:00:00+00') TO ('2026-06-01 00:00:00+00');

ALTER TABLE hydration.water_intake_logs_2026_05 ENABLE ROW LEVEL SECURITY;
ALTER TABLE hydration.water_intake_logs_2026_05 FORCE ROW LEVEL SECURITY;

CREATE POLICY water_intake_logs_maintenance ON hydration.water_intake_logs_2026_05
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE hydration.water_intake_logs_2026_05 OWNER TO korevitta_owner;

CREATE TABLE hydration.water_intake_logs_2026_06
    PARTITION OF hydration.water_intake_logs FOR VALUES FROM ('2026-06-01 00:00:00+00') TO ('2026-07-01 00:00:00+00');

ALTER TABLE hydration.water_intake_logs_2026_06 ENABLE ROW LEVEL SECURITY;
ALTER TABLE hydration.water_intake_logs_2026_06 FORCE ROW LEVEL SECURITY;

CREATE POLICY water_intake_logs_maintenance ON hydration.water_intake_logs_2026_06
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE hydration.water_intake_logs_2026_06 OWNER TO korevitta_owner;

CREATE TABLE hydration.water_intake_logs_2026_07
    PARTITION OF hydration.water_intake_logs FOR VALUES FROM ('2026-07-01 00:00:00+00') TO ('2026-08-01 00:00:00+00');

ALTER TABLE hydration.water_intake_logs_2026_07 ENABLE ROW LEVEL SECURITY;
ALTER TABLE hydration.water_intake_logs_2026_07 FORCE ROW LEVEL SECURITY;

CREATE POLICY water_intake_logs_maintenance ON hydration.water_intake_logs_2026_07
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE hydration.water_intake_logs_2026_07 OWNER TO korevitta_owner;

CREATE TABLE hydration.water_intake_logs_2026_08
    PARTITION OF hydration.water_intake_logs FOR VALUES FROM ('2026-08-01 00:00:00+00') TO ('2026-09-01 00:00:00+00');

ALTER TABLE hydration.water_intake_logs_2026_08 ENABLE ROW LEVEL SECURITY;
ALTER TABLE hydration.water_intake_logs_2026_08 FORCE ROW LEVEL SECURITY;

CREATE POLICY water_intake_logs_maintenance ON hydration.water_intake_logs_2026_08
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE hydration.water_intake_logs_2026_08 OWNER TO korevitta_owner;

CREATE TABLE hydration.water_intake_logs_2026_09
    PARTITION OF hydration.water_intake_logs FOR VALUES FROM ('2026-09-01 00:00:00+00') TO ('2026-10-01 00:00:00+00');

ALTER TABLE hydration.water_intake_logs_2026_09 ENABLE ROW LEVEL SECURITY;
ALTER TABLE hydration.water_intake_logs_2026_09 FORCE ROW LEVEL SECURITY;

CREATE POLICY water_intake_logs_maintenance ON hydration.water_intake_logs_2026_09
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE hydration.water_intake_logs_2026_09 OWNER TO korevitta_owner;

CREATE TABLE hydration.water_intake_logs_2026_10
    PARTITION OF hydration.water_intake_logs FOR VALUES FROM ('2026-10-01 00:00:00+00') TO ('2026-11-01 00:00:00+00');

ALTER TABLE hydration.water_intake_logs_2026_10 ENABLE ROW LEVEL SECURITY;
ALTER TABLE hydration.water_intake_logs_2026_10 FORCE ROW LEVEL SECURITY;

CREATE POLICY water_intake_logs_maintenance ON hydration.water_intake_logs_2026_10
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE hydration.water_intake_logs_2026_10 OWNER TO korevitta_owner;

CREATE TABLE hydration.water_intake_logs_2026_11
    PARTITION OF hydration.water_intake_logs FOR VALUES FROM ('2026-11-01 00:00:00+00') TO ('2026-12-01 00:00:00+00');

ALTER TABLE hydration.water_intake_logs_2026_11 ENABLE ROW LEVEL SECURITY;
ALTER TABLE hydration.water_intake_logs_2026_11 FORCE ROW LEVEL SECURITY;

CREATE POLICY water_intake_logs_maintenance ON hydration.water_intake_logs_2026_11
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE hydration.water_intake_logs_2026_11 OWNER TO korevitta_owner;

CREATE TABLE hydration.water_intake_logs_2026_12
    PARTITION OF hydration.water_intake_logs FOR VALUES FROM ('2026-12-01 00:00:00+00') TO ('2027-01-01 00:00:00+00');

ALTER TABLE hydration.water_intake_logs_2026_12 ENABLE ROW LEVEL SECURITY;
ALTER TABLE hydration.water_intake_logs_2026_12 FORCE ROW LEVEL SECURITY;

CREATE POLICY water_intake_logs_maintenance ON hydration.water_intake_logs_2026_12
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE hydration.water_intake_logs_2026_12 OWNER TO korevitta_owner;

CREATE TABLE hydration.water_intake_logs_default
    PARTITION OF hydration.water_intake_logs DEFAULT;

ALTER TABLE hydration.water_intake_logs_default
    ADD CONSTRAINT water_intake_logs_default_pilot_check CHECK (((logged_at < '2023-01-01 00:00:00+00'::timestamp with time zone) OR (logged_at >= '2024-01-01 00:00:00+00'::timestamp with time zone)));

ALTER TABLE hydration.water_intake_logs_default ENABLE ROW LEVEL SECURITY;
ALTER TABLE hydration.water_intake_logs_default FORCE ROW LEVEL SECURITY;

CREATE POLICY water_intake_logs_maintenance ON hydration.water_intake_logs_default
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE hydration.water_intake_logs_default OWNER TO korevitta_owner;
