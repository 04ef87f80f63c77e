-- O que faz: a trilha de auditoria (LGPD): quem fez o quê, em que linha e quando. Guarda os nomes das colunas que
-- mudaram, nunca os valores: dado de saúde não é copiado para um lugar de onde não se apaga. Particionada por mês
-- (UTC); ninguém altera nem apaga linhas: a aplicação não tem privilégio e um gatilho recusa o resto. Sem chaves
-- estrangeiras: o registro sobrevive ao que registra.
-- Por que é seguro: só objetos novos; as tabelas auditadas recebem seus gatilhos nas migrations de cada domínio.
-- O rollback remove a trilha com o que ela registrou, e a linha do registro de partições.
SET LOCAL lock_timeout = '5s';

CREATE TYPE audit.action AS ENUM ('insert', 'update', 'delete', 'read');

CREATE TABLE audit.log (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    occurred_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    professional_id uuid NOT NULL,
    patient_id uuid,
    actor_user_id uuid,
    actor_kind app.actor_kind NOT NULL,
    database_role text NOT NULL,
    action audit.action NOT NULL,
    table_name text NOT NULL,
    row_id uuid,
    changed_columns text[],
    reason text,
    CONSTRAINT log_pkey PRIMARY KEY (id, occurred_at),
    CONSTRAINT log_occurred_at_check CHECK (isfinite(occurred_at)),
    CONSTRAINT log_reason_check CHECK (char_length(reason) BETWEEN 1 AND 1000)
) PARTITION BY RANGE (occurred_at);
CREATE INDEX log_professional_id_idx ON audit.log (professional_id, occurred_at);
CREATE INDEX log_patient_id_idx ON audit.log (patient_id, occurred_at);
CREATE INDEX log_row_id_idx ON audit.log (row_id, occurred_at);

CREATE TABLE audit.log_2026_01 PARTITION OF audit.log
FOR VALUES FROM ('2026-01-01 00:00:00+00') TO ('2026-02-01 00:00:00+00');
CREATE TABLE audit.log_2026_02 PARTITION OF audit.log
FOR VALUES FROM ('2026-02-01 00:00:00+00') TO ('2026-03-01 00:00:00+00');
CREATE TABLE audit.log_2026_03 PARTITION OF audit.log
FOR VALUES FROM ('2026-03-01 00:00:00+00') TO ('2026-04-01 00:00:00+00');
CREATE TABLE audit.log_2026_04 PARTITION OF audit.log
FOR VALUES FROM ('2026-04-01 00:00:00+00') TO ('2026-05-01 00:00:00+00');
CREATE TABLE audit.log_2026_05 PARTITION OF audit.log
FOR VALUES FROM ('2026-05-01 00:00:00+00') TO ('2026-06-01 00:00:00+00');
CREATE TABLE audit.log_2026_06 PARTITION OF audit.log
FOR VALUES FROM ('2026-06-01 00:00:00+00') TO ('2026-07-01 00:00:00+00');
CREATE TABLE audit.log_2026_07 PARTITION OF audit.log
FOR VALUES FROM ('2026-07-01 00:00:00+00') TO ('2026-08-01 00:00:00+00');
CREATE TABLE audit.log_2026_08 PARTITION OF audit.log
FOR VALUES FROM ('2026-08-01 00:00:00+00') TO ('2026-09-01 00:00:00+00');
CREATE TABLE audit.log_2026_09 PARTITION OF audit.log
FOR VALUES FROM ('2026-09-01 00:00:00+00') TO ('2026-10-01 00:00:00+00');
CREATE TABLE audit.log_2026_10 PARTITION OF audit.log
FOR VALUES FROM ('2026-10-01 00:00:00+00') TO ('2026-11-01 00:00:00+00');
CREATE TABLE audit.log_2026_11 PARTITION OF audit.log
FOR VALUES FROM ('2026-11-01 00:00:00+00') TO ('2026-12-01 00:00:00+00');
CREATE TABLE audit.log_2026_12 PARTITION OF audit.log
FOR VALUES FROM ('2026-12-01 00:00:00+00') TO ('2027-01-01 00:00:00+00');
CREATE TABLE audit.log_default PARTITION OF audit.log DEFAULT;

CREATE FUNCTION audit.refuse_change() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- ops.ensure_partitions tira linhas da partição default para o mês delas: só o dono, só em manutenção.
    IF TG_OP = 'DELETE' AND app.maintenance_enabled() AND pg_has_role('korevitta_owner', 'MEMBER') THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'audit.log só aceita inclusões (% recusado)', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END;
$$;

CREATE TRIGGER log_refuse_change
BEFORE UPDATE OR DELETE ON audit.log
FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();

CREATE TRIGGER log_refuse_truncate
BEFORE TRUNCATE ON audit.log
FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

-- SECURITY DEFINER: quem age não pode gravar na trilha (nem inventar uma linha, nem deixar de gravá-la); só este
-- gatilho e a função audit.record_read gravam.
CREATE FUNCTION audit.capture() RETURNS trigger
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    outer_maintenance text := coalesce(current_setting('app.maintenance', TRUE), '');
    old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    this_row jsonb := coalesce(new_row, old_row);
    changed text[];
BEGIN
    -- ops.ensure_partitions leva linhas da partição default para o mês delas: ninguém as apagou. Só o dono o faz.
    IF
        TG_OP = 'DELETE'
        AND app.maintenance_enabled()
        AND pg_has_role(session_user, 'korevitta_owner', 'MEMBER')
        AND EXISTS (SELECT 1 FROM pg_partitioned_table AS t WHERE t.partdefid = TG_RELID)
    THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        SELECT array_agg(n.key ORDER BY n.key) INTO changed
        FROM jsonb_each(new_row) AS n
        WHERE n.key <> 'updated_at' AND n.value IS DISTINCT FROM old_row -> n.key;
        IF changed IS NULL THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM set_config('app.maintenance', 'on', TRUE);
    INSERT INTO audit.log (
        professional_id,
        patient_id,
        actor_user_id,
        actor_kind,
        database_role,
        action,
        table_name,
        row_id,
        changed_columns
    )
    VALUES (
        (this_row ->> 'professional_id')::uuid,
        -- O argumento do gatilho diz que coluna identifica o paciente (em core.patients, a própria chave).
        (this_row ->> TG_ARGV[0])::uuid,
        app.current_user_id(),
        CASE
            WHEN app.current_professional_id() IS NOT NULL THEN 'professional'
            WHEN app.current_user_id() IS NOT NULL THEN 'patient'
            ELSE 'system'
        END::app.actor_kind,
        session_user,
        lower(TG_OP)::audit.action,
        TG_TABLE_SCHEMA || '.' || coalesce(
            (
                SELECT parent.relname::text
                FROM pg_partition_root(TG_RELID) AS root
                INNER JOIN pg_class AS parent ON parent.oid = root
            ),
            TG_TABLE_NAME::text
        ),
        (this_row ->> 'id')::uuid,
        changed
    );
    PERFORM set_config('app.maintenance', outer_maintenance, TRUE);
    RETURN NULL;
END;
$$;
COMMENT ON FUNCTION audit.capture() IS
'Gatilho AFTER das tabelas auditadas; o argumento é a coluna que identifica o paciente.';

-- SECURITY DEFINER: a aplicação registra uma leitura sem poder gravar na trilha; o consultório e a pessoa são os da
-- sessão, não argumentos, e sem consultório na sessão nada é registrado em nome de ninguém.
CREATE FUNCTION audit.record_read(
    target_table text,
    target_row_id uuid,
    target_patient_id uuid,
    read_reason text DEFAULT NULL
)
RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    outer_maintenance text := coalesce(current_setting('app.maintenance', TRUE), '');
BEGIN
    IF app.current_professional_id() IS NULL THEN
        RAISE EXCEPTION 'registrar uma leitura exige um consultório na sessão'
            USING ERRCODE = 'insufficient_privilege',
            HINT = 'Defina app.current_professional_id e app.current_user_id antes de ler o dado.';
    END IF;
    PERFORM set_config('app.maintenance', 'on', TRUE);
    INSERT INTO audit.log (
        professional_id,
        patient_id,
        actor_user_id,
        actor_kind,
        database_role,
        action,
        table_name,
        row_id,
        reason
    )
    VALUES (
        app.current_professional_id(),
        target_patient_id,
        app.current_user_id(),
        'professional',
        session_user,
        'read',
        target_table,
        target_row_id,
        read_reason
    );
    PERFORM set_config('app.maintenance', outer_maintenance, TRUE);
END;
$$;
COMMENT ON FUNCTION audit.record_read(text, uuid, uuid, text) IS
'Registra que um profissional abriu um dado sensível (laudo, foto); chamado pela API ao exibi-lo.';
GRANT EXECUTE ON FUNCTION audit.record_read(text, uuid, uuid, text) TO korevitta_app;

ALTER TABLE audit.log ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.log FORCE ROW LEVEL SECURITY;
CREATE POLICY log_maintenance ON audit.log
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY log_professional_select ON audit.log
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY log_patient_select ON audit.log
FOR SELECT TO korevitta_app
USING (patient_id = ANY((SELECT core.current_patient_ids())::uuid[]));
GRANT SELECT ON audit.log TO korevitta_app;
SELECT ops.secure_partitions('audit.log');

INSERT INTO ops.partitioned_tables (table_name, partition_column, months_ahead, retention_months)
VALUES ('audit.log', 'occurred_at', 3, 60);

COMMENT ON TYPE audit.action IS 'O que foi feito com a linha: incluir, alterar, apagar ou abrir para ler.';
COMMENT ON FUNCTION audit.refuse_change() IS
'Trigger: recusa alterar, apagar e truncar a trilha; a exceção é a manutenção de partições, feita pelo dono.';
COMMENT ON TABLE audit.log IS 'Trilha de auditoria, só de inclusão; partições mensais, guardadas por cinco anos.';
COMMENT ON COLUMN audit.log.occurred_at IS
'Instante da ação: vale por created_at; updated_at não existe porque nada muda.';
COMMENT ON COLUMN audit.log.changed_columns IS 'Colunas que uma alteração mudou, sem os valores.';
