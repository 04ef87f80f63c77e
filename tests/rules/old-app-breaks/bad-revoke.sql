-- migration
SET LOCAL lock_timeout = '5s';
REVOKE UPDATE ON core.notes FROM kvh_case_app; -- expect
