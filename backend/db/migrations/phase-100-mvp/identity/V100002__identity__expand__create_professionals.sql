-- O que faz: cria os profissionais. Cada um é um consultório, e o id dele é o professional_id de todas as tabelas.
-- Por que é seguro: só cria objetos novos; a chave estrangeira para users nasce com a tabela vazia.
-- O rollback remove a tabela e o tipo.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE TYPE identity.discipline AS ENUM ('nutrition', 'training', 'integrated');
COMMENT ON TYPE identity.discipline IS 'Área de atuação: nutrição, treino ou as duas.';

CREATE TABLE identity.professionals (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    user_id uuid NOT NULL,
    discipline identity.discipline NOT NULL,
    practice_name text NOT NULL,
    council_registration text,
    tax_id text,
    phone text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT professionals_pkey PRIMARY KEY (id),
    CONSTRAINT professionals_user_id_key UNIQUE (user_id),
    CONSTRAINT professionals_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users (id),
    CONSTRAINT professionals_practice_name_check CHECK (char_length(practice_name) BETWEEN 1 AND 200),
    CONSTRAINT professionals_council_registration_check CHECK (char_length(council_registration) BETWEEN 1 AND 40),
    CONSTRAINT professionals_tax_id_check CHECK (tax_id ~ '^([0-9]{11}|[0-9]{14})$'),
    CONSTRAINT professionals_phone_check CHECK (char_length(phone) BETWEEN 1 AND 32)
);
COMMENT ON TABLE identity.professionals IS
'Consultórios: o inquilino (tenant) de todo o banco. professionals.id é o professional_id das demais tabelas.';
COMMENT ON COLUMN identity.professionals.council_registration IS 'Registro no conselho (CRN, CREF, CRM), com a região.';
COMMENT ON COLUMN identity.professionals.tax_id IS 'CPF (11 dígitos) ou CNPJ (14 dígitos), sem pontuação.';

CREATE TRIGGER professionals_touch_updated_at
BEFORE UPDATE ON identity.professionals
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE identity.professionals ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity.professionals FORCE ROW LEVEL SECURITY;

CREATE POLICY professionals_maintenance ON identity.professionals
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY professionals_mvp_professional_select ON identity.professionals
FOR SELECT TO korevitta_app
USING (id = (SELECT app.current_professional_id()));
CREATE POLICY professionals_mvp_professional_update ON identity.professionals
FOR UPDATE TO korevitta_app
USING (id = (SELECT app.current_professional_id()))
WITH CHECK (id = (SELECT app.current_professional_id()));
-- Ao se cadastrar, a pessoa abre apenas o próprio consultório.
CREATE POLICY professionals_mvp_professional_insert ON identity.professionals
FOR INSERT TO korevitta_app
WITH CHECK (id = (SELECT app.current_professional_id()) AND user_id = (SELECT app.current_user_id()));
-- Depois do login, a API descobre o consultório da pessoa antes de definir app.current_professional_id.
CREATE POLICY professionals_mvp_user_select ON identity.professionals
FOR SELECT TO korevitta_app
USING (user_id = (SELECT app.current_user_id()));

GRANT SELECT, INSERT, UPDATE ON TABLE identity.professionals TO korevitta_app;
