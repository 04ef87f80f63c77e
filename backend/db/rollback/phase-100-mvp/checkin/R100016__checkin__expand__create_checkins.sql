-- Desfaz V100016: remove os check-ins e o registro da manutenção.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

DELETE FROM ops.partitioned_tables
WHERE table_name = 'checkin.checkins';
DROP TABLE checkin.checkins;
