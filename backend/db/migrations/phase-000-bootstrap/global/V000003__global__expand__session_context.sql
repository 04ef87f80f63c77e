-- O que faz: cria as funções que leem o contexto da sessão, sobre as quais todas as policies são escritas.
-- Contexto ausente ou vazio vira NULL, e NULL não é igual a nada: nenhuma linha, nunca um erro, nunca tudo.
-- Por que é seguro: só cria funções.
-- O rollback remove as quatro funções.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE FUNCTION app.current_professional_id()
RETURNS uuid
LANGUAGE sql
STABLE
PARALLEL SAFE
AS $$
    SELECT nullif(pg_catalog.current_setting('app.current_professional_id', TRUE), '')::uuid;
$$;
COMMENT ON FUNCTION app.current_professional_id() IS
'Consultório da sessão (app.current_professional_id); NULL quando a sessão não é de um profissional.';

CREATE FUNCTION app.current_user_id()
RETURNS uuid
LANGUAGE sql
STABLE
PARALLEL SAFE
AS $$
    SELECT nullif(pg_catalog.current_setting('app.current_user_id', TRUE), '')::uuid;
$$;
COMMENT ON FUNCTION app.current_user_id() IS 'Pessoa autenticada na sessão (app.current_user_id); NULL sem login.';

CREATE FUNCTION app.current_patient_user_id()
RETURNS uuid
LANGUAGE sql
STABLE
PARALLEL SAFE
AS $$
    SELECT CASE WHEN app.current_professional_id() IS NULL THEN app.current_user_id() END;
$$;
COMMENT ON FUNCTION app.current_patient_user_id() IS
'Pessoa da sessão quando ela age como paciente. Uma sessão de profissional nunca soma o escopo de paciente: '
'quem atende e também é atendido não vê o próprio prontuário misturado à lista do consultório.';

CREATE FUNCTION app.maintenance_enabled()
RETURNS boolean
LANGUAGE sql
STABLE
PARALLEL SAFE
AS $$
    SELECT coalesce(pg_catalog.current_setting('app.maintenance', TRUE) = 'on', FALSE);
$$;
COMMENT ON FUNCTION app.maintenance_enabled() IS
'Verdadeiro nas rotinas de manutenção. Só libera linhas para korevitta_owner, que também obedece ao RLS (FORCE): '
'as policies <tabela>_maintenance são dadas apenas a esse papel.';

GRANT EXECUTE ON FUNCTION app.current_professional_id() TO korevitta_app;
GRANT EXECUTE ON FUNCTION app.current_user_id() TO korevitta_app;
GRANT EXECUTE ON FUNCTION app.current_patient_user_id() TO korevitta_app;
