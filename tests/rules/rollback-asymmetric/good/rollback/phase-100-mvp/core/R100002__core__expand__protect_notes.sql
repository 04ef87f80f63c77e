REVOKE SELECT ON public.notes FROM pg_monitor;
COMMENT ON TABLE public.notes IS NULL;
DROP POLICY notes_own ON public.notes;
ALTER TABLE public.notes DROP COLUMN author;
