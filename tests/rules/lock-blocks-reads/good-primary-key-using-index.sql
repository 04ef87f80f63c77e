CREATE UNIQUE INDEX tags_pkey ON core.tags (id);
-- migration
SET LOCAL lock_timeout = '5s';
ALTER TABLE core.tags ADD CONSTRAINT tags_pkey PRIMARY KEY USING INDEX tags_pkey;
