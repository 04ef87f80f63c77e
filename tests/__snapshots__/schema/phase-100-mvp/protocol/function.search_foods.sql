CREATE FUNCTION protocol.search_foods(query text, max_results integer DEFAULT 20)
    RETURNS TABLE(food_id uuid, name text, energy_kcal numeric, score real)
    LANGUAGE sql STABLE PARALLEL SAFE
AS $function$
    SELECT
        f.id,
        f.name,
        f.energy_kcal,
        pg_catalog.ts_rank(f.search_vector, wanted.ts_query)
        + public.word_similarity(wanted.plain, app.search_text(f.name)) AS score
    FROM (
        SELECT
            app.search_text(query) AS plain,
            pg_catalog.websearch_to_tsquery('pg_catalog.portuguese', app.search_text(query)) AS ts_query
    ) AS wanted
    INNER JOIN protocol.foods AS f
        ON
            f.search_vector @@ wanted.ts_query
            OR wanted.plain OPERATOR(public.<%) app.search_text(f.name)
    ORDER BY score DESC, f.name
    LIMIT max_results;
$function$;

ALTER FUNCTION protocol.search_foods(text,integer) OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION protocol.search_foods(text,integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION protocol.search_foods(text,integer) TO korevitta_app;

COMMENT ON FUNCTION protocol.search_foods(text,integer) IS 'Busca alimentos por palavras (texto completo) e por semelhança (trigramas): acha também com erro de digitação.';
