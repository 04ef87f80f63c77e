CREATE FUNCTION app.current_patient_user_id()
    RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
AS $function$
    SELECT CASE WHEN app.current_professional_id() IS NULL THEN app.current_user_id() END;
$function$;

ALTER FUNCTION app.current_patient_user_id() OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION app.current_patient_user_id() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION app.current_patient_user_id() TO korevitta_app;

COMMENT ON FUNCTION app.current_patient_user_id() IS 'Pessoa da sessão quando ela age como paciente. Uma sessão de profissional nunca soma o escopo de paciente: quem atende e também é atendido não vê o próprio prontuário misturado à lista do consultório.';
