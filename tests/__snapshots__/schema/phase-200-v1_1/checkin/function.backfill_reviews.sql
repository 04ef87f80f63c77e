CREATE FUNCTION checkin.backfill_reviews(after jsonb, batch_size integer)
    RETURNS TABLE(next_cursor jsonb, rows_done bigint)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
    -- FOR SHARE: enquanto o lote não confirma, ninguém muda a nota que ele está copiando.
    RETURN QUERY
    WITH batch AS (
        SELECT c.*
        FROM checkin.checkins AS c
        WHERE
            after IS NULL
            OR (c.id, c.submitted_at) > ((after ->> 'id')::uuid, (after ->> 'submitted_at')::timestamptz)
        ORDER BY c.id, c.submitted_at
        LIMIT batch_size
        FOR SHARE
    ),

    copied AS (
        INSERT INTO checkin.reviews (
            id, professional_id, patient_id, checkin_id, checkin_submitted_at, notes, origin, reviewed_at
        )
        SELECT
            b.id,
            b.professional_id,
            b.patient_id,
            b.id,
            b.submitted_at,
            b.professional_notes,
            'note_backfill',
            coalesce(b.reviewed_at, b.updated_at)
        FROM batch AS b
        WHERE b.professional_notes IS NOT NULL
        ON CONFLICT (id) DO NOTHING
        RETURNING 1
    ),

    -- Uma avaliação que alguém deixou diferente da nota (com os gatilhos desligados, por exemplo) volta a ser igual.
    repaired AS (
        UPDATE checkin.reviews AS r
        SET
            notes = b.professional_notes,
            deleted_at = NULL
        FROM batch AS b
        WHERE
            r.id = b.id
            AND r.professional_id = b.professional_id
            AND r.checkin_id = b.id
            AND r.checkin_submitted_at = b.submitted_at
            AND b.professional_notes IS NOT NULL
            AND (r.notes <> b.professional_notes OR r.deleted_at IS NOT NULL)
        RETURNING 1
    )

    SELECT
        CASE WHEN count(*) = batch_size THEN (
            SELECT jsonb_build_object('id', b.id, 'submitted_at', b.submitted_at)
            FROM batch AS b
            ORDER BY b.id DESC, b.submitted_at DESC
            LIMIT 1
        ) END,
        (SELECT count(*) FROM copied) + (SELECT count(*) FROM repaired)
    FROM batch;
END;
$function$;

ALTER FUNCTION checkin.backfill_reviews(jsonb,integer) OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION checkin.backfill_reviews(jsonb,integer) FROM PUBLIC;

COMMENT ON FUNCTION checkin.backfill_reviews(jsonb,integer) IS 'Um lote do backfill das notas antigas, pela chave (id, submitted_at); chamado por ops.run_backfill.';
