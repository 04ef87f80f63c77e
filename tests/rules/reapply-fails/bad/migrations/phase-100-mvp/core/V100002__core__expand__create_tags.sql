CREATE TABLE public.tags (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    label text NOT NULL
);

DO $$
BEGIN
    IF nextval('public.numbers') > 1 THEN
        RAISE EXCEPTION 'as etiquetas já foram numeradas';
    END IF;
END
$$;
