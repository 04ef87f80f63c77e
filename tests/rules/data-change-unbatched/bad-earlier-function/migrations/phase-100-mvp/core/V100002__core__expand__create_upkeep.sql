CREATE FUNCTION core.fill() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE core.notes SET body = '' WHERE body IS NULL;
END
$$;
