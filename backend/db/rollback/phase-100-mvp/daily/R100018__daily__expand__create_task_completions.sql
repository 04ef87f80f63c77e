-- Desfaz V100018: remove as conclusões.
SET LOCAL lock_timeout = '5s';

DROP TABLE daily.task_completions;
