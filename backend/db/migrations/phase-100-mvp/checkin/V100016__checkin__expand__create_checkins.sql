-- O que faz: cria os check-ins, particionados por mês (UTC), e os coloca sob a manutenção de partições.
-- Por que é seguro: só cria objetos novos; os meses são fixos e a default recebe o que vier antes da manutenção.
-- O rollback remove a tabela com todas as partições e o registro em ops.partitioned_tables.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE TABLE checkin.checkins (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    submitted_at timestamptz NOT NULL DEFAULT now(),
    schedule_id uuid,
    form_id uuid,
    due_at timestamptz,
    answers jsonb NOT NULL DEFAULT '{}',
    weight_kg numeric(5, 2),
    adherence_score smallint,
    mood_score smallint,
    sleep_hours numeric(3, 1),
    patient_comment text,
    reviewed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    professional_notes text,
    CONSTRAINT checkins_pkey PRIMARY KEY (id, submitted_at),
    CONSTRAINT checkins_scope_key UNIQUE (professional_id, submitted_at, id),
    CONSTRAINT checkins_patient_id_fkey FOREIGN KEY (professional_id, patient_id)
    REFERENCES core.patients (professional_id, id),
    CONSTRAINT checkins_schedule_id_fkey FOREIGN KEY (professional_id, patient_id, schedule_id)
    REFERENCES checkin.schedules (professional_id, patient_id, id),
    CONSTRAINT checkins_form_id_fkey FOREIGN KEY (professional_id, form_id)
    REFERENCES checkin.forms (professional_id, id),
    CONSTRAINT checkins_submitted_at_check CHECK (isfinite(submitted_at)),
    CONSTRAINT checkins_answers_check CHECK (jsonb_typeof(answers) = 'object'),
    CONSTRAINT checkins_weight_kg_check CHECK (weight_kg BETWEEN 1 AND 500),
    CONSTRAINT checkins_adherence_score_check CHECK (adherence_score BETWEEN 0 AND 100),
    CONSTRAINT checkins_mood_score_check CHECK (mood_score BETWEEN 1 AND 5),
    CONSTRAINT checkins_sleep_hours_check CHECK (sleep_hours BETWEEN 0 AND 24),
    CONSTRAINT checkins_patient_comment_check CHECK (char_length(patient_comment) BETWEEN 1 AND 8000),
    CONSTRAINT checkins_professional_notes_check CHECK (char_length(professional_notes) BETWEEN 1 AND 8000)
) PARTITION BY RANGE (submitted_at);
COMMENT ON TABLE checkin.checkins IS
'Check-ins enviados, particionados por mês (UTC). Quem aponta para um leva junto professional_id e submitted_at.';
COMMENT ON COLUMN checkin.checkins.due_at IS 'Quando era esperado, pela agenda; NULL em um envio avulso.';
COMMENT ON COLUMN checkin.checkins.answers IS
'Respostas livres, pelas chaves do formulário; o que se mede tem coluna própria.';
COMMENT ON COLUMN checkin.checkins.adherence_score IS 'Adesão ao protocolo informada, de 0 a 100.';
COMMENT ON COLUMN checkin.checkins.mood_score IS 'Disposição informada, de 1 (péssima) a 5 (ótima).';
COMMENT ON COLUMN checkin.checkins.professional_notes IS 'Anotações do profissional ao revisar.';

CREATE TABLE checkin.checkins_2026_01 PARTITION OF checkin.checkins
FOR VALUES FROM ('2026-01-01 00:00:00+00') TO ('2026-02-01 00:00:00+00');
CREATE TABLE checkin.checkins_2026_02 PARTITION OF checkin.checkins
FOR VALUES FROM ('2026-02-01 00:00:00+00') TO ('2026-03-01 00:00:00+00');
CREATE TABLE checkin.checkins_2026_03 PARTITION OF checkin.checkins
FOR VALUES FROM ('2026-03-01 00:00:00+00') TO ('2026-04-01 00:00:00+00');
CREATE TABLE checkin.checkins_2026_04 PARTITION OF checkin.checkins
FOR VALUES FROM ('2026-04-01 00:00:00+00') TO ('2026-05-01 00:00:00+00');
CREATE TABLE checkin.checkins_2026_05 PARTITION OF checkin.checkins
FOR VALUES FROM ('2026-05-01 00:00:00+00') TO ('2026-06-01 00:00:00+00');
CREATE TABLE checkin.checkins_2026_06 PARTITION OF checkin.checkins
FOR VALUES FROM ('2026-06-01 00:00:00+00') TO ('2026-07-01 00:00:00+00');
CREATE TABLE checkin.checkins_2026_07 PARTITION OF checkin.checkins
FOR VALUES FROM ('2026-07-01 00:00:00+00') TO ('2026-08-01 00:00:00+00');
CREATE TABLE checkin.checkins_2026_08 PARTITION OF checkin.checkins
FOR VALUES FROM ('2026-08-01 00:00:00+00') TO ('2026-09-01 00:00:00+00');
CREATE TABLE checkin.checkins_2026_09 PARTITION OF checkin.checkins
FOR VALUES FROM ('2026-09-01 00:00:00+00') TO ('2026-10-01 00:00:00+00');
CREATE TABLE checkin.checkins_2026_10 PARTITION OF checkin.checkins
FOR VALUES FROM ('2026-10-01 00:00:00+00') TO ('2026-11-01 00:00:00+00');
CREATE TABLE checkin.checkins_2026_11 PARTITION OF checkin.checkins
FOR VALUES FROM ('2026-11-01 00:00:00+00') TO ('2026-12-01 00:00:00+00');
CREATE TABLE checkin.checkins_2026_12 PARTITION OF checkin.checkins
FOR VALUES FROM ('2026-12-01 00:00:00+00') TO ('2027-01-01 00:00:00+00');
CREATE TABLE checkin.checkins_default PARTITION OF checkin.checkins DEFAULT;

CREATE INDEX checkins_patient_id_idx ON checkin.checkins (patient_id, professional_id, submitted_at);
CREATE INDEX checkins_schedule_id_idx ON checkin.checkins (schedule_id, professional_id, patient_id);
CREATE INDEX checkins_form_id_idx ON checkin.checkins (form_id, professional_id);
CREATE INDEX checkins_pending_review_idx
ON checkin.checkins (professional_id, submitted_at) WHERE reviewed_at IS NULL AND deleted_at IS NULL;

CREATE TRIGGER checkins_touch_updated_at
BEFORE UPDATE ON checkin.checkins
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE checkin.checkins ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkin.checkins FORCE ROW LEVEL SECURITY;

CREATE POLICY checkins_maintenance ON checkin.checkins
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY checkins_mvp_professional_select ON checkin.checkins
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY checkins_mvp_professional_insert ON checkin.checkins
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY checkins_mvp_professional_update ON checkin.checkins
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY checkins_mvp_patient_select ON checkin.checkins
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
-- O paciente envia e corrige o que é seu enquanto não foi revisado.
CREATE POLICY checkins_mvp_patient_insert ON checkin.checkins
FOR INSERT TO korevitta_app
WITH CHECK (patient_id = any((SELECT core.current_patient_ids())::uuid[]) AND reviewed_at IS NULL);
CREATE POLICY checkins_mvp_patient_update ON checkin.checkins
FOR UPDATE TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]) AND reviewed_at IS NULL)
WITH CHECK (patient_id = any((SELECT core.current_patient_ids())::uuid[]) AND reviewed_at IS NULL);

GRANT SELECT, INSERT, UPDATE ON TABLE checkin.checkins TO korevitta_app;

SELECT ops.secure_partitions('checkin.checkins');

-- Sem retenção: o prontuário é guardado por 20 anos desde o último registro do paciente (Lei 13.787/2018, art. 6º),
-- o que não se mede pela idade de um mês inteiro.
INSERT INTO ops.partitioned_tables (table_name, partition_column)
VALUES ('checkin.checkins', 'submitted_at');
