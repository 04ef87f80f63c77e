-- as superuser
CREATE TABLE plans (id uuid PRIMARY KEY); -- expect
ALTER TABLE plans OWNER TO kvh_case_app;
