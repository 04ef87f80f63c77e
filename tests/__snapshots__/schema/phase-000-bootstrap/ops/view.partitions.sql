CREATE VIEW ops.partitions WITH (security_invoker = true) AS
 WITH children AS (
         SELECT (((parent_schema.nspname)::text || '.'::text) || (parent.relname)::text) AS parent_name,
            (((child_schema.nspname)::text || '.'::text) || (child.relname)::text) AS partition_name,
            pg_get_expr(child.relpartbound, child.oid) AS bound_text
           FROM ((((pg_inherits i
             JOIN pg_class parent ON ((i.inhparent = parent.oid)))
             JOIN pg_namespace parent_schema ON ((parent.relnamespace = parent_schema.oid)))
             JOIN pg_class child ON ((i.inhrelid = child.oid)))
             JOIN pg_namespace child_schema ON ((child.relnamespace = child_schema.oid)))
          WHERE (parent.relkind = 'p'::"char")
        )
 SELECT t.table_name,
    c.partition_name,
    (c.bound_text = 'DEFAULT'::text) AS is_default,
    COALESCE(("substring"(c.bound_text, 'FROM \(''([^'']+)'''::text))::timestamp with time zone, '-infinity'::timestamp with time zone) AS lower_bound,
    COALESCE(("substring"(c.bound_text, 'TO \(''([^'']+)'''::text))::timestamp with time zone, 'infinity'::timestamp with time zone) AS upper_bound
   FROM (ops.partitioned_tables t
     JOIN children c ON ((t.table_name = c.parent_name)));

ALTER VIEW ops.partitions OWNER TO korevitta_owner;

GRANT SELECT ON TABLE ops.partitions TO korevitta_monitor;

COMMENT ON VIEW ops.partitions IS 'Partições das tabelas registradas, com os limites lidos do catálogo: [lower_bound, upper_bound).';
