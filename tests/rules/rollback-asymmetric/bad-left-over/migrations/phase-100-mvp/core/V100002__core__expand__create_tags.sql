CREATE TABLE public.tags (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    label text NOT NULL
);

CREATE FUNCTION public.shorten(label text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN left(label, 20);
