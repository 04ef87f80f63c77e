-- question: how many notes are there?
-- when to use: whenever somebody asks
-- columns: notes, newest
SELECT
    count(*) AS notes,
    max(written_at) AS newest
FROM public.notes;
