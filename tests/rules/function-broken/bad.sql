CREATE TABLE clients (id uuid PRIMARY KEY, name text);
CREATE FUNCTION count_clients() RETURNS bigint LANGUAGE sql AS $$ -- expect
    SELECT count(name) FROM public.clients;
$$;
ALTER TABLE clients DROP COLUMN name;
