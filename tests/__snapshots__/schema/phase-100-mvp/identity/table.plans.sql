CREATE TABLE identity.plans (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    description text,
    billing_period identity.billing_period NOT NULL,
    price_cents bigint NOT NULL,
    patient_limit integer,
    is_active boolean DEFAULT true NOT NULL,
    sort_order smallint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT plans_pkey PRIMARY KEY (id),
    CONSTRAINT plans_slug_key UNIQUE (slug),
    CONSTRAINT plans_description_check CHECK (((char_length(description) >= 1) AND (char_length(description) <= 500))),
    CONSTRAINT plans_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 80))),
    CONSTRAINT plans_patient_limit_check CHECK ((patient_limit > 0)),
    CONSTRAINT plans_price_cents_check CHECK ((price_cents >= 0)),
    CONSTRAINT plans_slug_check CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
);

CREATE TRIGGER plans_touch_updated_at BEFORE UPDATE ON identity.plans FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE identity.plans OWNER TO korevitta_owner;

GRANT SELECT ON TABLE identity.plans TO korevitta_app;
GRANT SELECT ON TABLE identity.plans TO korevitta_readonly;

COMMENT ON TABLE identity.plans IS 'Planos comerciais, mantidos por seed. Sem dados de consultórios: sem RLS, só leitura.';
COMMENT ON COLUMN identity.plans.price_cents IS 'Preço por período, em centavos de real.';
COMMENT ON COLUMN identity.plans.patient_limit IS 'Pacientes não arquivados que o plano permite; NULL é ilimitado.';
