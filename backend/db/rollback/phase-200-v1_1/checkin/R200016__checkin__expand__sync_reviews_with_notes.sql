-- Desfaz V200016: fim da gravação dupla; o registro do backfill sai e o que já foi copiado fica.
SET LOCAL lock_timeout = '5s';

DELETE FROM ops.backfill_jobs
WHERE job_name = 'checkin-reviews-from-notes';

DROP FUNCTION checkin.backfill_reviews(jsonb, integer);
DROP TRIGGER reviews_copy_to_note ON checkin.reviews;
DROP TRIGGER checkins_copy_changed_note ON checkin.checkins;
DROP TRIGGER checkins_copy_new_note ON checkin.checkins;
DROP FUNCTION checkin.copy_review_to_note();
DROP FUNCTION checkin.copy_note_to_review();
