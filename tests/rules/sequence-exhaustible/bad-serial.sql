CREATE TABLE notes (number serial PRIMARY KEY, body text); -- expect
