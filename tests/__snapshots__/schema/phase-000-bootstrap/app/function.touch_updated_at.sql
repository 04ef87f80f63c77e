CREATE FUNCTION app.touch_updated_at()
    RETURNS trigger
    LANGUAGE plpgsql
AS $function$
BEGIN
    NEW.updated_at := pg_catalog.now();
    RETURN NEW;
END;
$function$;

ALTER FUNCTION app.touch_updated_at() OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION app.touch_updated_at() FROM PUBLIC;

COMMENT ON FUNCTION app.touch_updated_at() IS 'Trigger BEFORE UPDATE: mantém updated_at em todas as tabelas.';
