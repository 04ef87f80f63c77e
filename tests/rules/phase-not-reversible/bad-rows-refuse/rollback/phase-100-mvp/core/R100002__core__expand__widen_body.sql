ALTER TABLE public.notes
ALTER COLUMN body TYPE varchar(20);
