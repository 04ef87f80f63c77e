ALTER TABLE public.notes ADD COLUMN author text;
