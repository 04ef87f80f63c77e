CREATE TYPE checkin.cadence AS ENUM (
    'daily',
    'weekly',
    'biweekly',
    'monthly'
);

ALTER TYPE checkin.cadence OWNER TO korevitta_owner;

COMMENT ON TYPE checkin.cadence IS 'De quanto em quanto tempo o paciente responde: dia, semana, quinzena ou mês.';
