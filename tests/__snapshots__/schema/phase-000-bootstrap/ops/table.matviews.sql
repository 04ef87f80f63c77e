CREATE TABLE ops.matviews (
    view_name text NOT NULL,
    refresh_period interval NOT NULL,
    enabled boolean DEFAULT true NOT NULL,
    last_refreshed_at timestamp with time zone,
    last_duration interval,
    last_error text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT matviews_pkey PRIMARY KEY (view_name),
    CONSTRAINT matviews_refresh_period_check CHECK ((refresh_period > '00:00:00'::interval)),
    CONSTRAINT matviews_view_name_check CHECK ((view_name ~ '^[a-z_]+\.[a-z_]+$'::text))
);

CREATE TRIGGER matviews_touch_updated_at BEFORE UPDATE ON ops.matviews FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE ops.matviews OWNER TO korevitta_owner;

GRANT SELECT ON TABLE ops.matviews TO korevitta_monitor;

COMMENT ON TABLE ops.matviews IS 'Materialized views sob atualização periódica. A migration que cria a matview a registra aqui.';
COMMENT ON COLUMN ops.matviews.view_name IS 'Nome completo: schema.matview.';
COMMENT ON COLUMN ops.matviews.last_refreshed_at IS 'Instante dos dados: o início da última atualização que terminou bem.';
