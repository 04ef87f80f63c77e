-- O que faz: modelos de protocolo: a biblioteca comum (catálogo, preenchida por seeds) e os modelos de cada
-- consultório. Um modelo é composto: reúne módulos de nutrição, treino, suplementação e hidratação, cada um com o seu
-- conteúdo.
-- Por que é seguro: só tabelas novas; a chave estrangeira para identity.professionals não lê linhas.
-- O rollback remove as quatro tabelas.
SET LOCAL lock_timeout = '5s';

CREATE TABLE protocol.library_templates (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    slug text NOT NULL,
    title text NOT NULL,
    objective text NOT NULL,
    description text,
    duration_days smallint NOT NULL,
    is_active boolean NOT NULL DEFAULT TRUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT library_templates_pkey PRIMARY KEY (id),
    CONSTRAINT library_templates_slug_key UNIQUE (slug),
    CONSTRAINT library_templates_slug_check CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    CONSTRAINT library_templates_title_check CHECK (char_length(title) BETWEEN 1 AND 160),
    CONSTRAINT library_templates_objective_check CHECK (char_length(objective) BETWEEN 1 AND 400),
    CONSTRAINT library_templates_description_check CHECK (char_length(description) BETWEEN 1 AND 4000),
    CONSTRAINT library_templates_duration_days_check CHECK (duration_days BETWEEN 7 AND 730)
);

CREATE TABLE protocol.library_modules (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    library_template_id uuid NOT NULL,
    kind protocol.module_kind NOT NULL,
    title text NOT NULL,
    instructions text,
    position smallint NOT NULL,
    blueprint jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT library_modules_pkey PRIMARY KEY (id),
    CONSTRAINT library_modules_library_template_id_position_key UNIQUE (library_template_id, position),
    CONSTRAINT library_modules_library_template_id_fkey
    FOREIGN KEY (library_template_id) REFERENCES protocol.library_templates (id) ON DELETE CASCADE,
    CONSTRAINT library_modules_title_check CHECK (char_length(title) BETWEEN 1 AND 160),
    CONSTRAINT library_modules_instructions_check CHECK (char_length(instructions) BETWEEN 1 AND 4000),
    CONSTRAINT library_modules_position_check CHECK (position BETWEEN 1 AND 100),
    CONSTRAINT library_modules_blueprint_check CHECK (jsonb_typeof(blueprint) = 'object')
);

CREATE TABLE protocol.protocol_templates (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    library_template_id uuid,
    title text NOT NULL,
    objective text,
    description text,
    duration_days smallint,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT protocol_templates_pkey PRIMARY KEY (id),
    CONSTRAINT protocol_templates_professional_id_id_key UNIQUE (professional_id, id),
    CONSTRAINT protocol_templates_professional_id_fkey
    FOREIGN KEY (professional_id) REFERENCES identity.professionals (id),
    CONSTRAINT protocol_templates_library_template_id_fkey
    FOREIGN KEY (library_template_id) REFERENCES protocol.library_templates (id) ON DELETE SET NULL,
    CONSTRAINT protocol_templates_title_check CHECK (char_length(title) BETWEEN 1 AND 160),
    CONSTRAINT protocol_templates_objective_check CHECK (char_length(objective) BETWEEN 1 AND 400),
    CONSTRAINT protocol_templates_description_check CHECK (char_length(description) BETWEEN 1 AND 4000),
    CONSTRAINT protocol_templates_duration_days_check CHECK (duration_days BETWEEN 7 AND 730)
);
CREATE INDEX protocol_templates_library_template_id_idx ON protocol.protocol_templates (library_template_id);
CREATE INDEX protocol_templates_title_idx ON protocol.protocol_templates (professional_id, title)
WHERE deleted_at IS NULL;

CREATE TABLE protocol.template_modules (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    template_id uuid NOT NULL,
    kind protocol.module_kind NOT NULL,
    title text NOT NULL,
    instructions text,
    position smallint NOT NULL,
    blueprint jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT template_modules_pkey PRIMARY KEY (id),
    CONSTRAINT template_modules_template_id_fkey FOREIGN KEY (professional_id, template_id)
    REFERENCES protocol.protocol_templates (professional_id, id) ON DELETE CASCADE,
    CONSTRAINT template_modules_title_check CHECK (char_length(title) BETWEEN 1 AND 160),
    CONSTRAINT template_modules_instructions_check CHECK (char_length(instructions) BETWEEN 1 AND 4000),
    CONSTRAINT template_modules_position_check CHECK (position BETWEEN 1 AND 100),
    CONSTRAINT template_modules_blueprint_check CHECK (jsonb_typeof(blueprint) = 'object')
);
CREATE INDEX template_modules_template_id_idx
ON protocol.template_modules (professional_id, template_id, position);

CREATE TRIGGER library_templates_touch_updated_at
BEFORE UPDATE ON protocol.library_templates
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();
CREATE TRIGGER library_modules_touch_updated_at
BEFORE UPDATE ON protocol.library_modules
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();
CREATE TRIGGER protocol_templates_touch_updated_at
BEFORE UPDATE ON protocol.protocol_templates
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();
CREATE TRIGGER template_modules_touch_updated_at
BEFORE UPDATE ON protocol.template_modules
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

GRANT SELECT ON protocol.library_templates TO korevitta_app, korevitta_readonly;
GRANT SELECT ON protocol.library_modules TO korevitta_app, korevitta_readonly;

ALTER TABLE protocol.protocol_templates ENABLE ROW LEVEL SECURITY;
ALTER TABLE protocol.protocol_templates FORCE ROW LEVEL SECURITY;
CREATE POLICY protocol_templates_maintenance ON protocol.protocol_templates
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY protocol_templates_professional_select ON protocol.protocol_templates
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY protocol_templates_professional_insert ON protocol.protocol_templates
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY protocol_templates_professional_update ON protocol.protocol_templates
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
GRANT SELECT, INSERT, UPDATE ON protocol.protocol_templates TO korevitta_app;
-- Escopo de leitura: BI conhece os modelos (sem linhas de pessoas) para dar nome às métricas agregadas.
CREATE POLICY protocol_templates_readonly_select ON protocol.protocol_templates
FOR SELECT TO korevitta_readonly
USING (deleted_at IS NULL);
GRANT SELECT (id, professional_id, title, duration_days, created_at, deleted_at)
ON protocol.protocol_templates TO korevitta_readonly;

ALTER TABLE protocol.template_modules ENABLE ROW LEVEL SECURITY;
ALTER TABLE protocol.template_modules FORCE ROW LEVEL SECURITY;
CREATE POLICY template_modules_maintenance ON protocol.template_modules
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY template_modules_professional_select ON protocol.template_modules
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY template_modules_professional_insert ON protocol.template_modules
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY template_modules_professional_update ON protocol.template_modules
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY template_modules_professional_delete ON protocol.template_modules
FOR DELETE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
GRANT SELECT, INSERT, UPDATE, DELETE ON protocol.template_modules TO korevitta_app;

COMMENT ON TABLE protocol.library_templates IS 'Biblioteca de modelos de protocolo, igual para todos os consultórios.';
COMMENT ON TABLE protocol.library_modules IS 'Módulos de um modelo da biblioteca.';
COMMENT ON TABLE protocol.protocol_templates IS 'Modelos de protocolo de um consultório.';
COMMENT ON TABLE protocol.template_modules IS 'Módulos de um modelo do consultório.';
COMMENT ON COLUMN protocol.template_modules.blueprint IS
'Conteúdo do módulo como documento (refeições, treinos, doses, metas): o formato que protocol.replicate_template lê.';
