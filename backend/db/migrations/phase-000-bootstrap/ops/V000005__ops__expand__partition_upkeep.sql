-- O que faz: cria o registro das tabelas particionadas por mês e a manutenção delas: meses à frente, linhas que
-- caíram na partição default, retenção e o estado para o monitoramento.
-- Por que é seguro: só cria objetos novos em ops. Os bloqueios das rotinas estão descritos em cada uma.
-- O rollback remove o registro e as rotinas; as partições já criadas ficam com suas tabelas.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE TABLE ops.partitioned_tables (
    table_name text NOT NULL,
    partition_column text NOT NULL,
    months_ahead integer NOT NULL DEFAULT 3,
    retention_months integer,
    last_ensured_at timestamptz,
    last_error text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT partitioned_tables_pkey PRIMARY KEY (table_name),
    CONSTRAINT partitioned_tables_table_name_check CHECK (table_name ~ '^[a-z_]+\.[a-z_]+$'),
    CONSTRAINT partitioned_tables_months_ahead_check CHECK (months_ahead BETWEEN 1 AND 24),
    CONSTRAINT partitioned_tables_retention_months_check CHECK (retention_months >= 1)
);
COMMENT ON TABLE ops.partitioned_tables IS
'Tabelas particionadas por mês (UTC) sob manutenção. A migration que cria a tabela a registra aqui.';
COMMENT ON COLUMN ops.partitioned_tables.table_name IS 'Nome completo: schema.tabela.';
COMMENT ON COLUMN ops.partitioned_tables.partition_column IS 'Coluna timestamptz da chave de partição.';
COMMENT ON COLUMN ops.partitioned_tables.months_ahead IS 'Quantos meses além do atual precisam existir.';
COMMENT ON COLUMN ops.partitioned_tables.retention_months IS 'Meses completos guardados; NULL guarda para sempre.';

CREATE TRIGGER partitioned_tables_touch_updated_at
BEFORE UPDATE ON ops.partitioned_tables
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

CREATE VIEW ops.partitions WITH (security_invoker = TRUE) AS
WITH children AS (
    SELECT
        parent_schema.nspname || '.' || parent.relname AS parent_name,
        child_schema.nspname || '.' || child.relname AS partition_name,
        pg_get_expr(child.relpartbound, child.oid) AS bound_text
    FROM pg_catalog.pg_inherits AS i
    INNER JOIN pg_catalog.pg_class AS parent ON i.inhparent = parent.oid
    INNER JOIN pg_catalog.pg_namespace AS parent_schema ON parent.relnamespace = parent_schema.oid
    INNER JOIN pg_catalog.pg_class AS child ON i.inhrelid = child.oid
    INNER JOIN pg_catalog.pg_namespace AS child_schema ON child.relnamespace = child_schema.oid
    WHERE parent.relkind = 'p'
)

SELECT
    t.table_name,
    c.partition_name,
    c.bound_text = 'DEFAULT' AS is_default,
    coalesce(substring(c.bound_text FROM 'FROM \(''([^'']+)''')::timestamptz, '-infinity') AS lower_bound,
    coalesce(substring(c.bound_text FROM 'TO \(''([^'']+)''')::timestamptz, 'infinity') AS upper_bound
FROM ops.partitioned_tables AS t
INNER JOIN children AS c ON t.table_name = c.parent_name;
COMMENT ON VIEW ops.partitions IS
'Partições das tabelas registradas, com os limites lidos do catálogo: [lower_bound, upper_bound).';

CREATE FUNCTION ops.secure_partition(parent regclass, partition regclass)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    policy record;
BEGIN
    IF NOT (SELECT c.relrowsecurity FROM pg_class AS c WHERE c.oid = parent) THEN
        RETURN;
    END IF;
    IF NOT (SELECT c.relrowsecurity AND c.relforcerowsecurity FROM pg_class AS c WHERE c.oid = partition) THEN
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', partition);
    END IF;
    -- Só as policies do dono (manutenção) são copiadas. As da aplicação vivem na tabela-mãe, por onde ela
    -- sempre entra; pelo nome da partição tudo o mais fica negado, e nenhuma release precisa mexer em cada mês.
    FOR policy IN
        SELECT
            p.polname,
            pg_get_expr(p.polqual, p.polrelid) AS using_expression,
            pg_get_expr(p.polwithcheck, p.polrelid) AS check_expression
        FROM pg_policy AS p
        INNER JOIN pg_class AS c ON c.oid = p.polrelid
        WHERE
            p.polrelid = parent
            AND p.polcmd = '*'
            AND p.polroles = ARRAY[c.relowner]
            AND NOT EXISTS (
                SELECT 1
                FROM pg_policy AS existing
                WHERE existing.polrelid = partition AND existing.polname = p.polname
            )
        ORDER BY p.polname
    LOOP
        EXECUTE format(
            'CREATE POLICY %I ON %s FOR ALL TO %I USING (%s) WITH CHECK (%s)',
            policy.polname,
            partition,
            (SELECT pg_get_userbyid(c.relowner) FROM pg_class AS c WHERE c.oid = parent),
            policy.using_expression,
            coalesce(policy.check_expression, policy.using_expression)
        );
    END LOOP;
END;
$$;
COMMENT ON FUNCTION ops.secure_partition(regclass, regclass) IS
'RLS ligado e forçado na partição, com a policy de manutenção da tabela-mãe. Não dá privilégio a ninguém.';

CREATE FUNCTION ops.secure_partitions(parent regclass)
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT ops.secure_partition(parent, i.inhrelid::regclass)
    FROM pg_inherits AS i
    WHERE i.inhparent = parent
    ORDER BY i.inhrelid::regclass::text;
$$;
COMMENT ON FUNCTION ops.secure_partitions(regclass) IS
'ops.secure_partition para todas as partições. As migrations a chamam ao criar uma tabela particionada.';

CREATE FUNCTION ops.ensure_table_partitions(target_table text, as_of timestamptz DEFAULT now())
RETURNS TABLE (partition_name text, rows_moved bigint)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
SET lock_timeout = '5s'
AS $$
DECLARE
    settings ops.partitioned_tables;
    parent regclass := target_table::regclass;
    default_partition regclass;
    columns text;
    stray_months timestamptz[] := '{}';
    missing_months timestamptz[];
    month timestamptz;
    new_partition text;
    foreign_key record;
    restore_commands text[] := '{}';
    command text;
    outer_maintenance text := coalesce(current_setting('app.maintenance', TRUE), '');
BEGIN
    SELECT t.* INTO settings FROM ops.partitioned_tables AS t WHERE t.table_name = target_table;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'table % is not registered in ops.partitioned_tables', target_table;
    END IF;
    SELECT nullif(p.partdefid, 0)::regclass INTO default_partition
    FROM pg_partitioned_table AS p
    WHERE p.partrelid = parent;
    SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) INTO columns
    FROM pg_attribute AS a
    WHERE a.attrelid = parent AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '';

    -- Sem isto o RLS forçado esconde as linhas também do dono. Vale até o fim da rotina (como atributo SET da função
    -- só um superusuário poderia declarar um parâmetro próprio).
    PERFORM set_config('app.maintenance', 'on', TRUE);

    -- Primeiro olha sem bloquear: na execução comum não falta nada e ninguém espera.
    FOR attempt IN 1..2 LOOP
        IF default_partition IS NOT NULL THEN
            EXECUTE format(
                'SELECT coalesce(array_agg(DISTINCT date_trunc(''month'', %1$I)), ''{}'')'
                ' FROM ONLY %2$s WHERE isfinite(%1$I)',
                settings.partition_column,
                default_partition
            ) INTO stray_months;
        END IF;
        SELECT coalesce(array_agg(needed.month_start ORDER BY needed.month_start), '{}') INTO missing_months
        FROM (
            SELECT date_trunc('month', as_of) + make_interval(months => ahead) AS month_start
            FROM generate_series(0, settings.months_ahead) AS ahead
            UNION
            SELECT unnest(stray_months)
        ) AS needed
        WHERE NOT EXISTS (
            SELECT 1
            FROM ops.partitions AS existing
            WHERE
                existing.table_name = target_table
                AND NOT existing.is_default
                AND existing.lower_bound <= needed.month_start
                AND needed.month_start < existing.upper_bound
        );
        IF cardinality(missing_months) = 0 THEN
            PERFORM set_config('app.maintenance', outer_maintenance, TRUE);
            RETURN;
        END IF;
        EXIT WHEN attempt = 2;
        -- Falta algo: as escritas esperam (as leituras não) e olha-se de novo, agora sem ninguém inserindo.
        -- Sem este bloqueio, um INSERT já roteado para a default falharia quando o mês dele fosse anexado.
        EXECUTE format('LOCK TABLE ONLY %s IN SHARE ROW EXCLUSIVE MODE', parent);
    END LOOP;

    -- Uma linha referenciada não sai da default com a chave estrangeira de pé: apagar e incluir são dois
    -- passos para o PostgreSQL. As chaves saem e voltam nesta transação, e voltar confere cada linha.
    IF cardinality(stray_months) > 0 THEN
        FOR foreign_key IN
            SELECT
                fk.conname,
                fk.conrelid::regclass AS referencing_table,
                pg_get_constraintdef(fk.oid) AS definition,
                obj_description(fk.oid, 'pg_constraint') AS description
            FROM pg_constraint AS fk
            WHERE fk.contype = 'f' AND fk.confrelid = parent AND fk.conparentid = 0
            ORDER BY fk.conrelid::regclass::text, fk.conname
        LOOP
            EXECUTE format(
                'ALTER TABLE %s DROP CONSTRAINT %I',
                foreign_key.referencing_table,
                foreign_key.conname
            );
            restore_commands := restore_commands || format(
                'ALTER TABLE %s ADD CONSTRAINT %I %s',
                foreign_key.referencing_table,
                foreign_key.conname,
                foreign_key.definition
            );
            IF foreign_key.description IS NOT NULL THEN
                restore_commands := restore_commands || format(
                    'COMMENT ON CONSTRAINT %I ON %s IS %L',
                    foreign_key.conname,
                    foreign_key.referencing_table,
                    foreign_key.description
                );
            END IF;
        END LOOP;
    END IF;

    FOREACH month IN ARRAY missing_months LOOP
        partition_name := target_table || to_char(month, '_YYYY_MM');
        new_partition := format('%I.%I', split_part(partition_name, '.', 1), split_part(partition_name, '.', 2));
        rows_moved := 0;
        -- Criada solta e anexada depois: CREATE TABLE … PARTITION OF pediria ACCESS EXCLUSIVE na tabela-mãe.
        EXECUTE format(
            'CREATE TABLE %s (LIKE %s INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING CONSTRAINTS'
            ' INCLUDING STORAGE INCLUDING COMPRESSION)',
            new_partition,
            parent
        );
        EXECUTE format(
            'ALTER TABLE %s OWNER TO %I',
            new_partition,
            (SELECT pg_get_userbyid(c.relowner) FROM pg_class AS c WHERE c.oid = parent)
        );
        IF month = ANY (stray_months) THEN
            -- Um só comando: a linha sai da default e entra na nova, ou nada acontece.
            EXECUTE format(
                'WITH moved AS (DELETE FROM ONLY %1$s WHERE %2$I >= $1 AND %2$I < $2 RETURNING %3$s)'
                ' INSERT INTO %4$s (%3$s) SELECT %3$s FROM moved',
                default_partition,
                settings.partition_column,
                columns,
                new_partition
            ) USING month, month + interval '1 month';
            GET DIAGNOSTICS rows_moved = ROW_COUNT;
        END IF;
        EXECUTE format(
            'ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM (%L) TO (%L)',
            parent,
            new_partition,
            month,
            month + interval '1 month'
        );
        PERFORM ops.secure_partition(parent, new_partition::regclass);
        RETURN NEXT;
    END LOOP;

    FOREACH command IN ARRAY restore_commands LOOP
        EXECUTE command;
    END LOOP;
    PERFORM set_config('app.maintenance', outer_maintenance, TRUE);
END;
$$;
COMMENT ON FUNCTION ops.ensure_table_partitions(text, timestamptz) IS
'Cria os meses que faltam em uma tabela e esvazia a default, em uma transação. Bloqueios, só quando falta algo: as '
'escritas da tabela esperam (SHARE ROW EXCLUSIVE) e a default fica exclusiva por instantes; desiste em 5 s.';

CREATE PROCEDURE ops.ensure_partitions(as_of timestamptz DEFAULT now())
LANGUAGE plpgsql
AS $$
DECLARE
    target text;
    failure text;
    failures text[] := '{}';
BEGIN
    PERFORM ops.job_started('ensure-partitions');
    COMMIT;
    FOR target IN SELECT t.table_name FROM ops.partitioned_tables AS t ORDER BY t.table_name LOOP
        failure := NULL;
        BEGIN
            PERFORM ops.ensure_table_partitions(target, as_of);
        EXCEPTION WHEN OTHERS THEN
            -- Uma tabela que não pôde ser bloqueada não impede as outras; a próxima execução tenta de novo.
            failure := SQLERRM;
            failures := failures || format('%s: %s', target, failure);
        END;
        UPDATE ops.partitioned_tables AS t
        SET
            last_ensured_at = CASE WHEN failure IS NULL THEN pg_catalog.clock_timestamp() ELSE t.last_ensured_at END,
            last_error = failure
        WHERE t.table_name = target;
        COMMIT;
    END LOOP;
    PERFORM ops.job_finished('ensure-partitions', nullif(array_to_string(failures, '; '), ''));
    COMMIT;
    IF cardinality(failures) > 0 THEN
        RAISE EXCEPTION 'partition upkeep failed: %', array_to_string(failures, '; ');
    END IF;
END;
$$;
COMMENT ON PROCEDURE ops.ensure_partitions IS
'ops.ensure_table_partitions para cada tabela registrada, com COMMIT entre elas: chame fora de transação.';

CREATE FUNCTION ops.drop_expired_table_partitions(target_table text, as_of timestamptz DEFAULT now())
RETURNS SETOF text
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
SET lock_timeout = '5s'
AS $$
DECLARE
    expired text;
BEGIN
    FOR expired IN
        SELECT p.partition_name
        FROM ops.partitions AS p
        INNER JOIN ops.partitioned_tables AS t ON t.table_name = p.table_name
        WHERE
            p.table_name = target_table
            AND NOT p.is_default
            AND p.upper_bound <= date_trunc('month', as_of) - make_interval(months => t.retention_months)
        ORDER BY p.lower_bound
    LOOP
        -- DETACH recusa se ainda houver linhas que apontem para o mês: o que depende dele expira primeiro.
        EXECUTE format('ALTER TABLE %s DETACH PARTITION %s', target_table::regclass, expired::regclass);
        EXECUTE format('DROP TABLE %s', expired::regclass);
        RETURN NEXT expired;
    END LOOP;
END;
$$;
COMMENT ON FUNCTION ops.drop_expired_table_partitions(text, timestamptz) IS
'Remove os meses além da retenção de uma tabela. Sem retention_months, nenhum. Bloqueio: ACCESS EXCLUSIVE breve.';

CREATE PROCEDURE ops.drop_expired_partitions(as_of timestamptz DEFAULT now())
LANGUAGE plpgsql
AS $$
DECLARE
    target text;
    failures text[] := '{}';
BEGIN
    PERFORM ops.job_started('drop-expired-partitions');
    COMMIT;
    FOR target IN SELECT t.table_name FROM ops.partitioned_tables AS t ORDER BY t.table_name LOOP
        BEGIN
            PERFORM ops.drop_expired_table_partitions(target, as_of);
        EXCEPTION WHEN OTHERS THEN
            failures := failures || format('%s: %s', target, SQLERRM);
        END;
        COMMIT;
    END LOOP;
    PERFORM ops.job_finished('drop-expired-partitions', nullif(array_to_string(failures, '; '), ''));
    COMMIT;
    IF cardinality(failures) > 0 THEN
        RAISE EXCEPTION 'partition retention failed: %', array_to_string(failures, '; ');
    END IF;
END;
$$;
COMMENT ON PROCEDURE ops.drop_expired_partitions IS
'Aplica a retenção a cada tabela registrada, com COMMIT entre elas: chame fora de transação.';

-- SECURITY DEFINER: o monitoramento precisa saber quantas linhas caíram na default sem poder ler nenhuma delas.
CREATE FUNCTION ops.partition_health()
RETURNS TABLE (
    table_name text,
    months_ahead integer,
    months_present_ahead bigint,
    next_month_exists boolean,
    default_partition_rows bigint
)
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
AS $$
DECLARE
    default_partition text;
    outer_maintenance text := coalesce(current_setting('app.maintenance', TRUE), '');
BEGIN
    PERFORM set_config('app.maintenance', 'on', TRUE);
    FOR table_name, months_ahead IN
        SELECT
            t.table_name,
            t.months_ahead
        FROM ops.partitioned_tables AS t
        ORDER BY t.table_name
    LOOP
        SELECT
            count(*) FILTER (WHERE p.lower_bound > now() AND NOT p.is_default),
            coalesce(
                bool_or(
                    NOT p.is_default
                    AND p.lower_bound <= date_trunc('month', now()) + interval '1 month'
                    AND p.upper_bound > date_trunc('month', now()) + interval '1 month'
                ),
                FALSE
            ),
            max(p.partition_name) FILTER (WHERE p.is_default)
        INTO months_present_ahead, next_month_exists, default_partition
        FROM ops.partitions AS p
        WHERE p.table_name = partition_health.table_name;
        default_partition_rows := 0;
        IF default_partition IS NOT NULL THEN
            EXECUTE format('SELECT count(*) FROM ONLY %s', default_partition::regclass) INTO default_partition_rows;
        END IF;
        RETURN NEXT;
    END LOOP;
    PERFORM set_config('app.maintenance', outer_maintenance, TRUE);
END;
$$;
COMMENT ON FUNCTION ops.partition_health() IS
'Por tabela registrada: meses à frente pedidos e existentes, se o próximo mês existe, linhas na default (esperado 0).';

GRANT EXECUTE ON FUNCTION ops.partition_health() TO korevitta_monitor;

INSERT INTO ops.scheduled_jobs (job_name, description, schedule, period, command)
VALUES
(
    'ensure-partitions',
    'Cria os meses à frente e esvazia as partições default.',
    '7 * * * *',
    interval '1 hour',
    'CALL ops.ensure_partitions()'
),
(
    'drop-expired-partitions',
    'Remove os meses além da retenção de cada tabela.',
    '40 4 * * 0',
    interval '7 days',
    'CALL ops.drop_expired_partitions()'
);
