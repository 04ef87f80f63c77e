-- O que faz: cria as mensagens, particionadas por mês (UTC), a contagem de não lidas e a manutenção de partições.
-- Por que é seguro: só cria objetos novos; os meses são fixos e a default recebe o que vier antes da manutenção.
-- O rollback remove a tabela com todas as partições, a função e o registro em ops.partitioned_tables.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE TABLE communication.messages (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    thread_id uuid NOT NULL,
    sent_at timestamptz NOT NULL DEFAULT now(),
    sender_kind app.actor_kind NOT NULL,
    sender_user_id uuid,
    body text NOT NULL,
    attachments jsonb NOT NULL DEFAULT '[]',
    read_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT messages_pkey PRIMARY KEY (id, sent_at),
    CONSTRAINT messages_thread_id_fkey FOREIGN KEY (professional_id, patient_id, thread_id)
    REFERENCES communication.threads (professional_id, patient_id, id),
    CONSTRAINT messages_sender_user_id_fkey FOREIGN KEY (sender_user_id) REFERENCES identity.users (id),
    CONSTRAINT messages_sent_at_check CHECK (isfinite(sent_at)),
    CONSTRAINT messages_sender_check CHECK (sender_kind = 'system' OR sender_user_id IS NOT NULL),
    CONSTRAINT messages_body_check CHECK (char_length(body) BETWEEN 1 AND 8000),
    CONSTRAINT messages_attachments_check CHECK (jsonb_typeof(attachments) = 'array'),
    CONSTRAINT messages_read_at_check CHECK (read_at >= sent_at)
) PARTITION BY RANGE (sent_at);
COMMENT ON TABLE communication.messages IS 'Mensagens das conversas, particionadas por mês (UTC).';
COMMENT ON COLUMN communication.messages.attachments IS 'Anexos: lista de {"name", "url", "media_type"}.';

CREATE TABLE communication.messages_2026_01 PARTITION OF communication.messages
FOR VALUES FROM ('2026-01-01 00:00:00+00') TO ('2026-02-01 00:00:00+00');
CREATE TABLE communication.messages_2026_02 PARTITION OF communication.messages
FOR VALUES FROM ('2026-02-01 00:00:00+00') TO ('2026-03-01 00:00:00+00');
CREATE TABLE communication.messages_2026_03 PARTITION OF communication.messages
FOR VALUES FROM ('2026-03-01 00:00:00+00') TO ('2026-04-01 00:00:00+00');
CREATE TABLE communication.messages_2026_04 PARTITION OF communication.messages
FOR VALUES FROM ('2026-04-01 00:00:00+00') TO ('2026-05-01 00:00:00+00');
CREATE TABLE communication.messages_2026_05 PARTITION OF communication.messages
FOR VALUES FROM ('2026-05-01 00:00:00+00') TO ('2026-06-01 00:00:00+00');
CREATE TABLE communication.messages_2026_06 PARTITION OF communication.messages
FOR VALUES FROM ('2026-06-01 00:00:00+00') TO ('2026-07-01 00:00:00+00');
CREATE TABLE communication.messages_2026_07 PARTITION OF communication.messages
FOR VALUES FROM ('2026-07-01 00:00:00+00') TO ('2026-08-01 00:00:00+00');
CREATE TABLE communication.messages_2026_08 PARTITION OF communication.messages
FOR VALUES FROM ('2026-08-01 00:00:00+00') TO ('2026-09-01 00:00:00+00');
CREATE TABLE communication.messages_2026_09 PARTITION OF communication.messages
FOR VALUES FROM ('2026-09-01 00:00:00+00') TO ('2026-10-01 00:00:00+00');
CREATE TABLE communication.messages_2026_10 PARTITION OF communication.messages
FOR VALUES FROM ('2026-10-01 00:00:00+00') TO ('2026-11-01 00:00:00+00');
CREATE TABLE communication.messages_2026_11 PARTITION OF communication.messages
FOR VALUES FROM ('2026-11-01 00:00:00+00') TO ('2026-12-01 00:00:00+00');
CREATE TABLE communication.messages_2026_12 PARTITION OF communication.messages
FOR VALUES FROM ('2026-12-01 00:00:00+00') TO ('2027-01-01 00:00:00+00');
CREATE TABLE communication.messages_default PARTITION OF communication.messages DEFAULT;

CREATE INDEX messages_thread_id_idx ON communication.messages (thread_id, professional_id, patient_id, sent_at);
CREATE INDEX messages_professional_id_idx ON communication.messages (professional_id, sent_at);
CREATE INDEX messages_patient_id_idx ON communication.messages (patient_id, sent_at);
CREATE INDEX messages_sender_user_id_idx ON communication.messages (sender_user_id);

CREATE TRIGGER messages_touch_updated_at
BEFORE UPDATE ON communication.messages
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE communication.messages ENABLE ROW LEVEL SECURITY;
ALTER TABLE communication.messages FORCE ROW LEVEL SECURITY;

CREATE POLICY messages_maintenance ON communication.messages
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY messages_mvp_professional_select ON communication.messages
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY messages_mvp_professional_insert ON communication.messages
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY messages_mvp_professional_update ON communication.messages
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY messages_mvp_patient_select ON communication.messages
FOR SELECT TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
CREATE POLICY messages_mvp_patient_update ON communication.messages
FOR UPDATE TO korevitta_app
USING (patient_id = any((SELECT core.current_patient_ids())::uuid[]))
WITH CHECK (patient_id = any((SELECT core.current_patient_ids())::uuid[]));
-- O paciente só escreve como ele mesmo.
CREATE POLICY messages_mvp_patient_insert ON communication.messages
FOR INSERT TO korevitta_app
WITH CHECK (
    patient_id = any((SELECT core.current_patient_ids())::uuid[])
    AND sender_kind = 'patient'
    AND sender_user_id = (SELECT app.current_patient_user_id())
);

GRANT SELECT, INSERT, UPDATE ON TABLE communication.messages TO korevitta_app;

CREATE FUNCTION communication.count_message()
RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE communication.threads AS t
    SET
        last_message_at = greatest(t.last_message_at, NEW.sent_at),
        professional_unread_count
        = t.professional_unread_count + CASE WHEN NEW.sender_kind = 'professional' THEN 0 ELSE 1 END,
        patient_unread_count
        = t.patient_unread_count + CASE WHEN NEW.sender_kind = 'patient' THEN 0 ELSE 1 END
    WHERE t.id = NEW.thread_id;
    RETURN NULL;
END;
$$;
COMMENT ON FUNCTION communication.count_message() IS
'Soma a mensagem nas não lidas de quem não a escreveu; a do sistema conta para os dois.';

CREATE TRIGGER messages_count_message
AFTER INSERT ON communication.messages
FOR EACH ROW EXECUTE FUNCTION communication.count_message();

SELECT ops.secure_partitions('communication.messages');

-- As conversas fazem parte do prontuário: mesma guarda dos check-ins, sem retenção por mês.
INSERT INTO ops.partitioned_tables (table_name, partition_column)
VALUES ('communication.messages', 'sent_at');
