CREATE SCHEMA checkin;

ALTER SCHEMA checkin OWNER TO korevitta_owner;

GRANT USAGE ON SCHEMA checkin TO korevitta_app;
GRANT USAGE ON SCHEMA checkin TO korevitta_readonly;

COMMENT ON SCHEMA checkin IS 'Formulários, agendas e check-ins periódicos.';
