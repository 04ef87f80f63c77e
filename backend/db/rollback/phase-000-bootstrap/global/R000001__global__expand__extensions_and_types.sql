-- Desfaz V000001: funções, tipos, schemas e extensões. Sem CASCADE: se algo ainda depender deles, o rollback
-- falha em vez de levar junto o que não criou.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

DROP FUNCTION app.search_text(text);
DROP FUNCTION app.touch_updated_at();
DROP FUNCTION app.uuid_v7();
DROP TYPE app.actor_kind;
DROP TYPE app.biological_sex;

DROP SCHEMA audit;
DROP SCHEMA analytics;
DROP SCHEMA progress;
DROP SCHEMA hydration;
DROP SCHEMA supplementation;
DROP SCHEMA communication;
DROP SCHEMA daily;
DROP SCHEMA checkin;
DROP SCHEMA protocol;
DROP SCHEMA core;
DROP SCHEMA identity;
DROP SCHEMA ops;
DROP SCHEMA app;

DROP EXTENSION unaccent;
DROP EXTENSION btree_gist;
DROP EXTENSION citext;
DROP EXTENSION pg_trgm;
