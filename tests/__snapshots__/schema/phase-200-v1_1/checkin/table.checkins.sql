CREATE TABLE checkin.checkins (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    submitted_at timestamp with time zone DEFAULT now() NOT NULL,
    schedule_id uuid,
    form_id uuid,
    due_at timestamp with time zone,
    answers jsonb DEFAULT '{}'::jsonb NOT NULL,
    weight_kg numeric(5,2),
    adherence_score smallint,
    mood_score smallint,
    sleep_hours numeric(3,1),
    patient_comment text,
    reviewed_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    professional_notes text,
    CONSTRAINT checkins_pkey PRIMARY KEY (id, submitted_at),
    CONSTRAINT checkins_scope_key UNIQUE (professional_id, submitted_at, id),
    CONSTRAINT checkins_adherence_score_check CHECK (((adherence_score >= 0) AND (adherence_score <= 100))),
    CONSTRAINT checkins_answers_check CHECK ((jsonb_typeof(answers) = 'object'::text)),
    CONSTRAINT checkins_mood_score_check CHECK (((mood_score >= 1) AND (mood_score <= 5))),
    CONSTRAINT checkins_patient_comment_check CHECK (((char_length(patient_comment) >= 1) AND (char_length(patient_comment) <= 8000))),
    CONSTRAINT checkins_professional_notes_check CHECK (((char_length(professional_notes) >= 1) AND (char_length(professional_notes) <= 8000))),
    CONSTRAINT checkins_sleep_hours_check CHECK (((sleep_hours >= (0)::numeric) AND (sleep_hours <= (24)::numeric))),
    CONSTRAINT checkins_submitted_at_check CHECK (isfinite(submitted_at)),
    CONSTRAINT checkins_weight_kg_check CHECK (((weight_kg >= (1)::numeric) AND (weight_kg <= (500)::numeric)))
) PARTITION BY RANGE (submitted_at);

ALTER TABLE checkin.checkins
    ADD CONSTRAINT checkins_form_id_fkey FOREIGN KEY (professional_id, form_id) REFERENCES checkin.forms(professional_id, id);

ALTER TABLE checkin.checkins
    ADD CONSTRAINT checkins_patient_id_fkey FOREIGN KEY (professional_id, patient_id) REFERENCES core.patients(professional_id, id);

ALTER TABLE checkin.checkins
    ADD CONSTRAINT checkins_schedule_id_fkey FOREIGN KEY (professional_id, patient_id, schedule_id) REFERENCES checkin.schedules(professional_id, patient_id, id);

CREATE INDEX checkins_form_id_idx ON checkin.checkins USING btree (form_id, professional_id);
CREATE INDEX checkins_patient_id_idx ON checkin.checkins USING btree (patient_id, professional_id, submitted_at);
CREATE INDEX checkins_pending_review_idx ON checkin.checkins USING btree (professional_id, submitted_at) WHERE ((reviewed_at IS NULL) AND (deleted_at IS NULL));
CREATE INDEX checkins_schedule_id_idx ON checkin.checkins USING btree (schedule_id, professional_id, patient_id);

CREATE TRIGGER checkins_copy_changed_note AFTER UPDATE OF professional_notes ON checkin.checkins FOR EACH ROW WHEN ((old.professional_notes IS DISTINCT FROM new.professional_notes)) EXECUTE FUNCTION checkin.copy_note_to_review();
CREATE TRIGGER checkins_copy_new_note AFTER INSERT ON checkin.checkins FOR EACH ROW WHEN ((new.professional_notes IS NOT NULL)) EXECUTE FUNCTION checkin.copy_note_to_review();
CREATE TRIGGER checkins_touch_updated_at BEFORE UPDATE ON checkin.checkins FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE checkin.checkins ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkin.checkins FORCE ROW LEVEL SECURITY;

CREATE POLICY checkins_maintenance ON checkin.checkins
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY checkins_mvp_patient_insert ON checkin.checkins
    FOR INSERT TO korevitta_app
    WITH CHECK ((patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[])) AND (reviewed_at IS NULL));

CREATE POLICY checkins_mvp_patient_select ON checkin.checkins
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY checkins_mvp_patient_update ON checkin.checkins
    FOR UPDATE TO korevitta_app
    USING ((patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[])) AND (reviewed_at IS NULL))
    WITH CHECK ((patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[])) AND (reviewed_at IS NULL));

CREATE POLICY checkins_mvp_professional_insert ON checkin.checkins
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY checkins_mvp_professional_select ON checkin.checkins
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY checkins_mvp_professional_update ON checkin.checkins
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY checkins_patient_insert ON checkin.checkins
    FOR INSERT TO korevitta_app
    WITH CHECK ((patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[])) AND (reviewed_at IS NULL));

CREATE POLICY checkins_patient_select ON checkin.checkins
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY checkins_patient_update ON checkin.checkins
    FOR UPDATE TO korevitta_app
    USING ((patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[])) AND (reviewed_at IS NULL))
    WITH CHECK ((patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[])) AND (reviewed_at IS NULL));

CREATE POLICY checkins_professional_insert ON checkin.checkins
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY checkins_professional_select ON checkin.checkins
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY checkins_professional_update ON checkin.checkins
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE checkin.checkins OWNER TO korevitta_owner;

GRANT INSERT, SELECT, UPDATE ON TABLE checkin.checkins TO korevitta_app;

COMMENT ON TABLE checkin.checkins IS 'Check-ins enviados, particionados por mês (UTC). Quem aponta para um leva junto professional_id e submitted_at.';
COMMENT ON COLUMN checkin.checkins.due_at IS 'Quando era esperado, pela agenda; NULL em um envio avulso.';
COMMENT ON COLUMN checkin.checkins.answers IS 'Respostas livres, pelas chaves do formulário; o que se mede tem coluna própria.';
COMMENT ON COLUMN checkin.checkins.adherence_score IS 'Adesão ao protocolo informada, de 0 a 100.';
COMMENT ON COLUMN checkin.checkins.mood_score IS 'Disposição informada, de 1 (péssima) a 5 (ótima).';
COMMENT ON COLUMN checkin.checkins.professional_notes IS 'Anotações do profissional ao revisar.';

CREATE TABLE checkin.checkins_2026_01
    PARTITION OF checkin.checkins FOR VALUES FROM ('2026-01-01 00:00:00+00') TO ('2026-02-01 00:00:00+00');

ALTER TABLE checkin.checkins_2026_01 ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkin.checkins_2026_01 FORCE ROW LEVEL SECURITY;

CREATE POLICY checkins_maintenance ON checkin.checkins_2026_01
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE checkin.checkins_2026_01 OWNER TO korevitta_owner;

CREATE TABLE checkin.checkins_2026_02
    PARTITION OF checkin.checkins FOR VALUES FROM ('2026-02-01 00:00:00+00') TO ('2026-03-01 00:00:00+00');

ALTER TABLE checkin.checkins_2026_02 ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkin.checkins_2026_02 FORCE ROW LEVEL SECURITY;

CREATE POLICY checkins_maintenance ON checkin.checkins_2026_02
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE checkin.checkins_2026_02 OWNER TO korevitta_owner;

CREATE TABLE checkin.checkins_2026_03
    PARTITION OF checkin.checkins FOR VALUES FROM ('2026-03-01 00:00:00+00') TO ('2026-04-01 00:00:00+00');

ALTER TABLE checkin.checkins_2026_03 ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkin.checkins_2026_03 FORCE ROW LEVEL SECURITY;

CREATE POLICY checkins_maintenance ON checkin.checkins_2026_03
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE checkin.checkins_2026_03 OWNER TO korevitta_owner;

CREATE TABLE checkin.checkins_2026_04
    PARTITION OF checkin.checkins FOR VALUES FROM ('2026-04-01 00:00:00+00') TO ('2026-05-01 00:00:00+00');

ALTER TABLE checkin.checkins_2026_04 ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkin.checkins_2026_04 FORCE ROW LEVEL SECURITY;

CREATE POLICY checkins_maintenance ON checkin.checkins_2026_04
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE checkin.checkins_2026_04 OWNER TO korevitta_owner;

CREATE TABLE checkin.checkins_2026_05
    PARTITION OF checkin.checkins FOR VALUES FROM ('2026-05-01 00:00:00+00') TO ('2026-06-01 00:00:00+00');

ALTER TABLE checkin.checkins_2026_05 ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkin.checkins_2026_05 FORCE ROW LEVEL SECURITY;

CREATE POLICY checkins_maintenance ON checkin.checkins_2026_05
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE checkin.checkins_2026_05 OWNER TO korevitta_owner;

CREATE TABLE checkin.checkins_2026_06
    PARTITION OF checkin.checkins FOR VALUES FROM ('2026-06-01 00:00:00+00') TO ('2026-07-01 00:00:00+00');

ALTER TABLE checkin.checkins_2026_06 ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkin.checkins_2026_06 FORCE ROW LEVEL SECURITY;

CREATE POLICY checkins_maintenance ON checkin.checkins_2026_06
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE checkin.checkins_2026_06 OWNER TO korevitta_owner;

CREATE TABLE checkin.checkins_2026_07
    PARTITION OF checkin.checkins FOR VALUES FROM ('2026-07-01 00:00:00+00') TO ('2026-08-01 00:00:00+00');

ALTER TABLE checkin.checkins_2026_07 ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkin.checkins_2026_07 FORCE ROW LEVEL SECURITY;

CREATE POLICY checkins_maintenance ON checkin.checkins_2026_07
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE checkin.checkins_2026_07 OWNER TO korevitta_owner;

CREATE TABLE checkin.checkins_2026_08
    PARTITION OF checkin.checkins FOR VALUES FROM ('2026-08-01 00:00:00+00') TO ('2026-09-01 00:00:00+00');

ALTER TABLE checkin.checkins_2026_08 ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkin.checkins_2026_08 FORCE ROW LEVEL SECURITY;

CREATE POLICY checkins_maintenance ON checkin.checkins_2026_08
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE checkin.checkins_2026_08 OWNER TO korevitta_owner;

CREATE TABLE checkin.checkins_2026_09
    PARTITION OF checkin.checkins FOR VALUES FROM ('2026-09-01 00:00:00+00') TO ('2026-10-01 00:00:00+00');

ALTER TABLE checkin.checkins_2026_09 ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkin.checkins_2026_09 FORCE ROW LEVEL SECURITY;

CREATE POLICY checkins_maintenance ON checkin.checkins_2026_09
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE checkin.checkins_2026_09 OWNER TO korevitta_owner;

CREATE TABLE checkin.checkins_2026_10
    PARTITION OF checkin.checkins FOR VALUES FROM ('2026-10-01 00:00:00+00') TO ('2026-11-01 00:00:00+00');

ALTER TABLE checkin.checkins_2026_10 ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkin.checkins_2026_10 FORCE ROW LEVEL SECURITY;

CREATE POLICY checkins_maintenance ON checkin.checkins_2026_10
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE checkin.checkins_2026_10 OWNER TO korevitta_owner;

CREATE TABLE checkin.checkins_2026_11
    PARTITION OF checkin.checkins FOR VALUES FROM ('2026-11-01 00:00:00+00') TO ('2026-12-01 00:00:00+00');

ALTER TABLE checkin.checkins_2026_11 ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkin.checkins_2026_11 FORCE ROW LEVEL SECURITY;

CREATE POLICY checkins_maintenance ON checkin.checkins_2026_11
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE checkin.checkins_2026_11 OWNER TO korevitta_owner;

CREATE TABLE checkin.checkins_2026_12
    PARTITION OF checkin.checkins FOR VALUES FROM ('2026-12-01 00:00:00+00') TO ('2027-01-01 00:00:00+00');

ALTER TABLE checkin.checkins_2026_12 ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkin.checkins_2026_12 FORCE ROW LEVEL SECURITY;

CREATE POLICY checkins_maintenance ON checkin.checkins_2026_12
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE checkin.checkins_2026_12 OWNER TO korevitta_owner;

CREATE TABLE checkin.checkins_default
    PARTITION OF checkin.checkins DEFAULT;

ALTER TABLE checkin.checkins_default ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkin.checkins_default FORCE ROW LEVEL SECURITY;

CREATE POLICY checkins_maintenance ON checkin.checkins_default
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

ALTER TABLE checkin.checkins_default OWNER TO korevitta_owner;
