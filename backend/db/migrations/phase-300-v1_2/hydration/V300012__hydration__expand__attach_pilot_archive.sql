-- O que faz: anexa o histórico do piloto de 2023 a hydration.water_intake_logs.
-- Por que é seguro: o CHECK da V300011 prova que as linhas cabem no limite e o da partição default (V200005) prova
-- que ela não tem linhas de 2023: nenhuma das duas é lida. A tabela-mãe segue lida e gravada; a default fica
-- exclusiva por um instante.
-- O rollback solta a partição, que fica com as suas linhas.
-- harness: allow sqlfluff:PRS -- a gramática do sqlfluff não aceita o schema no nome da partição; a do PostgreSQL, sim
SET LOCAL lock_timeout = '5s';

ALTER TABLE hydration.water_intake_logs
ATTACH PARTITION hydration.water_intake_logs_2023
FOR VALUES FROM ('2023-01-01 00:00:00+00') TO ('2024-01-01 00:00:00+00');
