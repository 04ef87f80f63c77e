-- O que faz: cria as tarefas do dia dos pacientes.
-- Por que é seguro: só cria objetos novos.
-- O rollback remove a tabela e o tipo.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE TYPE daily.task_kind AS ENUM ('meal', 'training', 'supplement', 'hydration', 'habit');
COMMENT ON TYPE daily.task_kind IS 'Origem da tarefa: refeição, treino, suplemento, hidratação ou hábito.';

CREATE TABLE daily.tasks (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    protocol_module_id uuid,
    kind daily.task_kind NOT NULL,
    title text NOT NULL,
    description text,
    due_on date NOT NULL,
    due_time time,
    position smallint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT tasks_pkey PRIMARY KEY (id),
    CONSTRAINT tasks_scope_key UNIQUE (professional_id, patient_id, id),
    CONSTRAINT tasks_patient_id_fkey FOREIGN KEY (professional_id, patient_id)
    REFERENCES core.patients (professional_id, id),
    CONSTRAINT tasks_protocol_module_id_fkey FOREIGN KEY (professional_id, patient_id, protocol_module_id)
    REFERENCES protocol.protocol_modules (professional_id, patient_id, id),
    CONSTRAINT tasks_title_check CHECK (char_length(title) BETWEEN 1 AND 200),
    CONSTRAINT tasks_description_check CHECK (char_length(description) BETWEEN 1 AND 2000),
    CONSTRAINT tasks_position_check CHECK (position > 0)
);
COMMENT ON TABLE daily.tasks IS 'Tarefas de um paciente em um dia, geradas do protocolo ou avulsas.';
COMMENT ON COLUMN daily.tasks.due_on IS 'Dia local do paciente.';

CREATE INDEX tasks_patient_id_idx ON daily.tasks (patient_id, due_on);
CREATE INDEX tasks_protocol_module_id_idx ON daily.tasks (protocol_module_id, professional_id, patient_id);

CREATE TRIGGER tasks_touch_updated_at
BEFORE UPDATE ON daily.tasks
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE daily.tasks ENABLE ROW LEVEL SECURITY;
ALTER TABLE daily.tasks FORCE ROW LEVEL SECURITY;

CREATE POLICY tasks_maintenance ON daily.tasks
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY tasks_mvp_professional_select ON daily.tasks
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY tasks_mvp_professional_insert ON daily.tasks
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY tasks_mvp_professional_update ON daily.tasks
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY tasks_mvp_professional_delete ON daily.tasks
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY tasks_mvp_patient_select ON daily.tasks
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE daily.tasks TO korevitta_app;
