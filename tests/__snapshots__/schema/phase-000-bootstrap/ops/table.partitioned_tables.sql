CREATE TABLE ops.partitioned_tables (
    table_name text NOT NULL,
    partition_column text NOT NULL,
    months_ahead integer DEFAULT 3 NOT NULL,
    retention_months integer,
    last_ensured_at timestamp with time zone,
    last_error text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT partitioned_tables_pkey PRIMARY KEY (table_name),
    CONSTRAINT partitioned_tables_months_ahead_check CHECK (((months_ahead >= 1) AND (months_ahead <= 24))),
    CONSTRAINT partitioned_tables_retention_months_check CHECK ((retention_months >= 1)),
    CONSTRAINT partitioned_tables_table_name_check CHECK ((table_name ~ '^[a-z_]+\.[a-z_]+$'::text))
);

CREATE TRIGGER partitioned_tables_touch_updated_at BEFORE UPDATE ON ops.partitioned_tables FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE ops.partitioned_tables OWNER TO korevitta_owner;

GRANT SELECT ON TABLE ops.partitioned_tables TO korevitta_monitor;

COMMENT ON TABLE ops.partitioned_tables IS 'Tabelas particionadas por mês (UTC) sob manutenção. A migration que cria a tabela a registra aqui.';
COMMENT ON COLUMN ops.partitioned_tables.table_name IS 'Nome completo: schema.tabela.';
COMMENT ON COLUMN ops.partitioned_tables.partition_column IS 'Coluna timestamptz da chave de partição.';
COMMENT ON COLUMN ops.partitioned_tables.months_ahead IS 'Quantos meses além do atual precisam existir.';
COMMENT ON COLUMN ops.partitioned_tables.retention_months IS 'Meses completos guardados; NULL guarda para sempre.';
