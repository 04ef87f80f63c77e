CREATE TABLE public.tags (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    label text NOT NULL
);

CREATE VIEW public.tag_labels AS
SELECT tags.label FROM public.tags;
