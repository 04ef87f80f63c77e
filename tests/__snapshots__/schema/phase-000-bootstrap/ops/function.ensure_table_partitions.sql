CREATE FUNCTION ops.ensure_table_partitions(target_table text, as_of timestamp with time zone DEFAULT now())
    RETURNS TABLE(partition_name text, rows_moved bigint)
    LANGUAGE plpgsql
    SET "TimeZone" TO 'UTC'
    SET lock_timeout TO '5s'
    SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
$function$;

ALTER FUNCTION ops.ensure_table_partitions(text,timestamp with time zone) OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION ops.ensure_table_partitions(text,timestamp with time zone) FROM PUBLIC;

COMMENT ON FUNCTION ops.ensure_table_partitions(text,timestamp with time zone) IS 'Cria os meses que faltam em uma tabela e esvazia a default, em uma transação. Bloqueios, só quando falta algo: as escritas da tabela esperam (SHARE ROW EXCLUSIVE) e a default fica exclusiva por instantes; desiste em 5 s.';
