CREATE TABLE notes ( -- expect
    id bigint PRIMARY KEY,
    label citext NOT NULL
);

CREATE INDEX notes_label_idx ON notes (label); -- expect

DROP FUNCTION touch(); -- expect

DO $$
DECLARE
    month date := date_trunc('month', now());
    name text;
BEGIN
    name := 'notes_' || to_char(month, 'YYYY_MM');
    EXECUTE format('CREATE TABLE core.%I (id bigint)', name); -- expect
    INSERT INTO tags VALUES (1); -- expect
END
$$;
