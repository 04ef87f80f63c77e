-- Desfaz V000003: remove as funções de contexto da sessão.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

DROP FUNCTION app.maintenance_enabled();
DROP FUNCTION app.current_patient_user_id();
DROP FUNCTION app.current_user_id();
DROP FUNCTION app.current_professional_id();
