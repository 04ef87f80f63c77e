COMMENT ON TABLE core.notes IS 'anotações';
SELECT core.fill();
SELECT other.fill();
CREATE FUNCTION core.fill_again() RETURNS void LANGUAGE sql AS 'SELECT core.fill()';
