-- Text search, collations and conversions.

-- prologue

CREATE SCHEMA t;

CREATE SCHEMA u;

CREATE EXTENSION unaccent WITH SCHEMA t;

-- statements

CREATE TEXT SEARCH DICTIONARY t.simple_pt (TEMPLATE = pg_catalog.simple, STOPWORDS = portuguese, ACCEPT = false);

CREATE TEXT SEARCH DICTIONARY t.stem (TEMPLATE = snowball, LANGUAGE = portuguese);

ALTER TEXT SEARCH DICTIONARY t.simple_pt (STOPWORDS = english);

ALTER TEXT SEARCH DICTIONARY t.simple_pt (ACCEPT);

ALTER TEXT SEARCH DICTIONARY t.simple_pt OWNER TO korevitta_owner;

ALTER TEXT SEARCH DICTIONARY t.simple_pt RENAME TO plain;

ALTER TEXT SEARCH DICTIONARY t.plain SET SCHEMA u;

COMMENT ON TEXT SEARCH DICTIONARY u.plain IS 'plain';

CREATE TEXT SEARCH CONFIGURATION t.pt (COPY = pg_catalog.portuguese);

CREATE TEXT SEARCH CONFIGURATION t.bare (PARSER = pg_catalog."default");

ALTER TEXT SEARCH CONFIGURATION t.bare ADD MAPPING FOR asciiword, word WITH t.unaccent, u.plain, t.stem;

ALTER TEXT SEARCH CONFIGURATION t.pt ALTER MAPPING FOR word WITH t.unaccent, portuguese_stem;

ALTER TEXT SEARCH CONFIGURATION t.pt ALTER MAPPING REPLACE portuguese_stem WITH t.stem;

ALTER TEXT SEARCH CONFIGURATION t.pt DROP MAPPING FOR url;

ALTER TEXT SEARCH CONFIGURATION t.pt OWNER TO korevitta_owner;

ALTER TEXT SEARCH CONFIGURATION t.pt RENAME TO portuguese;

ALTER TEXT SEARCH CONFIGURATION t.portuguese SET SCHEMA u;

COMMENT ON TEXT SEARCH CONFIGURATION u.portuguese IS 'search';

CREATE TEXT SEARCH TEMPLATE t.template (LEXIZE = dsimple_lexize, INIT = dsimple_init);

CREATE TEXT SEARCH TEMPLATE t.short (LEXIZE = dsimple_lexize);

ALTER TEXT SEARCH TEMPLATE t.template RENAME TO model;

ALTER TEXT SEARCH TEMPLATE t.model SET SCHEMA u;

COMMENT ON TEXT SEARCH TEMPLATE u.model IS 'a model';

CREATE TEXT SEARCH DICTIONARY t.by_model (TEMPLATE = u.model);

CREATE TEXT SEARCH PARSER t.parser (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline);

CREATE TEXT SEARCH PARSER t.headless (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);

ALTER TEXT SEARCH PARSER t.parser RENAME TO reader;

COMMENT ON TEXT SEARCH PARSER t.reader IS 'reads';

CREATE TEXT SEARCH CONFIGURATION t.own (PARSER = t.reader);

DROP TEXT SEARCH PARSER t.headless;

DROP TEXT SEARCH TEMPLATE t.short;

DROP TEXT SEARCH DICTIONARY t.by_model;

DROP TEXT SEARCH CONFIGURATION t.own;

CREATE TABLE t.found (body text, search tsvector GENERATED ALWAYS AS (to_tsvector('u.portuguese'::regconfig, body)) STORED);

CREATE COLLATION t.codes (LOCALE = 'C');

CREATE COLLATION t.split (LC_COLLATE = 'C', LC_CTYPE = 'POSIX');

CREATE COLLATION t.copied FROM "POSIX";

-- since: 17
CREATE COLLATION t.built_in (PROVIDER = builtin, LOCALE = 'C.UTF-8');

ALTER COLLATION t.codes OWNER TO korevitta_owner;

ALTER COLLATION t.codes RENAME TO points;

ALTER COLLATION t.points SET SCHEMA u;

COMMENT ON COLLATION u.points IS 'by code point';

CREATE TABLE t.sorted (word text COLLATE u.points);

CREATE INDEX ON t.sorted (word COLLATE t.split);

DROP COLLATION t.copied;

CREATE CONVERSION t.latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;

CREATE DEFAULT CONVERSION t.usual FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;

ALTER CONVERSION t.latin OWNER TO korevitta_owner;

ALTER CONVERSION t.latin RENAME TO latin_one;

ALTER CONVERSION t.latin_one SET SCHEMA u;

COMMENT ON CONVERSION u.latin_one IS 'converts';

DROP CONVERSION u.latin_one;
