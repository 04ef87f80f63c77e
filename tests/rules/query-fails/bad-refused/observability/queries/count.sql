-- question: how many notes are there?
-- when to use: whenever somebody asks
-- columns: notes
SELECT count(*) AS notes
FROM public.notes
WHERE deleted_at IS NULL;
