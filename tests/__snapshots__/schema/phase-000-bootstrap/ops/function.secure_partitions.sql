CREATE FUNCTION ops.secure_partitions(parent regclass)
    RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    SELECT ops.secure_partition(parent, i.inhrelid::regclass)
    FROM pg_inherits AS i
    WHERE i.inhparent = parent
    ORDER BY i.inhrelid::regclass::text;
$function$;

ALTER FUNCTION ops.secure_partitions(regclass) OWNER TO korevitta_owner;

REVOKE ALL ON FUNCTION ops.secure_partitions(regclass) FROM PUBLIC;

COMMENT ON FUNCTION ops.secure_partitions(regclass) IS 'ops.secure_partition para todas as partições. As migrations a chamam ao criar uma tabela particionada.';
