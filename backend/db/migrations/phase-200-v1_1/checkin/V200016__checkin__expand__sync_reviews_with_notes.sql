-- O que faz: gravação dupla. O que a 1.0 escreve em checkins.professional_notes aparece em checkin.reviews, e o que a
-- 1.1 escreve na avaliação que tem o id do check-in aparece na coluna. Registra também o backfill que copia as notas
-- antigas. Ligada antes do backfill: nada do que se grava entre um e outro se perde.
-- Por que é seguro: criar um gatilho bloqueia as escritas por um instante, sem ler linhas; para a 1.0 nada muda.
-- O rollback remove os gatilhos, as funções e o registro; o que já foi copiado fica em checkin.reviews.
SET LOCAL lock_timeout = '5s';

-- SECURITY DEFINER: a cópia acompanha a gravação seja qual for o escopo de quem grava. Só roda como gatilho, não recebe
-- nada além da linha gravada e não devolve nada a quem a gravou.
CREATE FUNCTION checkin.copy_note_to_review() RETURNS trigger
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
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
$$;

-- SECURITY DEFINER: pelo mesmo motivo, no outro sentido.
CREATE FUNCTION checkin.copy_review_to_note() RETURNS trigger
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
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
$$;
COMMENT ON FUNCTION checkin.copy_note_to_review() IS
'Trigger: leva checkins.professional_notes para a avaliação que tem o id do check-in.';
COMMENT ON FUNCTION checkin.copy_review_to_note() IS
'Trigger: leva a avaliação que tem o id do check-in para checkins.professional_notes.';

CREATE TRIGGER checkins_copy_new_note
AFTER INSERT ON checkin.checkins
FOR EACH ROW
WHEN (NEW.professional_notes IS NOT NULL)
EXECUTE FUNCTION checkin.copy_note_to_review();

CREATE TRIGGER checkins_copy_changed_note
AFTER UPDATE OF professional_notes ON checkin.checkins
FOR EACH ROW
WHEN (OLD.professional_notes IS DISTINCT FROM NEW.professional_notes)
EXECUTE FUNCTION checkin.copy_note_to_review();

CREATE TRIGGER reviews_copy_to_note
AFTER INSERT OR UPDATE OF notes, deleted_at ON checkin.reviews
FOR EACH ROW
WHEN (NEW.id = NEW.checkin_id)
EXECUTE FUNCTION checkin.copy_review_to_note();

CREATE FUNCTION checkin.backfill_reviews(after jsonb, batch_size integer)
RETURNS TABLE (
    next_cursor jsonb,
    rows_done bigint
)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
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
$$;
COMMENT ON FUNCTION checkin.backfill_reviews(jsonb, integer) IS
'Um lote do backfill das notas antigas, pela chave (id, submitted_at); chamado por ops.run_backfill.';

INSERT INTO ops.backfill_jobs (job_name, description, batch_function)
VALUES (
    'checkin-reviews-from-notes',
    'Copia checkins.professional_notes para checkin.reviews.',
    'checkin.backfill_reviews'
);
