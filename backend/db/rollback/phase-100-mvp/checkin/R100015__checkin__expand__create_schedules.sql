-- Desfaz V100015: remove as agendas.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

DROP TABLE checkin.schedules;
DROP TYPE checkin.cadence;
