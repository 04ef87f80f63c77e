-- O que faz: passo 3 de 3: anexa os índices das partições; com o último, o da tabela-mãe fica válido.
-- Por que é seguro: anexar só muda o catálogo. Uma partição que a manutenção tenha criado antes do passo 1 além das
-- listadas (um mês à frente, ainda vazio) recebe o índice aqui; se já tiver linhas, nada é feito e a mensagem diz o
-- que construir antes.
-- O rollback refaz o estado do passo 2.
SET LOCAL lock_timeout = '5s';

ALTER INDEX communication.messages_unread_idx
ATTACH PARTITION communication.messages_2026_01_unread_idx;
ALTER INDEX communication.messages_unread_idx
ATTACH PARTITION communication.messages_2026_02_unread_idx;
ALTER INDEX communication.messages_unread_idx
ATTACH PARTITION communication.messages_2026_03_unread_idx;
ALTER INDEX communication.messages_unread_idx
ATTACH PARTITION communication.messages_2026_04_unread_idx;
ALTER INDEX communication.messages_unread_idx
ATTACH PARTITION communication.messages_2026_05_unread_idx;
ALTER INDEX communication.messages_unread_idx
ATTACH PARTITION communication.messages_2026_06_unread_idx;
ALTER INDEX communication.messages_unread_idx
ATTACH PARTITION communication.messages_2026_07_unread_idx;
ALTER INDEX communication.messages_unread_idx
ATTACH PARTITION communication.messages_2026_08_unread_idx;
ALTER INDEX communication.messages_unread_idx
ATTACH PARTITION communication.messages_2026_09_unread_idx;
ALTER INDEX communication.messages_unread_idx
ATTACH PARTITION communication.messages_2026_10_unread_idx;
ALTER INDEX communication.messages_unread_idx
ATTACH PARTITION communication.messages_2026_11_unread_idx;
ALTER INDEX communication.messages_unread_idx
ATTACH PARTITION communication.messages_2026_12_unread_idx;
ALTER INDEX communication.messages_unread_idx
ATTACH PARTITION communication.messages_default_unread_idx;

DO $$
DECLARE
    leaf record;
    has_rows boolean;
BEGIN
    -- O dono também obedece ao RLS (FORCE): sem isto, uma partição cheia pareceria vazia.
    PERFORM pg_catalog.set_config('app.maintenance', 'on', TRUE);
    FOR leaf IN
        SELECT
            i.inhrelid::pg_catalog.regclass AS table_name,
            c.relname || '_unread_idx' AS index_name
        FROM pg_catalog.pg_inherits AS i
        INNER JOIN pg_catalog.pg_class AS c ON i.inhrelid = c.oid
        WHERE
            i.inhparent = 'communication.messages'::pg_catalog.regclass
            AND NOT EXISTS (
                SELECT 1
                FROM pg_catalog.pg_inherits AS attached
                INNER JOIN pg_catalog.pg_index AS x ON attached.inhrelid = x.indexrelid
                WHERE
                    attached.inhparent = 'communication.messages_unread_idx'::pg_catalog.regclass
                    AND x.indrelid = i.inhrelid
            )
        ORDER BY c.relname
    LOOP
        EXECUTE pg_catalog.format('SELECT EXISTS (SELECT 1 FROM %s)', leaf.table_name) INTO has_rows;
        IF has_rows THEN
            RAISE EXCEPTION 'a partição % tem linhas e ainda não tem o índice das não lidas', leaf.table_name
                USING HINT = pg_catalog.format(
                    'CREATE INDEX CONCURRENTLY %1$I ON %2$s (professional_id, patient_id, sent_at)'
                    ' WHERE read_at IS NULL AND deleted_at IS NULL;'
                    ' ALTER INDEX communication.messages_unread_idx ATTACH PARTITION communication.%1$I;',
                    leaf.index_name,
                    leaf.table_name
                );
        END IF;
        EXECUTE pg_catalog.format(
            'CREATE INDEX %I ON %s (professional_id, patient_id, sent_at)'
            ' WHERE read_at IS NULL AND deleted_at IS NULL',
            leaf.index_name,
            leaf.table_name
        );
        EXECUTE pg_catalog.format(
            'ALTER INDEX communication.messages_unread_idx ATTACH PARTITION communication.%I',
            leaf.index_name
        );
    END LOOP;
    PERFORM pg_catalog.set_config('app.maintenance', '', TRUE);
END;
$$;
