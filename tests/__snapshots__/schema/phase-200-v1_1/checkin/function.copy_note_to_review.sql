CREATE FUNCTION checkin.copy_note_to_review()
    RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
    outer_maintenance text := coalesce(current_setting('app.maintenance', TRUE), '');
BEGIN
    -- O dono também obedece ao RLS (FORCE); com a manutenção ligada, só ele enxerga as linhas.
    PERFORM set_config('app.maintenance', 'on', TRUE);
    IF NEW.professional_notes IS NULL THEN
        UPDATE checkin.reviews AS r
        SET deleted_at = now()
        WHERE
            r.id = NEW.id
            AND r.professional_id = NEW.professional_id
            AND r.checkin_id = NEW.id
            AND r.checkin_submitted_at = NEW.submitted_at
            AND r.deleted_at IS NULL;
    ELSE
        INSERT INTO checkin.reviews AS r (
            id, professional_id, patient_id, checkin_id, checkin_submitted_at, notes, origin, reviewed_at
        )
        VALUES (
            NEW.id,
            NEW.professional_id,
            NEW.patient_id,
            NEW.id,
            NEW.submitted_at,
            NEW.professional_notes,
            'note_sync',
            coalesce(NEW.reviewed_at, now())
        )
        ON CONFLICT (id) DO UPDATE
            SET
                notes = EXCLUDED.notes,
                origin = EXCLUDED.origin,
                reviewed_at = EXCLUDED.reviewed_at,
                deleted_at = NULL
            -- Um id repetido de propósito em outro consultório ou em outro mês não alcança a avaliação alheia.
            WHERE
                r.professional_id = EXCLUDED.professional_id
                AND r.checkin_id = EXCLUDED.checkin_id
                AND r.checkin_submitted_at = EXCLUDED.checkin_submitted_at
                AND (r.notes IS DISTINCT FROM EXCLUDED.notes OR r.deleted_at IS NOT NULL);
    END IF;
    PERFORM set_config('app.maintenance', outer_maintenance, TRUE);
    RETURN NULL;
END;
$function$;

ALTER FUNCTION checkin.copy_note_to_review() OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION checkin.copy_note_to_review() FROM PUBLIC;

COMMENT ON FUNCTION checkin.copy_note_to_review() IS 'Trigger: leva checkins.professional_notes para a avaliação que tem o id do check-in.';
