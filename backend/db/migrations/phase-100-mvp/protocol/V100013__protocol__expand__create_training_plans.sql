-- O que faz: cria planos de treino, sessões e os exercícios prescritos.
-- Por que é seguro: só cria objetos novos.
-- O rollback remove as três tabelas.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE TABLE protocol.training_plans (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    protocol_module_id uuid NOT NULL,
    title text NOT NULL,
    notes text,
    weekly_frequency smallint,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT training_plans_pkey PRIMARY KEY (id),
    CONSTRAINT training_plans_scope_key UNIQUE (professional_id, patient_id, id),
    CONSTRAINT training_plans_patient_id_fkey FOREIGN KEY (professional_id, patient_id)
    REFERENCES core.patients (professional_id, id),
    CONSTRAINT training_plans_protocol_module_id_fkey FOREIGN KEY (professional_id, patient_id, protocol_module_id)
    REFERENCES protocol.protocol_modules (professional_id, patient_id, id) ON DELETE CASCADE,
    CONSTRAINT training_plans_title_check CHECK (char_length(title) BETWEEN 1 AND 200),
    CONSTRAINT training_plans_notes_check CHECK (char_length(notes) BETWEEN 1 AND 20000),
    CONSTRAINT training_plans_weekly_frequency_check CHECK (weekly_frequency BETWEEN 1 AND 14)
);
COMMENT ON TABLE protocol.training_plans IS 'Planos de treino de um módulo de treino.';
COMMENT ON COLUMN protocol.training_plans.weekly_frequency IS 'Sessões por semana.';

CREATE INDEX training_plans_protocol_module_id_idx
ON protocol.training_plans (protocol_module_id, professional_id, patient_id);
CREATE INDEX training_plans_patient_id_idx ON protocol.training_plans (patient_id);

CREATE TRIGGER training_plans_touch_updated_at
BEFORE UPDATE ON protocol.training_plans
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE protocol.training_plans ENABLE ROW LEVEL SECURITY;
ALTER TABLE protocol.training_plans FORCE ROW LEVEL SECURITY;

CREATE POLICY training_plans_maintenance ON protocol.training_plans
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY training_plans_mvp_professional_select ON protocol.training_plans
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_plans_mvp_professional_insert ON protocol.training_plans
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_plans_mvp_professional_update ON protocol.training_plans
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_plans_mvp_professional_delete ON protocol.training_plans
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_plans_mvp_patient_select ON protocol.training_plans
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE protocol.training_plans TO korevitta_app;

CREATE TABLE protocol.training_sessions (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    training_plan_id uuid NOT NULL,
    name text NOT NULL,
    notes text,
    position smallint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT training_sessions_pkey PRIMARY KEY (id),
    CONSTRAINT training_sessions_scope_key UNIQUE (professional_id, patient_id, id),
    CONSTRAINT training_sessions_patient_id_fkey FOREIGN KEY (professional_id, patient_id)
    REFERENCES core.patients (professional_id, id),
    CONSTRAINT training_sessions_training_plan_id_fkey FOREIGN KEY (professional_id, patient_id, training_plan_id)
    REFERENCES protocol.training_plans (professional_id, patient_id, id) ON DELETE CASCADE,
    CONSTRAINT training_sessions_name_check CHECK (char_length(name) BETWEEN 1 AND 120),
    CONSTRAINT training_sessions_notes_check CHECK (char_length(notes) BETWEEN 1 AND 4000),
    CONSTRAINT training_sessions_position_check CHECK (position > 0)
);
COMMENT ON TABLE protocol.training_sessions IS 'Sessões de um plano de treino: treino A, treino B e assim por diante.';

CREATE INDEX training_sessions_training_plan_id_idx
ON protocol.training_sessions (training_plan_id, professional_id, patient_id);
CREATE INDEX training_sessions_patient_id_idx ON protocol.training_sessions (patient_id);

CREATE TRIGGER training_sessions_touch_updated_at
BEFORE UPDATE ON protocol.training_sessions
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE protocol.training_sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE protocol.training_sessions FORCE ROW LEVEL SECURITY;

CREATE POLICY training_sessions_maintenance ON protocol.training_sessions
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY training_sessions_mvp_professional_select ON protocol.training_sessions
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_sessions_mvp_professional_insert ON protocol.training_sessions
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_sessions_mvp_professional_update ON protocol.training_sessions
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_sessions_mvp_professional_delete ON protocol.training_sessions
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_sessions_mvp_patient_select ON protocol.training_sessions
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE protocol.training_sessions TO korevitta_app;

CREATE TABLE protocol.training_exercises (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    training_session_id uuid NOT NULL,
    exercise_id uuid,
    name text NOT NULL,
    sets smallint NOT NULL,
    repetitions text NOT NULL,
    load_kg numeric(6, 2),
    rest_seconds integer,
    tempo text,
    notes text,
    position smallint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT training_exercises_pkey PRIMARY KEY (id),
    CONSTRAINT training_exercises_training_session_id_fkey
    FOREIGN KEY (professional_id, patient_id, training_session_id)
    REFERENCES protocol.training_sessions (professional_id, patient_id, id) ON DELETE CASCADE,
    CONSTRAINT training_exercises_exercise_id_fkey FOREIGN KEY (exercise_id) REFERENCES protocol.exercises (id),
    CONSTRAINT training_exercises_name_check CHECK (char_length(name) BETWEEN 1 AND 160),
    CONSTRAINT training_exercises_sets_check CHECK (sets BETWEEN 1 AND 50),
    CONSTRAINT training_exercises_repetitions_check CHECK (char_length(repetitions) BETWEEN 1 AND 40),
    CONSTRAINT training_exercises_load_kg_check CHECK (load_kg >= 0),
    CONSTRAINT training_exercises_rest_seconds_check CHECK (rest_seconds BETWEEN 0 AND 3600),
    CONSTRAINT training_exercises_tempo_check CHECK (char_length(tempo) BETWEEN 1 AND 20),
    CONSTRAINT training_exercises_notes_check CHECK (char_length(notes) BETWEEN 1 AND 2000),
    CONSTRAINT training_exercises_position_check CHECK (position > 0)
);
COMMENT ON TABLE protocol.training_exercises IS 'Exercícios prescritos em uma sessão, na ordem de execução.';
COMMENT ON COLUMN protocol.training_exercises.exercise_id IS 'Exercício do catálogo; NULL em um exercício livre.';
COMMENT ON COLUMN protocol.training_exercises.repetitions IS 'Número, faixa ou tempo, como 8-12 ou 45 s.';
COMMENT ON COLUMN protocol.training_exercises.tempo IS 'Cadência do movimento, como 3-1-1-0.';

CREATE INDEX training_exercises_training_session_id_idx
ON protocol.training_exercises (training_session_id, professional_id, patient_id);
CREATE INDEX training_exercises_exercise_id_idx ON protocol.training_exercises (exercise_id);
CREATE INDEX training_exercises_professional_id_idx ON protocol.training_exercises (professional_id);
CREATE INDEX training_exercises_patient_id_idx ON protocol.training_exercises (patient_id);

CREATE TRIGGER training_exercises_touch_updated_at
BEFORE UPDATE ON protocol.training_exercises
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE protocol.training_exercises ENABLE ROW LEVEL SECURITY;
ALTER TABLE protocol.training_exercises FORCE ROW LEVEL SECURITY;

CREATE POLICY training_exercises_maintenance ON protocol.training_exercises
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY training_exercises_mvp_professional_select ON protocol.training_exercises
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_exercises_mvp_professional_insert ON protocol.training_exercises
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_exercises_mvp_professional_update ON protocol.training_exercises
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_exercises_mvp_professional_delete ON protocol.training_exercises
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY training_exercises_mvp_patient_select ON protocol.training_exercises
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE protocol.training_exercises TO korevitta_app;
