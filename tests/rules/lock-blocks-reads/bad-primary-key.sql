-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.tags ADD CONSTRAINT tags_pkey PRIMARY KEY (id); -- expect
