-- pergunta: que datas há?
-- quando usar: sempre
-- colunas: written_at (pode ser infinita),
-- title
-- papel: kvh_notes_reader
SELECT
    n.written_at,
    n.title
FROM public.notes AS n
UNION ALL
SELECT
    '-infinity',
    'the first'
ORDER BY written_at;
