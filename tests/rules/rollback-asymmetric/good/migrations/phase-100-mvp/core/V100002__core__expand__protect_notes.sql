SET LOCAL lock_timeout = '5s';
ALTER TABLE public.notes ADD COLUMN author name NOT NULL DEFAULT CURRENT_USER;
CREATE POLICY notes_own ON public.notes USING (true);
COMMENT ON TABLE public.notes IS 'Anotações, cada uma de quem a escreveu.';
GRANT SELECT ON public.notes TO pg_monitor;
