SET LOCAL lock_timeout = '5s';
ALTER TABLE public.notes ADD COLUMN summary text;
