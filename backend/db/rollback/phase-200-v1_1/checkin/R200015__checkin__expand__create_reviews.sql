-- Desfaz V200015: as avaliações deixam de existir (a coluna antiga, em checkin.checkins, nunca saiu).
SET LOCAL lock_timeout = '5s';

DROP TABLE checkin.reviews;
DROP TYPE checkin.review_origin;
