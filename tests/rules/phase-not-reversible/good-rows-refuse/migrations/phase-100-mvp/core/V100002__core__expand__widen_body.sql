SET LOCAL lock_timeout = '5s';
ALTER TABLE public.notes ALTER COLUMN body TYPE text;
