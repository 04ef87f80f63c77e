-- O que faz: cria os planos comerciais (catálogo) e as assinaturas dos consultórios.
-- Por que é seguro: só cria objetos novos.
-- O rollback remove as duas tabelas e os tipos.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE TYPE identity.billing_period AS ENUM ('monthly', 'yearly');
CREATE TYPE identity.subscription_status AS ENUM ('trialing', 'active', 'past_due', 'canceled');
COMMENT ON TYPE identity.billing_period IS 'Periodicidade da cobrança.';
COMMENT ON TYPE identity.subscription_status IS 'Situação da assinatura: em teste, ativa, em atraso ou cancelada.';

CREATE TABLE identity.plans (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    slug text NOT NULL,
    name text NOT NULL,
    description text,
    billing_period identity.billing_period NOT NULL,
    price_cents bigint NOT NULL,
    patient_limit integer,
    is_active boolean NOT NULL DEFAULT TRUE,
    sort_order smallint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT plans_pkey PRIMARY KEY (id),
    CONSTRAINT plans_slug_key UNIQUE (slug),
    CONSTRAINT plans_slug_check CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    CONSTRAINT plans_name_check CHECK (char_length(name) BETWEEN 1 AND 80),
    CONSTRAINT plans_description_check CHECK (char_length(description) BETWEEN 1 AND 500),
    CONSTRAINT plans_price_cents_check CHECK (price_cents >= 0),
    CONSTRAINT plans_patient_limit_check CHECK (patient_limit > 0)
);
COMMENT ON TABLE identity.plans IS
'Planos comerciais, mantidos por seed. Sem dados de consultórios: sem RLS, só leitura.';
COMMENT ON COLUMN identity.plans.price_cents IS 'Preço por período, em centavos de real.';
COMMENT ON COLUMN identity.plans.patient_limit IS 'Pacientes não arquivados que o plano permite; NULL é ilimitado.';

CREATE TRIGGER plans_touch_updated_at
BEFORE UPDATE ON identity.plans
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

GRANT SELECT ON TABLE identity.plans TO korevitta_app, korevitta_readonly;

CREATE TABLE identity.subscriptions (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    status identity.subscription_status NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at timestamptz,
    trial_ends_at timestamptz,
    current_period_end timestamptz,
    gateway_reference text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT subscriptions_pkey PRIMARY KEY (id),
    CONSTRAINT subscriptions_professional_id_fkey FOREIGN KEY (professional_id)
    REFERENCES identity.professionals (id),
    CONSTRAINT subscriptions_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES identity.plans (id),
    CONSTRAINT subscriptions_ended_at_check CHECK (ended_at >= started_at),
    CONSTRAINT subscriptions_overlap_excl EXCLUDE USING gist (
        professional_id WITH =,
        tstzrange(started_at, ended_at) WITH &&
    ),
    CONSTRAINT subscriptions_gateway_reference_check CHECK (char_length(gateway_reference) BETWEEN 1 AND 200)
);
COMMENT ON TABLE identity.subscriptions IS 'Assinaturas: um consultório nunca tem duas no mesmo instante.';
COMMENT ON COLUMN identity.subscriptions.ended_at IS 'Fim da vigência; NULL enquanto vigente.';
COMMENT ON COLUMN identity.subscriptions.gateway_reference IS 'Identificador da assinatura no meio de pagamento.';

CREATE INDEX subscriptions_professional_id_idx ON identity.subscriptions (professional_id, started_at);
CREATE INDEX subscriptions_plan_id_idx ON identity.subscriptions (plan_id);

CREATE TRIGGER subscriptions_touch_updated_at
BEFORE UPDATE ON identity.subscriptions
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE identity.subscriptions ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity.subscriptions FORCE ROW LEVEL SECURITY;

CREATE POLICY subscriptions_maintenance ON identity.subscriptions
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY subscriptions_mvp_professional_select ON identity.subscriptions
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY subscriptions_mvp_professional_insert ON identity.subscriptions
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY subscriptions_mvp_professional_update ON identity.subscriptions
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));

GRANT SELECT, INSERT, UPDATE ON TABLE identity.subscriptions TO korevitta_app;
