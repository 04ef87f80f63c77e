-- O que faz: cria os protocolos integrados, no máximo um ativo por paciente, e os módulos deles.
-- Por que é seguro: só cria objetos novos.
-- O rollback remove as duas tabelas e os tipos.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE TYPE protocol.protocol_status AS ENUM ('draft', 'active', 'completed', 'archived');
CREATE TYPE protocol.module_kind AS ENUM ('nutrition', 'training', 'supplementation', 'hydration');
COMMENT ON TYPE protocol.protocol_status IS 'Situação do protocolo: rascunho, ativo, concluído ou arquivado.';
COMMENT ON TYPE protocol.module_kind IS 'As quatro frentes de um protocolo integrado.';

CREATE TABLE protocol.protocols (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    title text NOT NULL,
    objective text,
    status protocol.protocol_status NOT NULL DEFAULT 'draft',
    starts_on date,
    ends_on date,
    activated_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT protocols_pkey PRIMARY KEY (id),
    CONSTRAINT protocols_scope_key UNIQUE (professional_id, patient_id, id),
    CONSTRAINT protocols_patient_id_fkey FOREIGN KEY (professional_id, patient_id)
    REFERENCES core.patients (professional_id, id),
    CONSTRAINT protocols_title_check CHECK (char_length(title) BETWEEN 1 AND 200),
    CONSTRAINT protocols_objective_check CHECK (char_length(objective) BETWEEN 1 AND 4000),
    CONSTRAINT protocols_ends_on_check CHECK (ends_on >= starts_on)
);
COMMENT ON TABLE protocol.protocols IS
'Protocolos integrados de um paciente: nutrição, treino, suplementação e hidratação em um só pacote.';
COMMENT ON CONSTRAINT protocols_scope_key ON protocol.protocols IS
'Alvo das chaves estrangeiras dos filhos: consultório e paciente vão junto e não podem divergir.';

CREATE UNIQUE INDEX protocols_patient_id_active_key
ON protocol.protocols (patient_id) WHERE status = 'active' AND deleted_at IS NULL;
CREATE INDEX protocols_patient_id_idx ON protocol.protocols (patient_id, created_at);

CREATE TRIGGER protocols_touch_updated_at
BEFORE UPDATE ON protocol.protocols
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE protocol.protocols ENABLE ROW LEVEL SECURITY;
ALTER TABLE protocol.protocols FORCE ROW LEVEL SECURITY;

CREATE POLICY protocols_maintenance ON protocol.protocols
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY protocols_mvp_professional_select ON protocol.protocols
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY protocols_mvp_professional_insert ON protocol.protocols
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY protocols_mvp_professional_update ON protocol.protocols
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
-- O paciente não vê rascunhos.
CREATE POLICY protocols_mvp_patient_select ON protocol.protocols
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]) AND status <> 'draft');

GRANT SELECT, INSERT, UPDATE ON TABLE protocol.protocols TO korevitta_app;

CREATE TABLE protocol.protocol_modules (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    protocol_id uuid NOT NULL,
    kind protocol.module_kind NOT NULL,
    title text NOT NULL,
    instructions text,
    position smallint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT protocol_modules_pkey PRIMARY KEY (id),
    CONSTRAINT protocol_modules_scope_key UNIQUE (professional_id, patient_id, id),
    CONSTRAINT protocol_modules_patient_id_fkey FOREIGN KEY (professional_id, patient_id)
    REFERENCES core.patients (professional_id, id),
    CONSTRAINT protocol_modules_protocol_id_fkey FOREIGN KEY (professional_id, patient_id, protocol_id)
    REFERENCES protocol.protocols (professional_id, patient_id, id) ON DELETE CASCADE,
    CONSTRAINT protocol_modules_title_check CHECK (char_length(title) BETWEEN 1 AND 200),
    CONSTRAINT protocol_modules_instructions_check CHECK (char_length(instructions) BETWEEN 1 AND 20000),
    CONSTRAINT protocol_modules_position_check CHECK (position > 0)
);
COMMENT ON TABLE protocol.protocol_modules IS 'Módulos de um protocolo, um por frente; os planos pendem deles.';

CREATE INDEX protocol_modules_protocol_id_idx
ON protocol.protocol_modules (protocol_id, professional_id, patient_id);
CREATE UNIQUE INDEX protocol_modules_protocol_id_kind_key
ON protocol.protocol_modules (protocol_id, kind) WHERE deleted_at IS NULL;
CREATE INDEX protocol_modules_patient_id_idx ON protocol.protocol_modules (patient_id);

CREATE TRIGGER protocol_modules_touch_updated_at
BEFORE UPDATE ON protocol.protocol_modules
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE protocol.protocol_modules ENABLE ROW LEVEL SECURITY;
ALTER TABLE protocol.protocol_modules FORCE ROW LEVEL SECURITY;

CREATE POLICY protocol_modules_maintenance ON protocol.protocol_modules
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY protocol_modules_mvp_professional_select ON protocol.protocol_modules
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY protocol_modules_mvp_professional_insert ON protocol.protocol_modules
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY protocol_modules_mvp_professional_update ON protocol.protocol_modules
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY protocol_modules_mvp_professional_delete ON protocol.protocol_modules
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY protocol_modules_mvp_patient_select ON protocol.protocol_modules
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE protocol.protocol_modules TO korevitta_app;
