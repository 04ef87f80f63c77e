DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.tags) THEN
        DROP TABLE public.tags;
    END IF;
END
$$;
