CREATE TABLE public.notes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    body text NOT NULL,
    length integer GENERATED ALWAYS AS (length(body)) STORED,
    written_at timestamptz NOT NULL DEFAULT now()
);
