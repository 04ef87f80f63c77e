-- Desfaz V200010: as colunas saem, e com elas as chaves estrangeiras.
SET LOCAL lock_timeout = '5s';

ALTER TABLE protocol.protocols
DROP COLUMN goal_id,
DROP COLUMN template_id;
