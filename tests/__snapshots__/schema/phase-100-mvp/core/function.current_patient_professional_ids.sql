CREATE FUNCTION core.current_patient_professional_ids()
    RETURNS uuid[]
    LANGUAGE sql STABLE PARALLEL SAFE
AS $function$
    SELECT coalesce(pg_catalog.array_agg(p.professional_id), '{}')
    FROM core.patients AS p
    WHERE p.user_id = (SELECT app.current_patient_user_id()) AND p.deleted_at IS NULL;
$function$;

ALTER FUNCTION core.current_patient_professional_ids() OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION core.current_patient_professional_ids() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION core.current_patient_professional_ids() TO korevitta_app;

COMMENT ON FUNCTION core.current_patient_professional_ids() IS 'Os consultórios que atendem a pessoa da sessão; vazio para profissionais e sem contexto.';
