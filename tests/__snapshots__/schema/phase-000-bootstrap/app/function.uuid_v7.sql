CREATE FUNCTION app.uuid_v7()
    RETURNS uuid
    LANGUAGE plpgsql PARALLEL SAFE
AS $function$
DECLARE
    micros bigint := (extract(epoch FROM pg_catalog.clock_timestamp()) * 1000000)::bigint;
BEGIN
    -- 48 bits de milissegundos, a versão (7) e, em rand_a, a fração de milissegundo em 12 bits: valores de
    -- microssegundos diferentes ordenam pela criação. A segunda metade vem de um UUID v4, que já traz os bits
    -- da variante no lugar certo e 62 bits aleatórios.
    RETURN pg_catalog.encode(
        pg_catalog.int8send(((micros / 1000) << 16) | (7 << 12) | ((micros % 1000) * 4096 / 1000))
        || pg_catalog.substring(pg_catalog.uuid_send(pg_catalog.gen_random_uuid()), 9, 8),
        'hex'
    )::uuid;
END;
$function$;

ALTER FUNCTION app.uuid_v7() OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION app.uuid_v7() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION app.uuid_v7() TO korevitta_app;

COMMENT ON FUNCTION app.uuid_v7() IS 'UUID versão 7 (RFC 9562): ordena pela criação com precisão de microssegundo. O PostgreSQL só o traz a partir do 18.';
