-- Foreign-data wrappers.
SELECT
    'foreign-data wrapper' AS kind,
    quote_ident(f.fdwname) AS name,
    f.fdwowner::regrole::text AS owner,
    coalesce(f.fdwacl, acldefault('F', f.fdwowner))::text[] AS grants,
    obj_description(f.oid, 'pg_foreign_data_wrapper') AS comment,
    nullif(f.fdwhandler, 0)::regproc::text AS handler,
    nullif(f.fdwvalidator, 0)::regproc::text AS validator,
    CASE WHEN f.fdwoptions IS NOT NULL THEN (
        SELECT
            string_agg(
                quote_ident(o.option_name) || ' ' || quote_literal(o.option_value), ', '
                ORDER BY o.option_name COLLATE "C"
            )
        FROM pg_options_to_table(f.fdwoptions) AS o
    ) END AS "foreign options"
FROM pg_foreign_data_wrapper AS f
WHERE
    f.oid >= 16384
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_foreign_data_wrapper'::regclass AND e.objid = f.oid AND e.deptype = 'e'
    )
