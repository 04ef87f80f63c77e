-- O que faz:
SET LOCAL lock_timeout = '5s';
SET search_path TO core;
