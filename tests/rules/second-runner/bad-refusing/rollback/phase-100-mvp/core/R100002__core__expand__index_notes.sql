DROP INDEX CONCURRENTLY IF EXISTS public.notes_title_idx;
