CREATE FUNCTION app.maintenance_enabled()
    RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
AS $function$
    SELECT coalesce(pg_catalog.current_setting('app.maintenance', TRUE) = 'on', FALSE);
$function$;

ALTER FUNCTION app.maintenance_enabled() OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION app.maintenance_enabled() FROM PUBLIC;

COMMENT ON FUNCTION app.maintenance_enabled() IS 'Verdadeiro nas rotinas de manutenção. Só libera linhas para korevitta_owner, que também obedece ao RLS (FORCE): as policies <tabela>_maintenance são dadas apenas a esse papel.';
