CREATE FUNCTION core.enforce_patient_limit()
    RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
    allowed integer;
    in_use bigint;
BEGIN
    SELECT p.patient_limit INTO allowed
    FROM identity.subscriptions AS s
    INNER JOIN identity.plans AS p ON p.id = s.plan_id
    WHERE
        s.professional_id = NEW.professional_id
        AND s.status <> 'canceled'
        AND tstzrange(s.started_at, s.ended_at) @> now();
    -- Sem assinatura vigente ou com plano ilimitado não há o que contar: cobrar uma assinatura é regra da API.
    IF allowed IS NULL THEN
        RETURN NEW;
    END IF;
    -- Dois cadastros simultâneos do mesmo consultório contam um depois do outro.
    PERFORM pg_advisory_xact_lock(hashtextextended('core.patients ' || NEW.professional_id::text, 0));
    SELECT count(*) INTO in_use
    FROM core.patients AS p
    WHERE p.professional_id = NEW.professional_id AND p.deleted_at IS NULL AND p.status <> 'archived';
    IF in_use >= allowed THEN
        RAISE EXCEPTION 'patient limit of the plan reached: % of %', in_use, allowed
            USING ERRCODE = 'check_violation', CONSTRAINT = 'patients_plan_limit';
    END IF;
    RETURN NEW;
END;
$function$;

ALTER FUNCTION core.enforce_patient_limit() OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION core.enforce_patient_limit() FROM PUBLIC;

COMMENT ON FUNCTION core.enforce_patient_limit() IS 'Recusa o paciente que passa do limite do plano vigente (23514, constraint patients_plan_limit).';
