-- O que faz: registros de água: a maior tabela do produto, particionada por mês (UTC) de logged_at. Só o necessário
-- por linha: sem exclusão lógica (o paciente apaga o que anotou errado) e dois índices além da chave.
-- Por que é seguro: só tabelas novas e uma linha no registro de partições. O rollback remove tudo, a linha do
-- registro inclusive.
SET LOCAL lock_timeout = '5s';

CREATE TYPE hydration.intake_source AS ENUM ('manual', 'reminder', 'device');

CREATE TABLE hydration.water_intake_logs (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    logged_at timestamptz NOT NULL DEFAULT now(),
    volume_ml integer NOT NULL,
    source hydration.intake_source NOT NULL DEFAULT 'manual',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT water_intake_logs_pkey PRIMARY KEY (id, logged_at),
    CONSTRAINT water_intake_logs_patient_id_fkey FOREIGN KEY (professional_id, patient_id)
    REFERENCES core.patients (professional_id, id),
    CONSTRAINT water_intake_logs_logged_at_check CHECK (isfinite(logged_at)),
    CONSTRAINT water_intake_logs_volume_ml_check CHECK (volume_ml BETWEEN 1 AND 5000)
) PARTITION BY RANGE (logged_at);
CREATE INDEX water_intake_logs_patient_id_idx
ON hydration.water_intake_logs (patient_id, professional_id, logged_at);
CREATE INDEX water_intake_logs_professional_id_idx
ON hydration.water_intake_logs (professional_id, logged_at);

CREATE TABLE hydration.water_intake_logs_2026_01 PARTITION OF hydration.water_intake_logs
FOR VALUES FROM ('2026-01-01 00:00:00+00') TO ('2026-02-01 00:00:00+00');
CREATE TABLE hydration.water_intake_logs_2026_02 PARTITION OF hydration.water_intake_logs
FOR VALUES FROM ('2026-02-01 00:00:00+00') TO ('2026-03-01 00:00:00+00');
CREATE TABLE hydration.water_intake_logs_2026_03 PARTITION OF hydration.water_intake_logs
FOR VALUES FROM ('2026-03-01 00:00:00+00') TO ('2026-04-01 00:00:00+00');
CREATE TABLE hydration.water_intake_logs_2026_04 PARTITION OF hydration.water_intake_logs
FOR VALUES FROM ('2026-04-01 00:00:00+00') TO ('2026-05-01 00:00:00+00');
CREATE TABLE hydration.water_intake_logs_2026_05 PARTITION OF hydration.water_intake_logs
FOR VALUES FROM ('2026-05-01 00:00:00+00') TO ('2026-06-01 00:00:00+00');
CREATE TABLE hydration.water_intake_logs_2026_06 PARTITION OF hydration.water_intake_logs
FOR VALUES FROM ('2026-06-01 00:00:00+00') TO ('2026-07-01 00:00:00+00');
CREATE TABLE hydration.water_intake_logs_2026_07 PARTITION OF hydration.water_intake_logs
FOR VALUES FROM ('2026-07-01 00:00:00+00') TO ('2026-08-01 00:00:00+00');
CREATE TABLE hydration.water_intake_logs_2026_08 PARTITION OF hydration.water_intake_logs
FOR VALUES FROM ('2026-08-01 00:00:00+00') TO ('2026-09-01 00:00:00+00');
CREATE TABLE hydration.water_intake_logs_2026_09 PARTITION OF hydration.water_intake_logs
FOR VALUES FROM ('2026-09-01 00:00:00+00') TO ('2026-10-01 00:00:00+00');
CREATE TABLE hydration.water_intake_logs_2026_10 PARTITION OF hydration.water_intake_logs
FOR VALUES FROM ('2026-10-01 00:00:00+00') TO ('2026-11-01 00:00:00+00');
CREATE TABLE hydration.water_intake_logs_2026_11 PARTITION OF hydration.water_intake_logs
FOR VALUES FROM ('2026-11-01 00:00:00+00') TO ('2026-12-01 00:00:00+00');
CREATE TABLE hydration.water_intake_logs_2026_12 PARTITION OF hydration.water_intake_logs
FOR VALUES FROM ('2026-12-01 00:00:00+00') TO ('2027-01-01 00:00:00+00');
-- O histórico do piloto de 2023 será importado e anexado na 1.2. O ano fica reservado desde já: com este CHECK, anexar
-- não precisará ler a default para provar que ela não tem linhas dele.
CREATE TABLE hydration.water_intake_logs_default PARTITION OF hydration.water_intake_logs (
    CONSTRAINT water_intake_logs_default_pilot_check
    CHECK (logged_at < '2023-01-01 00:00:00+00' OR logged_at >= '2024-01-01 00:00:00+00')
) DEFAULT;

CREATE TRIGGER water_intake_logs_touch_updated_at
BEFORE UPDATE ON hydration.water_intake_logs
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE hydration.water_intake_logs ENABLE ROW LEVEL SECURITY;
ALTER TABLE hydration.water_intake_logs FORCE ROW LEVEL SECURITY;
CREATE POLICY water_intake_logs_maintenance ON hydration.water_intake_logs
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY water_intake_logs_professional_select ON hydration.water_intake_logs
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY water_intake_logs_patient_select ON hydration.water_intake_logs
FOR SELECT TO korevitta_app
USING (patient_id = ANY((SELECT core.current_patient_ids())::uuid[]));
CREATE POLICY water_intake_logs_patient_insert ON hydration.water_intake_logs
FOR INSERT TO korevitta_app
WITH CHECK (patient_id = ANY((SELECT core.current_patient_ids())::uuid[]));
CREATE POLICY water_intake_logs_patient_update ON hydration.water_intake_logs
FOR UPDATE TO korevitta_app
USING (patient_id = ANY((SELECT core.current_patient_ids())::uuid[]))
WITH CHECK (patient_id = ANY((SELECT core.current_patient_ids())::uuid[]));
CREATE POLICY water_intake_logs_patient_delete ON hydration.water_intake_logs
FOR DELETE TO korevitta_app
USING (patient_id = ANY((SELECT core.current_patient_ids())::uuid[]));
GRANT SELECT, INSERT, UPDATE, DELETE ON hydration.water_intake_logs TO korevitta_app;
SELECT ops.secure_partitions('hydration.water_intake_logs');

INSERT INTO ops.partitioned_tables (table_name, partition_column, months_ahead)
VALUES ('hydration.water_intake_logs', 'logged_at', 3);

COMMENT ON TYPE hydration.intake_source IS
'Como o registro foi feito: à mão, a partir de um lembrete ou por um aparelho.';
COMMENT ON TABLE hydration.water_intake_logs IS
'Água que o paciente bebeu, um registro por vez; partições mensais mantidas por ops.ensure_partitions.';
