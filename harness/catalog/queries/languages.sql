-- Procedural languages, without those that every database has.
SELECT
    'language' AS kind,
    quote_ident(l.lanname) AS name,
    l.lanowner::regrole::text AS owner,
    coalesce(l.lanacl, acldefault('l', l.lanowner))::text[] AS grants,
    obj_description(l.oid, 'pg_language') AS comment,
    CASE WHEN l.lanpltrusted THEN 'yes' END AS trusted,
    nullif(l.lanplcallfoid, 0)::regproc::text AS handler,
    nullif(l.laninline, 0)::regproc::text AS inline,
    nullif(l.lanvalidator, 0)::regproc::text AS validator
FROM pg_language AS l
WHERE
    l.oid >= 16384
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_language'::regclass AND e.objid = l.oid AND e.deptype = 'e'
    )
