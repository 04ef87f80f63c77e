-- Desfaz V100014: remove formulários e modelos.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

DROP TABLE checkin.forms;
DROP TABLE checkin.form_templates;
