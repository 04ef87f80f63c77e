-- A type by the number that a column had of it.
SELECT pg_catalog.format_type(%(type)s, %(modifier)s)
