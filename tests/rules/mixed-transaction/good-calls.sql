SET lock_timeout = '5s';
CALL core.backfill_tags();
RESET lock_timeout;
