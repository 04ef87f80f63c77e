-- migration
CREATE FUNCTION core.wild(internal) RETURNS internal LANGUAGE internal AS 'array_typanalyze'; -- expect
