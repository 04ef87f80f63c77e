CREATE TYPE checkin.review_origin AS ENUM (
    'professional',
    'note_sync',
    'note_backfill'
);

ALTER TYPE checkin.review_origin OWNER TO korevitta_owner;

COMMENT ON TYPE checkin.review_origin IS 'Origem de uma avaliação: escrita na 1.1, copiada da nota ao gravar ou copiada pelo backfill.';
