-- question: how many?
SELECT count(*) AS notes FROM public.notes;
