CREATE TABLE notes (id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY, body text); -- expect
