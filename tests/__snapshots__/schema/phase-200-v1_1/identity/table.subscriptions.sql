CREATE TABLE identity.subscriptions (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    status identity.subscription_status NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    trial_ends_at timestamp with time zone,
    current_period_end timestamp with time zone,
    gateway_reference text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT subscriptions_pkey PRIMARY KEY (id),
    CONSTRAINT subscriptions_overlap_excl EXCLUDE USING gist (professional_id WITH =, tstzrange(started_at, ended_at) WITH &&),
    CONSTRAINT subscriptions_ended_at_check CHECK ((ended_at >= started_at)),
    CONSTRAINT subscriptions_gateway_reference_check CHECK (((char_length(gateway_reference) >= 1) AND (char_length(gateway_reference) <= 200)))
);

ALTER TABLE identity.subscriptions
    ADD CONSTRAINT subscriptions_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES identity.plans(id);

ALTER TABLE identity.subscriptions
    ADD CONSTRAINT subscriptions_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES identity.professionals(id);

CREATE INDEX subscriptions_plan_id_idx ON identity.subscriptions USING btree (plan_id);
CREATE INDEX subscriptions_professional_id_idx ON identity.subscriptions USING btree (professional_id, started_at);

CREATE TRIGGER subscriptions_touch_updated_at BEFORE UPDATE ON identity.subscriptions FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE identity.subscriptions ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity.subscriptions FORCE ROW LEVEL SECURITY;

CREATE POLICY subscriptions_maintenance ON identity.subscriptions
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY subscriptions_mvp_professional_insert ON identity.subscriptions
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY subscriptions_mvp_professional_select ON identity.subscriptions
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY subscriptions_mvp_professional_update ON identity.subscriptions
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY subscriptions_professional_insert ON identity.subscriptions
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY subscriptions_professional_select ON identity.subscriptions
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY subscriptions_professional_update ON identity.subscriptions
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE identity.subscriptions OWNER TO korevitta_owner;

GRANT INSERT, SELECT, UPDATE ON TABLE identity.subscriptions TO korevitta_app;

COMMENT ON TABLE identity.subscriptions IS 'Assinaturas: um consultório nunca tem duas no mesmo instante.';
COMMENT ON COLUMN identity.subscriptions.ended_at IS 'Fim da vigência; NULL enquanto vigente.';
COMMENT ON COLUMN identity.subscriptions.gateway_reference IS 'Identificador da assinatura no meio de pagamento.';
