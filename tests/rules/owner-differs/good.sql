-- as superuser
CREATE TABLE plans (id uuid PRIMARY KEY);
ALTER TABLE plans OWNER TO kvh_case_owner;
