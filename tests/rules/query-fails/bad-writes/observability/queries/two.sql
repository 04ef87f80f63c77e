-- question: how many notes are there?
-- when to use: whenever somebody asks
-- columns: notes
SELECT count(*) AS notes FROM public.notes;
SELECT 1 AS notes;
