-- Desfaz V100017: remove as tarefas.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

DROP TABLE daily.tasks;
DROP TYPE daily.task_kind;
