CREATE FUNCTION core.current_patient_ids()
    RETURNS uuid[]
    LANGUAGE sql STABLE PARALLEL SAFE
AS $function$
    SELECT coalesce(pg_catalog.array_agg(p.id), '{}')
    FROM core.patients AS p
    WHERE p.user_id = (SELECT app.current_patient_user_id()) AND p.deleted_at IS NULL;
$function$;

ALTER FUNCTION core.current_patient_ids() OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION core.current_patient_ids() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION core.current_patient_ids() TO korevitta_app;

COMMENT ON FUNCTION core.current_patient_ids() IS 'Os cadastros de paciente da pessoa da sessão; vazio para profissionais e sem contexto. As policies a chamam em um subselect, que o PostgreSQL avalia uma vez por consulta e usa como condição de índice.';
