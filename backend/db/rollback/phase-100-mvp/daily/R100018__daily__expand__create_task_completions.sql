-- Desfaz V100018: remove as conclusões.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

DROP TABLE daily.task_completions;
