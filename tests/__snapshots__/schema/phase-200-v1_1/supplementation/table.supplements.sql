CREATE TABLE supplementation.supplements (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    name text NOT NULL,
    brand text,
    presentation text,
    dose_unit supplementation.dose_unit NOT NULL,
    notes text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT supplements_pkey PRIMARY KEY (id),
    CONSTRAINT supplements_professional_id_id_key UNIQUE (professional_id, id),
    CONSTRAINT supplements_brand_check CHECK (((char_length(brand) >= 1) AND (char_length(brand) <= 120))),
    CONSTRAINT supplements_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 160))),
    CONSTRAINT supplements_notes_check CHECK (((char_length(notes) >= 1) AND (char_length(notes) <= 4000))),
    CONSTRAINT supplements_presentation_check CHECK (((char_length(presentation) >= 1) AND (char_length(presentation) <= 120)))
);

ALTER TABLE supplementation.supplements
    ADD CONSTRAINT supplements_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES identity.professionals(id);

CREATE INDEX supplements_name_idx ON supplementation.supplements USING btree (professional_id, name) WHERE (deleted_at IS NULL);

CREATE TRIGGER supplements_touch_updated_at BEFORE UPDATE ON supplementation.supplements FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE supplementation.supplements ENABLE ROW LEVEL SECURITY;
ALTER TABLE supplementation.supplements FORCE ROW LEVEL SECURITY;

CREATE POLICY supplements_maintenance ON supplementation.supplements
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY supplements_professional_insert ON supplementation.supplements
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY supplements_professional_select ON supplementation.supplements
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY supplements_professional_update ON supplementation.supplements
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE supplementation.supplements OWNER TO korevitta_owner;

GRANT INSERT, SELECT, UPDATE ON TABLE supplementation.supplements TO korevitta_app;

COMMENT ON TABLE supplementation.supplements IS 'Produtos que o consultório prescreve; só o consultório os vê.';
