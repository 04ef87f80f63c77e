-- Desfaz V200001: os modelos do consultório e a biblioteca deixam de existir, com o que continham.
SET LOCAL lock_timeout = '5s';

DROP TABLE protocol.template_modules;
DROP TABLE protocol.protocol_templates;
DROP TABLE protocol.library_modules;
DROP TABLE protocol.library_templates;
