CREATE TABLE protocol.protocol_modules (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    protocol_id uuid NOT NULL,
    kind protocol.module_kind NOT NULL,
    title text NOT NULL,
    instructions text,
    "position" smallint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT protocol_modules_pkey PRIMARY KEY (id),
    CONSTRAINT protocol_modules_scope_key UNIQUE (professional_id, patient_id, id),
    CONSTRAINT protocol_modules_instructions_check CHECK (((char_length(instructions) >= 1) AND (char_length(instructions) <= 20000))),
    CONSTRAINT protocol_modules_position_check CHECK (("position" > 0)),
    CONSTRAINT protocol_modules_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 200)))
);

ALTER TABLE protocol.protocol_modules
    ADD CONSTRAINT protocol_modules_patient_id_fkey FOREIGN KEY (professional_id, patient_id) REFERENCES core.patients(professional_id, id);

ALTER TABLE protocol.protocol_modules
    ADD CONSTRAINT protocol_modules_protocol_id_fkey FOREIGN KEY (professional_id, patient_id, protocol_id) REFERENCES protocol.protocols(professional_id, patient_id, id) ON DELETE CASCADE;

CREATE INDEX protocol_modules_patient_id_idx ON protocol.protocol_modules USING btree (patient_id);
CREATE INDEX protocol_modules_protocol_id_idx ON protocol.protocol_modules USING btree (protocol_id, professional_id, patient_id);

CREATE UNIQUE INDEX protocol_modules_protocol_id_kind_key ON protocol.protocol_modules USING btree (protocol_id, kind) WHERE (deleted_at IS NULL);

CREATE TRIGGER protocol_modules_touch_updated_at BEFORE UPDATE ON protocol.protocol_modules FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE protocol.protocol_modules ENABLE ROW LEVEL SECURITY;
ALTER TABLE protocol.protocol_modules FORCE ROW LEVEL SECURITY;

CREATE POLICY protocol_modules_maintenance ON protocol.protocol_modules
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY protocol_modules_patient_select ON protocol.protocol_modules
    FOR SELECT TO korevitta_app
    USING ((patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[])) AND (deleted_at IS NULL));

CREATE POLICY protocol_modules_professional_insert ON protocol.protocol_modules
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY protocol_modules_professional_select ON protocol.protocol_modules
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY protocol_modules_professional_update ON protocol.protocol_modules
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE protocol.protocol_modules OWNER TO korevitta_owner;

GRANT INSERT, SELECT, UPDATE ON TABLE protocol.protocol_modules TO korevitta_app;

COMMENT ON TABLE protocol.protocol_modules IS 'Módulos de um protocolo, um por frente; os planos pendem deles.';
