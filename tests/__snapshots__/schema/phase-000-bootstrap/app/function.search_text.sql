CREATE FUNCTION app.search_text(value text)
    RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $function$
    SELECT pg_catalog.lower(public.unaccent('public.unaccent'::pg_catalog.regdictionary, value));
$function$;

ALTER FUNCTION app.search_text(text) OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION app.search_text(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION app.search_text(text) TO korevitta_app;
GRANT EXECUTE ON FUNCTION app.search_text(text) TO korevitta_readonly;

COMMENT ON FUNCTION app.search_text(text) IS 'Texto sem acentos e em minúsculas, para índices e buscas. IMMUTABLE porque o dicionário é citado pelo nome: quem trocar as regras de unaccent precisa reindexar.';
