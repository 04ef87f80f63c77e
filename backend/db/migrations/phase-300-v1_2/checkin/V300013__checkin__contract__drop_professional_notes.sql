-- O que faz: remove checkins.professional_notes, a gravação dupla (V200016) e a função do backfill: as notas vivem em
-- checkin.reviews desde a 1.1.
-- Por que é seguro: recusa, sem mudar nada, enquanto alguma nota não tiver a sua avaliação idêntica. A conferência
-- liga app.maintenance porque o RLS forçado esconderia as linhas também do dono, e lê antes de bloquear; até o
-- bloqueio, a gravação dupla mantém a igualdade. Remover uma coluna não reescreve a tabela. O registro em
-- ops.backfill_jobs fica: é história.
-- O rollback devolve a coluna, as notas (estão todas em checkin.reviews) e a gravação dupla.
SET LOCAL lock_timeout = '5s';

DO $$
DECLARE
    missing bigint;
    outer_maintenance text := coalesce(pg_catalog.current_setting('app.maintenance', TRUE), '');
BEGIN
    PERFORM pg_catalog.set_config('app.maintenance', 'on', TRUE);
    SELECT count(*) INTO missing
    FROM checkin.checkins AS c
    WHERE
        c.professional_notes IS NOT NULL
        AND NOT EXISTS (
            SELECT 1
            FROM checkin.reviews AS r
            WHERE
                r.id = c.id
                AND r.checkin_id = c.id
                AND r.checkin_submitted_at = c.submitted_at
                AND r.notes = c.professional_notes
                AND r.deleted_at IS NULL
        );
    PERFORM pg_catalog.set_config('app.maintenance', outer_maintenance, TRUE);
    IF missing > 0 THEN
        RAISE EXCEPTION '% nota(s) de check-in ainda não têm avaliação igual em checkin.reviews', missing
            USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = 'SELECT ops.restart_backfill(''checkin-reviews-from-notes'');'
            ' CALL ops.run_backfill(''checkin-reviews-from-notes''); e repita.';
    END IF;
END;
$$;

DROP FUNCTION checkin.backfill_reviews(jsonb, integer);
DROP TRIGGER reviews_copy_to_note ON checkin.reviews;
DROP TRIGGER checkins_copy_changed_note ON checkin.checkins;
DROP TRIGGER checkins_copy_new_note ON checkin.checkins;
DROP FUNCTION checkin.copy_review_to_note();
DROP FUNCTION checkin.copy_note_to_review();
ALTER TABLE checkin.checkins DROP COLUMN professional_notes;
