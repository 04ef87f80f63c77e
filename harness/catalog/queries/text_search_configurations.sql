-- Text search configurations with the dictionaries of each kind of token.
SELECT
    'text search configuration' AS kind,
    quote_ident(n.nspname) || '.' || quote_ident(c.cfgname) AS name,
    quote_ident(n.nspname) AS schema,
    c.cfgowner::regrole::text AS owner,
    obj_description(c.oid, 'pg_ts_config') AS comment,
    quote_ident(pn.nspname) || '.' || quote_ident(p.prsname) AS parser,
    (
        SELECT string_agg(k.alias || ': ' || k.dictionaries, E'\n' ORDER BY k.alias COLLATE "C")
        FROM (
            SELECT
                quote_ident(t.alias) AS alias,
                string_agg(m.mapdict::regdictionary::text, ', ' ORDER BY m.mapseqno) AS dictionaries
            FROM pg_ts_config_map AS m
            INNER JOIN ts_token_type(p.oid) AS t ON m.maptokentype = t.tokid
            WHERE m.mapcfg = c.oid
            GROUP BY t.alias
        ) AS k
    ) AS mappings
FROM pg_ts_config AS c
INNER JOIN pg_namespace AS n ON c.cfgnamespace = n.oid
INNER JOIN pg_ts_parser AS p ON c.cfgparser = p.oid
INNER JOIN pg_namespace AS pn ON p.prsnamespace = pn.oid
WHERE
    n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = 'pg_ts_config'::regclass AND e.objid = c.oid AND e.deptype = 'e'
    )
