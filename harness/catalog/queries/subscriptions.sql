-- Subscriptions of this database. Whether one is enabled is its state, not its definition.
SELECT
    'subscription' AS kind,
    quote_ident(s.subname) AS name,
    s.subowner::regrole::text AS owner,
    obj_description(s.oid, 'pg_subscription') AS comment,
    s.subconninfo AS connection,
    (
        SELECT string_agg(quote_ident(p.name), ', ' ORDER BY p.name COLLATE "C")
        FROM unnest(s.subpublications) AS p (name)
    ) AS publications,
    coalesce(s.subslotname::text, 'NONE') AS slot,
    CASE WHEN s.subbinary THEN 'yes' END AS "binary",
    CASE s.substream WHEN 't' THEN 'on' WHEN 'p' THEN 'parallel' ELSE 'off' END AS streaming,
    CASE WHEN s.subtwophasestate <> 'd' THEN 'yes' END AS "two phase",
    CASE WHEN s.subdisableonerr THEN 'yes' END AS "disable on error",
    CASE WHEN NOT s.subpasswordrequired THEN 'no' END AS "password required",
    CASE WHEN s.subrunasowner THEN 'yes' END AS "run as owner",
    nullif(s.suborigin, 'any') AS origin,
    nullif(s.subsynccommit, 'off') AS "synchronous commit",
    -- since PostgreSQL 17
    nullif(to_jsonb(s) ->> 'subfailover', 'false') AS failover
FROM pg_subscription AS s
WHERE s.subdbid = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
