-- pergunta: uma migration interrompida deixou algo pela metade?
-- quando usar: depois de uma migration que falhou ou foi interrompida; alertas de índice inválido e de constraint
-- sem validação.
-- colunas: kind, table_name, object_name, definition
-- papel: korevitta_monitor
SELECT
    'índice inválido' AS kind,
    n.nspname || '.' || t.relname AS table_name,
    i.relname::text AS object_name,
    pg_get_indexdef(x.indexrelid) AS definition
FROM pg_index AS x
INNER JOIN pg_class AS i ON x.indexrelid = i.oid
INNER JOIN pg_class AS t ON x.indrelid = t.oid
INNER JOIN pg_namespace AS n ON t.relnamespace = n.oid
WHERE NOT x.indisvalid
UNION ALL
SELECT
    'constraint sem validação' AS kind,
    n.nspname || '.' || t.relname AS table_name,
    k.conname::text AS object_name,
    pg_get_constraintdef(k.oid) AS definition
FROM pg_constraint AS k
INNER JOIN pg_class AS t ON k.conrelid = t.oid
INNER JOIN pg_namespace AS n ON t.relnamespace = n.oid
WHERE NOT k.convalidated
UNION ALL
SELECT
    'partição em desanexação' AS kind,
    n.nspname || '.' || parent.relname AS table_name,
    child.relname::text AS object_name,
    pg_get_expr(child.relpartbound, child.oid) AS definition
FROM pg_inherits AS h
INNER JOIN pg_class AS parent ON h.inhparent = parent.oid
INNER JOIN pg_class AS child ON h.inhrelid = child.oid
INNER JOIN pg_namespace AS n ON parent.relnamespace = n.oid
WHERE h.inhdetachpending
ORDER BY kind, table_name, object_name;
