-- Desfaz V200032: o painel sai; analytics.mv_patient_overview, que ele substituía, nunca deixou de existir.
SET LOCAL lock_timeout = '5s';

DELETE FROM ops.matviews
WHERE view_name = 'analytics.mv_patient_dashboard';

DROP VIEW analytics.practice_dashboard;
DROP VIEW analytics.patient_dashboard;
DROP MATERIALIZED VIEW analytics.mv_patient_dashboard;
