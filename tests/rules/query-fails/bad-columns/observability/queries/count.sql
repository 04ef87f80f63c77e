-- question: how many notes are there?
-- when to use: whenever somebody asks
-- columns: notes, newest
SELECT
    max(written_at) AS newest,
    count(*) AS notes
FROM public.notes;
