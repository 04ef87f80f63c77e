ALTER TABLE public.notes
ALTER COLUMN body TYPE varchar(20) USING left(body, 20);
