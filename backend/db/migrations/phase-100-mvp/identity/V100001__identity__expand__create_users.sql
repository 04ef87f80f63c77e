-- O que faz: cria as pessoas que entram no sistema (profissionais e pacientes) e a busca de credenciais do login.
-- Por que é seguro: só cria objetos novos.
-- O rollback remove a tabela e a função.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE TABLE identity.users (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    email public.citext NOT NULL,
    full_name text NOT NULL,
    phone text,
    password_hash text,
    locale text NOT NULL DEFAULT 'pt-BR',
    time_zone text NOT NULL DEFAULT 'America/Sao_Paulo',
    is_active boolean NOT NULL DEFAULT TRUE,
    email_verified_at timestamptz,
    last_login_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT users_pkey PRIMARY KEY (id),
    CONSTRAINT users_email_check CHECK (position('@' IN email::text) > 1 AND char_length(email::text) <= 254),
    CONSTRAINT users_full_name_check CHECK (char_length(full_name) BETWEEN 1 AND 200),
    CONSTRAINT users_phone_check CHECK (char_length(phone) BETWEEN 1 AND 32),
    CONSTRAINT users_locale_check CHECK (char_length(locale) BETWEEN 1 AND 16),
    CONSTRAINT users_time_zone_check CHECK (char_length(time_zone) BETWEEN 1 AND 64)
);
COMMENT ON TABLE identity.users IS
'Pessoas com acesso. Cada uma só vê a si mesma (app.current_user_id); o papel dela vem de professionals ou patients.';
COMMENT ON COLUMN identity.users.password_hash IS 'Hash no formato da aplicação; NULL até a pessoa definir uma senha.';
COMMENT ON COLUMN identity.users.deleted_at IS 'Exclusão lógica: o e-mail fica livre para um novo cadastro.';

CREATE UNIQUE INDEX users_email_key ON identity.users (email) WHERE deleted_at IS NULL;

CREATE TRIGGER users_touch_updated_at
BEFORE UPDATE ON identity.users
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE identity.users ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity.users FORCE ROW LEVEL SECURITY;

CREATE POLICY users_maintenance ON identity.users
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY users_mvp_user_select ON identity.users
FOR SELECT TO korevitta_app
USING (id = (SELECT app.current_user_id()));
CREATE POLICY users_mvp_user_insert ON identity.users
FOR INSERT TO korevitta_app
WITH CHECK (id = (SELECT app.current_user_id()));
CREATE POLICY users_mvp_user_update ON identity.users
FOR UPDATE TO korevitta_app
USING (id = (SELECT app.current_user_id()))
WITH CHECK (id = (SELECT app.current_user_id()));

GRANT SELECT, INSERT, UPDATE ON TABLE identity.users TO korevitta_app;

-- SECURITY DEFINER: antes do login não há contexto, e sem contexto o RLS não mostra ninguém. A função devolve
-- apenas o necessário para conferir a senha de um e-mail exato; não permite listar pessoas.
CREATE FUNCTION identity.find_login(login public.citext)
RETURNS TABLE (user_id uuid, password_hash text, is_active boolean)
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    outer_maintenance text := coalesce(current_setting('app.maintenance', TRUE), '');
BEGIN
    PERFORM set_config('app.maintenance', 'on', TRUE);
    RETURN QUERY
    SELECT
        u.id,
        u.password_hash,
        u.is_active
    FROM identity.users AS u
    WHERE u.email OPERATOR(public.=) login AND u.deleted_at IS NULL;
    PERFORM set_config('app.maintenance', outer_maintenance, TRUE);
END;
$$;
COMMENT ON FUNCTION identity.find_login(public.citext) IS
'Credenciais de um e-mail, para o login. Depois de conferir a senha, a API define app.current_user_id.';

GRANT EXECUTE ON FUNCTION identity.find_login(public.citext) TO korevitta_app;
