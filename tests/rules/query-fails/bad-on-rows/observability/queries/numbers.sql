-- question: how many notes are there?
-- when to use: whenever somebody asks
-- columns: number
SELECT 1 / (id - id) AS number
FROM public.notes;
