CREATE FUNCTION core.carry_risk_score()
    RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
    UPDATE core.patients AS p
    SET
        risk_score = NEW.score,
        risk_assessed_at = NEW.assessed_at
    WHERE
        p.professional_id = NEW.professional_id
        AND p.id = NEW.patient_id
        AND (p.risk_assessed_at IS NULL OR p.risk_assessed_at <= NEW.assessed_at);
    RETURN NULL;
END;
$function$;

ALTER FUNCTION core.carry_risk_score() OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION core.carry_risk_score() FROM PUBLIC;

COMMENT ON FUNCTION core.carry_risk_score() IS 'Leva a avaliação ao cadastro do paciente, se for a mais recente: a lista do consultório ordena por ela.';
