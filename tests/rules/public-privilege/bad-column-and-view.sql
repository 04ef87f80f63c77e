CREATE TABLE plans (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title text NOT NULL
);
CREATE VIEW titles AS SELECT title FROM plans;
GRANT SELECT (title) ON plans TO PUBLIC; -- expect
GRANT SELECT ON titles TO PUBLIC; -- expect
