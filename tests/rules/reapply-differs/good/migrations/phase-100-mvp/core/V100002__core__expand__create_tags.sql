DO $$
BEGIN
    CREATE TABLE public.tags (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        label text NOT NULL
    );
    IF nextval('public.numbers') > 1 THEN
        ALTER TABLE public.tags ADD COLUMN number bigint;
    END IF;
END
$$;
