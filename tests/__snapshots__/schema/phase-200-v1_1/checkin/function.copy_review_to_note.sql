CREATE FUNCTION checkin.copy_review_to_note()
    RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
    outer_maintenance text := coalesce(current_setting('app.maintenance', TRUE), '');
    current_note text := CASE WHEN NEW.deleted_at IS NULL THEN NEW.notes END;
BEGIN
    PERFORM set_config('app.maintenance', 'on', TRUE);
    -- A condição encerra o vaivém entre os dois gatilhos: quando já estão iguais, nenhum grava de novo.
    UPDATE checkin.checkins AS c
    SET professional_notes = current_note
    WHERE
        c.id = NEW.checkin_id
        AND c.professional_id = NEW.professional_id
        AND c.submitted_at = NEW.checkin_submitted_at
        AND c.professional_notes IS DISTINCT FROM current_note;
    PERFORM set_config('app.maintenance', outer_maintenance, TRUE);
    RETURN NULL;
END;
$function$;

ALTER FUNCTION checkin.copy_review_to_note() OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION checkin.copy_review_to_note() FROM PUBLIC;

COMMENT ON FUNCTION checkin.copy_review_to_note() IS 'Trigger: leva a avaliação que tem o id do check-in para checkins.professional_notes.';
