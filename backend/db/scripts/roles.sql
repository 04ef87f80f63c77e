-- Papéis do KoreVitta. Um administrador executa este arquivo uma vez por servidor, e de novo em cada banco do projeto:
--
--     psql -v ON_ERROR_STOP=1 -d postgres -f scripts/roles.sql
--     psql -d postgres -c 'CREATE DATABASE korevitta OWNER korevitta_owner'
--     psql -v ON_ERROR_STOP=1 -d korevitta -f scripts/roles.sql
--
-- Repetir é seguro. Não pede superusuário: basta CREATEROLE, como o administrador de um serviço gerenciado. Papéis são
-- do servidor inteiro, por isso nenhuma migration os cria. As senhas são definidas à parte, com \password.

DO $$
DECLARE
    wanted text;
    is_superuser boolean := (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user);
BEGIN
    FOREACH wanted IN ARRAY ARRAY['korevitta_owner', 'korevitta_app', 'korevitta_readonly', 'korevitta_monitor'] LOOP
        IF NOT EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = wanted) THEN
            EXECUTE pg_catalog.format('CREATE ROLE %I LOGIN NOINHERIT', wanted);
        END IF;
        -- Um papel com um destes atributos ignora o RLS: melhor parar aqui do que descobrir em produção.
        IF EXISTS (
            SELECT 1
            FROM pg_catalog.pg_roles
            WHERE rolname = wanted AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)
        ) THEN
            RAISE EXCEPTION 'role % is superuser, BYPASSRLS, CREATEROLE or CREATEDB', wanted
                USING HINT = 'As a superuser: ALTER ROLE … NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB.';
        END IF;
        -- O RLS também cai quando um papel é membro do dono, que tem as policies de manutenção.
        IF wanted <> 'korevitta_owner' AND pg_catalog.pg_has_role(wanted, 'korevitta_owner', 'MEMBER') THEN
            RAISE EXCEPTION 'role % is a member of korevitta_owner', wanted
                USING HINT = pg_catalog.format('REVOKE korevitta_owner FROM %I;', wanted);
        END IF;
    END LOOP;
    -- Desde o PostgreSQL 16, quem cria um papel não age em nome dele sem isto, e CREATE DATABASE … OWNER precisa.
    IF NOT is_superuser AND NOT pg_catalog.pg_has_role(current_user, 'korevitta_owner', 'SET') THEN
        EXECUTE pg_catalog.format('GRANT korevitta_owner TO %I WITH INHERIT FALSE, SET TRUE', current_user);
    END IF;
END;
$$;

COMMENT ON ROLE korevitta_owner IS 'KoreVitta: dono de tudo, executa migrations e manutenção. Sujeito ao RLS forçado.';
COMMENT ON ROLE korevitta_app IS 'KoreVitta: API e workers. Apenas DML, sob RLS.';
COMMENT ON ROLE korevitta_readonly IS 'KoreVitta: BI e painéis. Agregados, sem linhas de pessoas.';
COMMENT ON ROLE korevitta_monitor IS 'KoreVitta: métricas. Membro de pg_monitor, lê o schema ops.';

-- NOINHERIT impediria o monitoramento de usar pg_monitor sem SET ROLE.
ALTER ROLE korevitta_monitor INHERIT;
GRANT pg_monitor TO korevitta_monitor WITH INHERIT TRUE;

-- Limites por papel: uma consulta esquecida não segura as outras.
ALTER ROLE korevitta_app SET statement_timeout = '30s';
ALTER ROLE korevitta_app SET lock_timeout = '5s';
ALTER ROLE korevitta_app SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE korevitta_readonly SET statement_timeout = '120s';
ALTER ROLE korevitta_readonly SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE korevitta_readonly SET default_transaction_read_only = 'on';
ALTER ROLE korevitta_monitor SET statement_timeout = '15s';
ALTER ROLE korevitta_monitor SET default_transaction_read_only = 'on';

-- No banco do projeto (o que pertence a korevitta_owner): só os quatro papéis entram, e só o dono cria.
DO $$
DECLARE
    database_name text := pg_catalog.current_database();
BEGIN
    IF (
        SELECT pg_catalog.pg_get_userbyid(d.datdba) <> 'korevitta_owner'
        FROM pg_catalog.pg_database AS d
        WHERE d.datname = database_name
    ) THEN
        RAISE NOTICE 'database % does not belong to korevitta_owner: its privileges are left alone', database_name;
        RETURN;
    END IF;
    -- Só o dono do banco muda os privilégios dele; superusuário ou membro, o administrador age em seu nome.
    SET LOCAL ROLE korevitta_owner;
    EXECUTE pg_catalog.format('REVOKE ALL ON DATABASE %I FROM PUBLIC', database_name);
    EXECUTE pg_catalog.format(
        'GRANT CONNECT ON DATABASE %I TO korevitta_app, korevitta_readonly, korevitta_monitor',
        database_name
    );
    -- O administrador não herda do dono e ficaria de fora na próxima vez.
    EXECUTE pg_catalog.format('GRANT CONNECT ON DATABASE %I TO %I', database_name, session_user);
    RESET ROLE;
    -- Com pg_cron neste banco, o dono agenda as próprias tarefas (CALL ops.reconcile_scheduled_jobs()).
    IF EXISTS (SELECT 1 FROM pg_catalog.pg_extension WHERE extname = 'pg_cron') THEN
        GRANT USAGE ON SCHEMA cron TO korevitta_owner;
    END IF;
END;
$$;
