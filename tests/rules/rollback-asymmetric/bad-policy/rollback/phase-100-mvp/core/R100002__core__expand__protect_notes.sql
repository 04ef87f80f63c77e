REVOKE SELECT ON public.notes FROM pg_monitor;
COMMENT ON TABLE public.notes IS NULL;
ALTER TABLE public.notes DROP COLUMN author;
