-- question: how many notes are there?
-- when to use: whenever somebody asks
-- columns: notes
-- role: kvh_notes_app
SELECT count(*) AS notes FROM public.notes;
