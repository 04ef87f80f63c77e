-- Publications and subscriptions.

-- prologue

CREATE SCHEMA t;

CREATE SCHEMA u;

CREATE TABLE t.a (id integer PRIMARY KEY, word text, "Odd" integer);

CREATE TABLE t.b (id integer PRIMARY KEY);

-- statements

CREATE PUBLICATION nothing;

CREATE PUBLICATION all_of_it FOR ALL TABLES WITH (publish = 'insert, update', publish_via_partition_root = true);

CREATE PUBLICATION certain FOR TABLE t.a (id, "Odd"), t.b WHERE (id > 5);

CREATE PUBLICATION of_schema FOR TABLES IN SCHEMA t, u;

ALTER PUBLICATION nothing ADD TABLE t.a;

ALTER PUBLICATION nothing SET TABLE t.b;

ALTER PUBLICATION nothing DROP TABLE t.b;

ALTER PUBLICATION nothing ADD TABLES IN SCHEMA u;

ALTER PUBLICATION certain SET TABLE t.a WHERE (id > 1 AND word IS NULL), ONLY t.b (id);

ALTER PUBLICATION certain SET (publish = 'delete');

ALTER PUBLICATION certain SET (publish_via_partition_root);

-- since: 18
ALTER PUBLICATION certain SET (publish_generated_columns = stored);

ALTER PUBLICATION certain OWNER TO korevitta_owner;

ALTER PUBLICATION certain RENAME TO parts;

COMMENT ON PUBLICATION parts IS 'parts';

DROP PUBLICATION all_of_it;

CREATE SUBSCRIPTION kv_corpus_far CONNECTION 'host=nowhere dbname=x' PUBLICATION one, "Two" WITH (connect = false);

CREATE SUBSCRIPTION kv_corpus_full CONNECTION 'host=nowhere password=''a b''' PUBLICATION one WITH (connect = false, slot_name = NONE, binary = true, streaming = on, two_phase = true, disable_on_error = true, origin = none, run_as_owner = true, synchronous_commit = local);

ALTER SUBSCRIPTION kv_corpus_far CONNECTION 'host=elsewhere';

ALTER SUBSCRIPTION kv_corpus_far SET PUBLICATION three WITH (refresh = false);

ALTER SUBSCRIPTION kv_corpus_far SET (slot_name = other);

ALTER SUBSCRIPTION kv_corpus_far SET (streaming = parallel);

-- since: 17
ALTER SUBSCRIPTION kv_corpus_far SET (slot_name = NONE);

ALTER SUBSCRIPTION kv_corpus_far OWNER TO korevitta_owner;

COMMENT ON SUBSCRIPTION kv_corpus_far IS 'far';

ALTER SUBSCRIPTION kv_corpus_full RENAME TO kv_corpus_whole;
