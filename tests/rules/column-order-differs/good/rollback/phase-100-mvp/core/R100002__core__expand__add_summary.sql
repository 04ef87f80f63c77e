ALTER TABLE public.notes DROP COLUMN summary;
