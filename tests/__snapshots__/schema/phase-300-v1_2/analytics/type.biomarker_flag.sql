CREATE TYPE analytics.biomarker_flag AS ENUM (
    'critical_low',
    'low',
    'normal',
    'high',
    'critical_high',
    'unknown'
);

ALTER TYPE analytics.biomarker_flag OWNER TO korevitta_owner;

COMMENT ON TYPE analytics.biomarker_flag IS 'Posição de um resultado contra a faixa; unknown quando não há faixa para o paciente.';
