-- CREATE, ALTER, DROP DOMAIN.

-- prologue

CREATE SCHEMA t;

-- statements

CREATE DOMAIN t.email AS text COLLATE "C" CONSTRAINT has_at CHECK (VALUE ~ '@');

CREATE DOMAIN t.count AS integer DEFAULT 0 NOT NULL;

CREATE DOMAIN t.code AS varchar(10) CHECK (VALUE <> '') CHECK (length(VALUE) > 2);

ALTER DOMAIN t.count SET DEFAULT 1 + 1;

ALTER DOMAIN t.count DROP DEFAULT;

ALTER DOMAIN t.count DROP NOT NULL;

ALTER DOMAIN t.count SET NOT NULL;

ALTER DOMAIN t.count ADD CONSTRAINT positive CHECK (VALUE > 0);

ALTER DOMAIN t.count ADD CONSTRAINT small CHECK (VALUE < 1000) NOT VALID;

ALTER DOMAIN t.count VALIDATE CONSTRAINT small;

ALTER DOMAIN t.count RENAME CONSTRAINT small TO not_large;

COMMENT ON CONSTRAINT not_large ON DOMAIN t.count IS 'a limit';

ALTER DOMAIN t.count DROP CONSTRAINT positive;

ALTER DOMAIN t.count OWNER TO korevitta_owner;

ALTER DOMAIN t.count RENAME TO amount;

COMMENT ON DOMAIN t.amount IS 'how many';

CREATE DOMAIN t.amounts AS t.amount[] CHECK (array_length(VALUE, 1) < 5);

CREATE DOMAIN t.narrow AS t.amount CHECK (VALUE < 10);

CREATE SCHEMA u;

ALTER DOMAIN t.code SET SCHEMA u;

DROP DOMAIN t.email;
