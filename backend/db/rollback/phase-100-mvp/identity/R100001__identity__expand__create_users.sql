-- Desfaz V100001: remove a busca de credenciais e as pessoas.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

DROP FUNCTION identity.find_login(public.citext);
DROP TABLE identity.users;
