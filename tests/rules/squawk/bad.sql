CREATE TABLE core.notes (
    id bigint PRIMARY KEY,
    code char(4) NOT NULL, -- expect
    written_at timestamp NOT NULL DEFAULT now() -- expect
);
