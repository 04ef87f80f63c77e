CREATE TABLE public.notes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    body varchar(20) NOT NULL,
    written_at timestamptz NOT NULL DEFAULT now()
);
