-- Desfaz V300004: a matview e as duas views deixam de existir; tudo o que elas diziam está nas tabelas.
SET LOCAL lock_timeout = '5s';

DELETE FROM ops.matviews
WHERE view_name = 'analytics.mv_protocol_effectiveness';

DROP VIEW analytics.template_effectiveness;
DROP VIEW analytics.protocol_effectiveness;
DROP MATERIALIZED VIEW analytics.mv_protocol_effectiveness;
