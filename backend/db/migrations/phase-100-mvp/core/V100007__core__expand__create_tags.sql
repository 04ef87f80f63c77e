-- O que faz: cria as etiquetas do consultório e a ligação delas com pacientes.
-- Por que é seguro: só cria objetos novos.
-- O rollback remove as duas tabelas.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE TABLE core.tags (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    name public.citext NOT NULL,
    color text NOT NULL DEFAULT '#6b7280',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT tags_pkey PRIMARY KEY (id),
    CONSTRAINT tags_professional_id_id_key UNIQUE (professional_id, id),
    CONSTRAINT tags_professional_id_name_key UNIQUE (professional_id, name),
    CONSTRAINT tags_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES identity.professionals (id),
    CONSTRAINT tags_name_check CHECK (char_length(name::text) BETWEEN 1 AND 60),
    CONSTRAINT tags_color_check CHECK (color ~ '^#[0-9a-f]{6}$')
);
COMMENT ON TABLE core.tags IS 'Etiquetas de um consultório; o nome não diferencia maiúsculas.';

CREATE TRIGGER tags_touch_updated_at
BEFORE UPDATE ON core.tags
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE core.tags ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.tags FORCE ROW LEVEL SECURITY;

CREATE POLICY tags_maintenance ON core.tags
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY tags_mvp_professional_select ON core.tags
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY tags_mvp_professional_insert ON core.tags
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY tags_mvp_professional_update ON core.tags
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY tags_mvp_professional_delete ON core.tags
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE core.tags TO korevitta_app;

CREATE TABLE core.patient_tags (
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    tag_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT patient_tags_pkey PRIMARY KEY (patient_id, tag_id),
    CONSTRAINT patient_tags_patient_id_fkey FOREIGN KEY (professional_id, patient_id)
    REFERENCES core.patients (professional_id, id),
    CONSTRAINT patient_tags_tag_id_fkey FOREIGN KEY (professional_id, tag_id)
    REFERENCES core.tags (professional_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE core.patient_tags IS 'Etiquetas dadas a pacientes, sempre do mesmo consultório.';

CREATE INDEX patient_tags_professional_id_idx ON core.patient_tags (professional_id, patient_id);
CREATE INDEX patient_tags_tag_id_idx ON core.patient_tags (tag_id, professional_id);

CREATE TRIGGER patient_tags_touch_updated_at
BEFORE UPDATE ON core.patient_tags
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE core.patient_tags ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.patient_tags FORCE ROW LEVEL SECURITY;

CREATE POLICY patient_tags_maintenance ON core.patient_tags
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY patient_tags_mvp_professional_select ON core.patient_tags
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY patient_tags_mvp_professional_insert ON core.patient_tags
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY patient_tags_mvp_professional_update ON core.patient_tags
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY patient_tags_mvp_professional_delete ON core.patient_tags
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE core.patient_tags TO korevitta_app;
