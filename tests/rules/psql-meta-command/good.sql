CREATE TABLE core.notes (
    id bigint PRIMARY KEY,
    path text NOT NULL DEFAULT 'C:\notes',
    tags text[] NOT NULL DEFAULT '{}'::text[]
);
COMMENT ON TABLE core.notes IS E'\\set nada, :''x'' também não';
-- \i nada.sql
CREATE FUNCTION core.first_tags(tags text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$ SELECT tags[1:2] $$;
