CREATE FUNCTION core.fill() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE core.notes SET body = '' WHERE body IS NULL;
END
$$;
CREATE OR REPLACE FUNCTION core.fill() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE core.notes SET body = ''
    WHERE id IN (SELECT n.id FROM core.notes AS n WHERE n.body IS NULL LIMIT 500);
END
$$;
