CREATE TABLE protocol.training_exercises (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    training_session_id uuid NOT NULL,
    exercise_id uuid,
    name text NOT NULL,
    sets smallint NOT NULL,
    repetitions text NOT NULL,
    load_kg numeric(6,2),
    rest_seconds integer,
    tempo text,
    notes text,
    "position" smallint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT training_exercises_pkey PRIMARY KEY (id),
    CONSTRAINT training_exercises_load_kg_check CHECK ((load_kg >= (0)::numeric)),
    CONSTRAINT training_exercises_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 160))),
    CONSTRAINT training_exercises_notes_check CHECK (((char_length(notes) >= 1) AND (char_length(notes) <= 2000))),
    CONSTRAINT training_exercises_position_check CHECK (("position" > 0)),
    CONSTRAINT training_exercises_repetitions_check CHECK (((char_length(repetitions) >= 1) AND (char_length(repetitions) <= 40))),
    CONSTRAINT training_exercises_rest_seconds_check CHECK (((rest_seconds >= 0) AND (rest_seconds <= 3600))),
    CONSTRAINT training_exercises_sets_check CHECK (((sets >= 1) AND (sets <= 50))),
    CONSTRAINT training_exercises_tempo_check CHECK (((char_length(tempo) >= 1) AND (char_length(tempo) <= 20)))
);

ALTER TABLE protocol.training_exercises
    ADD CONSTRAINT training_exercises_exercise_id_fkey FOREIGN KEY (exercise_id) REFERENCES protocol.exercises(id);

ALTER TABLE protocol.training_exercises
    ADD CONSTRAINT training_exercises_training_session_id_fkey FOREIGN KEY (professional_id, patient_id, training_session_id) REFERENCES protocol.training_sessions(professional_id, patient_id, id) ON DELETE CASCADE;

CREATE INDEX training_exercises_exercise_id_idx ON protocol.training_exercises USING btree (exercise_id);
CREATE INDEX training_exercises_patient_id_idx ON protocol.training_exercises USING btree (patient_id);
CREATE INDEX training_exercises_professional_id_idx ON protocol.training_exercises USING btree (professional_id);
CREATE INDEX training_exercises_training_session_id_idx ON protocol.training_exercises USING btree (training_session_id, professional_id, patient_id);

CREATE TRIGGER training_exercises_touch_updated_at BEFORE UPDATE ON protocol.training_exercises FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE protocol.training_exercises ENABLE ROW LEVEL SECURITY;
ALTER TABLE protocol.training_exercises FORCE ROW LEVEL SECURITY;

CREATE POLICY training_exercises_maintenance ON protocol.training_exercises
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY training_exercises_patient_select ON protocol.training_exercises
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY training_exercises_professional_delete ON protocol.training_exercises
    FOR DELETE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY training_exercises_professional_insert ON protocol.training_exercises
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY training_exercises_professional_select ON protocol.training_exercises
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY training_exercises_professional_update ON protocol.training_exercises
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE protocol.training_exercises OWNER TO korevitta_owner;

GRANT DELETE, INSERT, SELECT, UPDATE ON TABLE protocol.training_exercises TO korevitta_app;

COMMENT ON TABLE protocol.training_exercises IS 'Exercícios prescritos em uma sessão, na ordem de execução.';
COMMENT ON COLUMN protocol.training_exercises.exercise_id IS 'Exercício do catálogo; NULL em um exercício livre.';
COMMENT ON COLUMN protocol.training_exercises.repetitions IS 'Número, faixa ou tempo, como 8-12 ou 45 s.';
COMMENT ON COLUMN protocol.training_exercises.tempo IS 'Cadência do movimento, como 3-1-1-0.';
