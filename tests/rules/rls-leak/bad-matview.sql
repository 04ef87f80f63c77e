-- as superuser
-- also: owner-differs
SET ROLE kvh_case_owner;
CREATE SCHEMA app;
GRANT USAGE ON SCHEMA app TO kvh_case_app;
CREATE FUNCTION app.office() RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('app.office', true), '')::uuid
$$;
CREATE FUNCTION app.person() RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('app.person', true), '')::uuid
$$;
CREATE TABLE persons (id uuid PRIMARY KEY, name text NOT NULL);
ALTER TABLE persons ENABLE ROW LEVEL SECURITY;
ALTER TABLE persons FORCE ROW LEVEL SECURITY;
CREATE POLICY persons_self ON persons TO kvh_case_app USING (id = (SELECT app.person()));
CREATE TABLE offices (id uuid PRIMARY KEY, name text NOT NULL);
ALTER TABLE offices ENABLE ROW LEVEL SECURITY;
ALTER TABLE offices FORCE ROW LEVEL SECURITY;
CREATE POLICY offices_self ON offices TO kvh_case_app USING (id = (SELECT app.office()));
CREATE TABLE clients (
    id uuid PRIMARY KEY,
    office_id uuid NOT NULL REFERENCES offices (id),
    person_id uuid REFERENCES persons (id),
    name text NOT NULL,
    UNIQUE (office_id, id)
);
CREATE INDEX clients_person_id_idx ON clients (person_id);
ALTER TABLE clients ENABLE ROW LEVEL SECURITY;
ALTER TABLE clients FORCE ROW LEVEL SECURITY;
CREATE POLICY clients_office ON clients TO kvh_case_app USING (office_id = (SELECT app.office()));
CREATE POLICY clients_person ON clients FOR SELECT TO kvh_case_app USING (person_id = (SELECT app.person()));
CREATE FUNCTION app.own_clients() RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(id), '{}') FROM public.clients WHERE person_id = app.person()
$$;
GRANT SELECT, INSERT, UPDATE, DELETE ON persons, offices, clients TO kvh_case_app;
CREATE TABLE visits (
    id uuid PRIMARY KEY,
    office_id uuid NOT NULL,
    client_id uuid NOT NULL,
    notes text,
    FOREIGN KEY (office_id, client_id) REFERENCES clients (office_id, id)
);
CREATE INDEX visits_office_id_idx ON visits (office_id, client_id);
CREATE INDEX visits_client_id_idx ON visits (client_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON visits TO kvh_case_app;
ALTER TABLE visits ENABLE ROW LEVEL SECURITY;
ALTER TABLE visits FORCE ROW LEVEL SECURITY;
CREATE POLICY visits_office ON visits TO kvh_case_app USING (office_id = (SELECT app.office()));
RESET ROLE;
CREATE MATERIALIZED VIEW visits_kept AS SELECT id, office_id FROM visits;
CREATE UNIQUE INDEX visits_kept_id_idx ON visits_kept (id);
GRANT SELECT ON visits_kept TO kvh_case_app; -- expect
