CREATE TABLE core.notes (id bigint PRIMARY KEY, body text);
