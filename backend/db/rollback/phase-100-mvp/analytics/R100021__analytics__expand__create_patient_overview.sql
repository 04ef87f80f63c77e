-- Desfaz V100021: remove as views, a matview e o registro da atualização.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

DELETE FROM ops.matviews
WHERE view_name = 'analytics.mv_patient_overview';
DROP VIEW analytics.practice_overview;
DROP VIEW analytics.patient_overview;
DROP MATERIALIZED VIEW analytics.mv_patient_overview;
