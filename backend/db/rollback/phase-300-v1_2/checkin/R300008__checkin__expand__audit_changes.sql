-- Desfaz V300008: as tabelas deixam de ser auditadas.
SET LOCAL lock_timeout = '5s';

DROP TRIGGER reviews_audit ON checkin.reviews;
DROP TRIGGER checkins_audit ON checkin.checkins;
