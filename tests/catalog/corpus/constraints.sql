-- Constraints of tables: every kind, name, validity and moment of checking.

-- prologue

CREATE SCHEMA t;

CREATE EXTENSION btree_gist WITH SCHEMA t;

CREATE TABLE t.a (id integer, other integer, word text, during tsrange, "Odd" integer);

CREATE TABLE t.b (id integer, a_id integer, other integer, word text);

-- statements

ALTER TABLE t.a ADD PRIMARY KEY (id);

ALTER TABLE t.a DROP CONSTRAINT a_pkey;

ALTER TABLE t.a ADD CONSTRAINT a_pk PRIMARY KEY (id) INCLUDE (word) WITH (fillfactor = 90);

ALTER INDEX t.a_pk SET (fillfactor = 80);

COMMENT ON INDEX t.a_pk IS 'an index';

COMMENT ON CONSTRAINT a_pk ON t.a IS 'a key';

ALTER TABLE t.a RENAME CONSTRAINT a_pk TO a_key;

ALTER INDEX t.a_key RENAME TO a_pkey;

ALTER TABLE t.a CLUSTER ON a_pkey;

ALTER TABLE t.a ADD UNIQUE (other, word);

ALTER TABLE t.a ADD CONSTRAINT nulls_alike UNIQUE NULLS NOT DISTINCT (other);

ALTER TABLE t.a ADD CONSTRAINT later UNIQUE ("Odd") DEFERRABLE INITIALLY DEFERRED;

CREATE UNIQUE INDEX ready ON t.a (word);

ALTER TABLE t.a ADD CONSTRAINT from_index UNIQUE USING INDEX ready;

ALTER TABLE t.a ADD CHECK (other > 0);

ALTER TABLE t.a ADD CONSTRAINT low CHECK (other < 100) NOT VALID;

ALTER TABLE t.a VALIDATE CONSTRAINT low;

ALTER TABLE t.a ADD CONSTRAINT here_only CHECK (other <> 7) NO INHERIT;

ALTER TABLE t.a RENAME CONSTRAINT low TO lower;

COMMENT ON CONSTRAINT lower ON t.a IS 'a limit';

ALTER TABLE t.a ADD EXCLUDE USING gist (during WITH &&);

ALTER TABLE t.a ADD CONSTRAINT apart EXCLUDE USING gist (other WITH =, during WITH &&) WHERE (other > 5) DEFERRABLE;

ALTER TABLE t.b ADD FOREIGN KEY (a_id) REFERENCES t.a;

ALTER TABLE t.b ADD CONSTRAINT full_match FOREIGN KEY (other, word) REFERENCES t.a (other, word) MATCH FULL ON UPDATE CASCADE ON DELETE SET NULL;

ALTER TABLE t.b ADD CONSTRAINT some_columns FOREIGN KEY (other, word) REFERENCES t.a (other, word) ON DELETE SET NULL (word);

ALTER TABLE t.b ADD CONSTRAINT unproven FOREIGN KEY (id) REFERENCES t.a (id) NOT VALID;

ALTER TABLE t.b VALIDATE CONSTRAINT unproven;

ALTER TABLE t.b ALTER CONSTRAINT unproven DEFERRABLE;

ALTER TABLE t.b ALTER CONSTRAINT unproven INITIALLY DEFERRED;

ALTER TABLE t.b ALTER CONSTRAINT unproven NOT DEFERRABLE;

COMMENT ON CONSTRAINT unproven ON t.b IS 'a reference';

ALTER TABLE t.b DROP CONSTRAINT full_match;

CREATE TABLE t.inline (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), a_id integer REFERENCES t.a ON DELETE CASCADE, n integer CHECK (n > 0) UNIQUE, CONSTRAINT both_of_them CHECK (n > a_id));

CREATE TABLE t.itself (id integer PRIMARY KEY, parent integer REFERENCES t.itself);

CREATE TABLE t.one (id integer PRIMARY KEY, two integer);

CREATE TABLE t.two (id integer PRIMARY KEY, one integer REFERENCES t.one);

ALTER TABLE t.one ADD FOREIGN KEY (two) REFERENCES t.two;

CREATE TABLE t.unnamed (n integer CONSTRAINT required NOT NULL);

ALTER TABLE t.b SET (fillfactor = 50);

-- since: 18
ALTER TABLE t.b ADD CONSTRAINT hoped FOREIGN KEY (id) REFERENCES t.a (id) NOT ENFORCED;
