-- O que faz: instala as extensões confiáveis (trusted), cria um schema por domínio e o que todos compartilham:
-- tipos, o gerador de UUID v7, a função de trigger de updated_at e a normalização de texto para busca.
-- Por que é seguro: só cria objetos novos em um banco vazio; nenhuma tabela existente é tocada.
-- O rollback remove funções, tipos, schemas e extensões, nessa ordem.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

-- As extensões ficam em public de propósito: os operadores de citext e pg_trgm só são encontrados se estiverem
-- no search_path de quem consulta; fora dele, uma comparação de citext volta a diferenciar maiúsculas em silêncio.
CREATE EXTENSION pg_trgm SCHEMA public;
CREATE EXTENSION citext SCHEMA public;
CREATE EXTENSION btree_gist SCHEMA public;
CREATE EXTENSION unaccent SCHEMA public;

CREATE SCHEMA app;
CREATE SCHEMA ops;
CREATE SCHEMA identity;
CREATE SCHEMA core;
CREATE SCHEMA protocol;
CREATE SCHEMA checkin;
CREATE SCHEMA daily;
CREATE SCHEMA communication;
CREATE SCHEMA supplementation;
CREATE SCHEMA hydration;
CREATE SCHEMA progress;
CREATE SCHEMA analytics;
CREATE SCHEMA audit;

COMMENT ON SCHEMA app IS 'O que todos os domínios compartilham: tipos, contexto da sessão e funções de uso geral.';
COMMENT ON SCHEMA ops IS 'Operação: partições, matviews, agendamentos e backfills. Sem dados de pacientes.';
COMMENT ON SCHEMA identity IS 'Pessoas que entram no sistema, profissionais (os consultórios), planos e assinaturas.';
COMMENT ON SCHEMA core IS 'Pacientes e o que descreve a relação deles com o consultório.';
COMMENT ON SCHEMA protocol IS 'Protocolos integrados: módulos, planos alimentares e de treino, catálogos.';
COMMENT ON SCHEMA checkin IS 'Formulários, agendas e check-ins periódicos.';
COMMENT ON SCHEMA daily IS 'Tarefas do dia e suas conclusões.';
COMMENT ON SCHEMA communication IS 'Conversas e mensagens entre profissional e paciente.';
COMMENT ON SCHEMA supplementation IS 'Planos de suplementação.';
COMMENT ON SCHEMA hydration IS 'Planos de hidratação e registros de água.';
COMMENT ON SCHEMA progress IS 'Medidas corporais e fotos de evolução.';
COMMENT ON SCHEMA analytics IS 'Dados derivados: matviews, composição corporal e biomarcadores.';
COMMENT ON SCHEMA audit IS 'Trilha de auditoria, somente inclusão.';

GRANT USAGE ON SCHEMA app TO korevitta_app, korevitta_readonly, korevitta_monitor;
GRANT USAGE ON SCHEMA ops TO korevitta_monitor;
GRANT USAGE ON SCHEMA identity TO korevitta_app, korevitta_readonly;
GRANT USAGE ON SCHEMA core TO korevitta_app;
GRANT USAGE ON SCHEMA protocol TO korevitta_app, korevitta_readonly;
GRANT USAGE ON SCHEMA checkin TO korevitta_app, korevitta_readonly;
GRANT USAGE ON SCHEMA daily TO korevitta_app;
GRANT USAGE ON SCHEMA communication TO korevitta_app;
GRANT USAGE ON SCHEMA supplementation TO korevitta_app, korevitta_readonly;
GRANT USAGE ON SCHEMA hydration TO korevitta_app, korevitta_readonly;
GRANT USAGE ON SCHEMA progress TO korevitta_app, korevitta_readonly;
GRANT USAGE ON SCHEMA analytics TO korevitta_app, korevitta_readonly, korevitta_monitor;
GRANT USAGE ON SCHEMA audit TO korevitta_app;

CREATE TYPE app.biological_sex AS ENUM ('female', 'male');
CREATE TYPE app.actor_kind AS ENUM ('professional', 'patient', 'system');

COMMENT ON TYPE app.biological_sex IS 'Sexo biológico: define faixas de referência de exames e composição corporal.';
COMMENT ON TYPE app.actor_kind IS 'Quem praticou a ação: profissional, paciente ou o próprio sistema.';

CREATE FUNCTION app.uuid_v7()
RETURNS uuid
LANGUAGE plpgsql
VOLATILE
PARALLEL SAFE
AS $$
DECLARE
    micros bigint := (extract(epoch FROM pg_catalog.clock_timestamp()) * 1000000)::bigint;
BEGIN
    -- 48 bits de milissegundos, a versão (7) e, em rand_a, a fração de milissegundo em 12 bits: valores de
    -- microssegundos diferentes ordenam pela criação. A segunda metade vem de um UUID v4, que já traz os bits
    -- da variante no lugar certo e 62 bits aleatórios.
    RETURN pg_catalog.encode(
        pg_catalog.int8send(((micros / 1000) << 16) | (7 << 12) | ((micros % 1000) * 4096 / 1000))
        || pg_catalog.substring(pg_catalog.uuid_send(pg_catalog.gen_random_uuid()), 9, 8),
        'hex'
    )::uuid;
END;
$$;
COMMENT ON FUNCTION app.uuid_v7() IS
'UUID versão 7 (RFC 9562): ordena pela criação com precisão de microssegundo. O PostgreSQL só o traz a partir do 18.';

CREATE FUNCTION app.touch_updated_at()
RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    NEW.updated_at := pg_catalog.now();
    RETURN NEW;
END;
$$;
COMMENT ON FUNCTION app.touch_updated_at() IS 'Trigger BEFORE UPDATE: mantém updated_at em todas as tabelas.';

CREATE FUNCTION app.search_text(value text)
RETURNS text
LANGUAGE sql
IMMUTABLE
STRICT
PARALLEL SAFE
AS $$
    SELECT pg_catalog.lower(public.unaccent('public.unaccent'::pg_catalog.regdictionary, value));
$$;
COMMENT ON FUNCTION app.search_text(text) IS
'Texto sem acentos e em minúsculas, para índices e buscas. IMMUTABLE porque o dicionário é citado pelo nome: '
'quem trocar as regras de unaccent precisa reindexar.';

REVOKE EXECUTE ON FUNCTION app.uuid_v7() FROM public;
REVOKE EXECUTE ON FUNCTION app.touch_updated_at() FROM public;
REVOKE EXECUTE ON FUNCTION app.search_text(text) FROM public;
GRANT EXECUTE ON FUNCTION app.uuid_v7() TO korevitta_app;
GRANT EXECUTE ON FUNCTION app.search_text(text) TO korevitta_app, korevitta_readonly;
