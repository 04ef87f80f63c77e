DROP FUNCTION core.fill();
