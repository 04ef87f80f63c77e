-- pergunta: que comandos tomam mais tempo do banco, somadas as execuções?
-- quando usar: alerta da lista de pacientes; CPU alta sem esperas por bloqueio.
-- colunas: query_id, calls, total_seconds, mean_ms, stddev_ms, rows_per_call, query
-- papel: korevitta_monitor
-- Onde pg_stat_statements não existe, não devolve linhas. ts_stat executa o texto sem que a view precise existir: cada
-- "palavra" é um comando, com os campos separados por um caractere que não aparece em SQL.
SELECT
    split_part(found.word, chr(31), 1)::bigint AS query_id,
    split_part(found.word, chr(31), 2)::bigint AS calls,
    split_part(found.word, chr(31), 3)::numeric AS total_seconds,
    split_part(found.word, chr(31), 4)::numeric AS mean_ms,
    split_part(found.word, chr(31), 5)::numeric AS stddev_ms,
    split_part(found.word, chr(31), 6)::numeric AS rows_per_call,
    split_part(found.word, chr(31), 7) AS query
FROM
    ts_stat(
        CASE
            WHEN
                to_regclass('public.pg_stat_statements') IS NOT NULL
                AND current_setting('pg_stat_statements.track', TRUE) IS NOT NULL
                THEN $inner$
                SELECT array_to_tsvector(ARRAY[concat_ws(
                    chr(31),
                    heaviest.queryid,
                    heaviest.calls,
                    round((heaviest.total_exec_time / 1000)::numeric, 3),
                    round(heaviest.mean_exec_time::numeric, 3),
                    round(heaviest.stddev_exec_time::numeric, 3),
                    round(heaviest.rows::numeric / greatest(heaviest.calls, 1), 1),
                    left(regexp_replace(heaviest.query, '\s+', ' ', 'g'), 300)
                )])
                FROM (
                    SELECT s.*
                    FROM public.pg_stat_statements AS s
                    INNER JOIN pg_database AS d ON s.dbid = d.oid
                    WHERE d.datname = current_database() AND s.queryid IS NOT NULL
                    ORDER BY s.total_exec_time DESC
                    LIMIT 25
                ) AS heaviest
            $inner$
            ELSE 'SELECT NULL::tsvector WHERE FALSE'
        END
    ) AS found
ORDER BY total_seconds DESC, query_id;
