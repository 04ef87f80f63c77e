-- Event triggers.
SELECT
    'event trigger' AS kind,
    quote_ident(t.evtname) AS name,
    t.evtowner::regrole::text AS owner,
    obj_description(t.oid, 'pg_event_trigger') AS comment,
    t.evtevent::text AS event,
    (SELECT string_agg(g.tag, ', ' ORDER BY g.tag COLLATE "C") FROM unnest(t.evttags) AS g (tag)) AS tags,
    t.evtfoid::regproc::text AS function,
    CASE t.evtenabled
        WHEN 'D' THEN 'disabled'
        WHEN 'R' THEN 'replica'
        WHEN 'A' THEN 'always'
        ELSE 'enabled'
    END AS state
FROM pg_event_trigger AS t
WHERE
    t.oid >= 16384
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_event_trigger'::regclass AND e.objid = t.oid AND e.deptype = 'e'
    )
