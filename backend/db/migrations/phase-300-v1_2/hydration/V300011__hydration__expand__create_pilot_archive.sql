-- O que faz: prepara, fora da tabela-mãe, a partição do histórico do piloto de 2023. A importação a preenche com
-- calma; a V300012 a anexa depois, sem ler uma linha: o CHECK diz o mesmo que o limite da partição, e índices e chave
-- estrangeira já são os da tabela-mãe.
-- Por que é seguro: só uma tabela nova, que ninguém mais usa.
-- O rollback remove a tabela, com o que a importação tenha trazido.
SET LOCAL lock_timeout = '5s';

CREATE TABLE hydration.water_intake_logs_2023 (
    LIKE hydration.water_intake_logs INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE,
    CONSTRAINT water_intake_logs_2023_pkey PRIMARY KEY (id, logged_at),
    CONSTRAINT water_intake_logs_patient_id_fkey FOREIGN KEY (professional_id, patient_id)
    REFERENCES core.patients (professional_id, id),
    CONSTRAINT water_intake_logs_2023_logged_at_check
    CHECK (logged_at >= '2023-01-01 00:00:00+00' AND logged_at < '2024-01-01 00:00:00+00')
);
CREATE INDEX water_intake_logs_2023_patient_id_idx
ON hydration.water_intake_logs_2023 (patient_id, professional_id, logged_at);
CREATE INDEX water_intake_logs_2023_professional_id_idx
ON hydration.water_intake_logs_2023 (professional_id, logged_at);

-- Enquanto está solta, só a manutenção a alcança: RLS forçado, a policy do dono e nenhum privilégio para a aplicação.
SELECT ops.secure_partition('hydration.water_intake_logs', 'hydration.water_intake_logs_2023');

COMMENT ON TABLE hydration.water_intake_logs_2023 IS 'Histórico do piloto de 2023, um ano em uma partição.';
