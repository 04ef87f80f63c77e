CREATE TABLE public.tags (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind public.tag_kinds NOT NULL,
    label text NOT NULL
);
