CREATE TABLE identity.users (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    email public.citext NOT NULL,
    full_name text NOT NULL,
    phone text,
    password_hash text,
    locale text DEFAULT 'pt-BR'::text NOT NULL,
    time_zone text DEFAULT 'America/Sao_Paulo'::text NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    email_verified_at timestamp with time zone,
    last_login_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT users_pkey PRIMARY KEY (id),
    CONSTRAINT users_email_check CHECK (((POSITION(('@'::text) IN ((email)::text)) > 1) AND (char_length((email)::text) <= 254))),
    CONSTRAINT users_full_name_check CHECK (((char_length(full_name) >= 1) AND (char_length(full_name) <= 200))),
    CONSTRAINT users_locale_check CHECK (((char_length(locale) >= 1) AND (char_length(locale) <= 16))),
    CONSTRAINT users_phone_check CHECK (((char_length(phone) >= 1) AND (char_length(phone) <= 32))),
    CONSTRAINT users_time_zone_check CHECK (((char_length(time_zone) >= 1) AND (char_length(time_zone) <= 64)))
);

CREATE UNIQUE INDEX users_email_key ON identity.users USING btree (email) WHERE (deleted_at IS NULL);

CREATE TRIGGER users_touch_updated_at BEFORE UPDATE ON identity.users FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE identity.users ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity.users FORCE ROW LEVEL SECURITY;

CREATE POLICY users_maintenance ON identity.users
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY users_mvp_user_insert ON identity.users
    FOR INSERT TO korevitta_app
    WITH CHECK (id = ( SELECT app.current_user_id() AS current_user_id));

CREATE POLICY users_mvp_user_select ON identity.users
    FOR SELECT TO korevitta_app
    USING (id = ( SELECT app.current_user_id() AS current_user_id));

CREATE POLICY users_mvp_user_update ON identity.users
    FOR UPDATE TO korevitta_app
    USING (id = ( SELECT app.current_user_id() AS current_user_id))
    WITH CHECK (id = ( SELECT app.current_user_id() AS current_user_id));

ALTER TABLE identity.users OWNER TO korevitta_owner;

GRANT INSERT, SELECT, UPDATE ON TABLE identity.users TO korevitta_app;

COMMENT ON TABLE identity.users IS 'Pessoas com acesso. Cada uma só vê a si mesma (app.current_user_id); o papel dela vem de professionals ou patients.';
COMMENT ON COLUMN identity.users.password_hash IS 'Hash no formato da aplicação; NULL até a pessoa definir uma senha.';
COMMENT ON COLUMN identity.users.deleted_at IS 'Exclusão lógica: o e-mail fica livre para um novo cadastro.';
