CREATE TABLE core.notes (
    id bigint PRIMARY KEY,
    body text NOT NULL,
); -- expect
CREATE TABEL core.tags (id bigint PRIMARY KEY);
