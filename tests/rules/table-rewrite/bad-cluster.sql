-- migration
SET LOCAL lock_timeout = '5s';
CLUSTER core.people USING people_pkey; -- expect
