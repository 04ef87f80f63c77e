CREATE TABLE core.notes (
    id bigint PRIMARY KEY,
    code text NOT NULL CHECK (char_length(code) = 4),
    score smallint NOT NULL DEFAULT 0,
    written_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX notes_code_idx ON core.notes (code);
