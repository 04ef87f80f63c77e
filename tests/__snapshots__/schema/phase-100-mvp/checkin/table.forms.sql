CREATE TABLE checkin.forms (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    form_template_id uuid,
    name text NOT NULL,
    form_schema jsonb NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT forms_pkey PRIMARY KEY (id),
    CONSTRAINT forms_professional_id_id_key UNIQUE (professional_id, id),
    CONSTRAINT forms_form_schema_check CHECK ((jsonb_typeof(form_schema) = 'object'::text)),
    CONSTRAINT forms_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 120)))
);

ALTER TABLE checkin.forms
    ADD CONSTRAINT forms_form_template_id_fkey FOREIGN KEY (form_template_id) REFERENCES checkin.form_templates(id);

ALTER TABLE checkin.forms
    ADD CONSTRAINT forms_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES identity.professionals(id);

CREATE INDEX forms_form_template_id_idx ON checkin.forms USING btree (form_template_id);
CREATE INDEX forms_professional_id_active_idx ON checkin.forms USING btree (professional_id, name) WHERE (is_active AND (deleted_at IS NULL));

CREATE TRIGGER forms_touch_updated_at BEFORE UPDATE ON checkin.forms FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE checkin.forms ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkin.forms FORCE ROW LEVEL SECURITY;

CREATE POLICY forms_maintenance ON checkin.forms
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY forms_mvp_patient_select ON checkin.forms
    FOR SELECT TO korevitta_app
    USING (professional_id = ANY (( SELECT core.current_patient_professional_ids() AS current_patient_professional_ids)::uuid[]));

CREATE POLICY forms_mvp_professional_insert ON checkin.forms
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY forms_mvp_professional_select ON checkin.forms
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY forms_mvp_professional_update ON checkin.forms
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE checkin.forms OWNER TO korevitta_owner;

GRANT INSERT, SELECT, UPDATE ON TABLE checkin.forms TO korevitta_app;

COMMENT ON TABLE checkin.forms IS 'Formulários de um consultório, criados do zero ou a partir de um modelo.';
