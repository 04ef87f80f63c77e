CREATE TABLE notes (id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY, body text);
CREATE TABLE letters (number bigserial PRIMARY KEY);
CREATE TABLE kinds (code smallint PRIMARY KEY);
