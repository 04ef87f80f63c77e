CREATE TABLE protocol.protocols (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    title text NOT NULL,
    objective text,
    status protocol.protocol_status DEFAULT 'draft'::protocol.protocol_status NOT NULL,
    starts_on date,
    ends_on date,
    activated_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    template_id uuid,
    goal_id uuid,
    CONSTRAINT protocols_pkey PRIMARY KEY (id),
    CONSTRAINT protocols_scope_key UNIQUE (professional_id, patient_id, id),
    CONSTRAINT protocols_ends_on_check CHECK ((ends_on >= starts_on)),
    CONSTRAINT protocols_objective_check CHECK (((char_length(objective) >= 1) AND (char_length(objective) <= 4000))),
    CONSTRAINT protocols_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 200)))
);

ALTER TABLE protocol.protocols
    ADD CONSTRAINT protocols_goal_id_fkey FOREIGN KEY (professional_id, patient_id, goal_id) REFERENCES core.goals(professional_id, patient_id, id);

ALTER TABLE protocol.protocols
    ADD CONSTRAINT protocols_patient_id_fkey FOREIGN KEY (professional_id, patient_id) REFERENCES core.patients(professional_id, id);

ALTER TABLE protocol.protocols
    ADD CONSTRAINT protocols_template_id_fkey FOREIGN KEY (professional_id, template_id) REFERENCES protocol.protocol_templates(professional_id, id);

CREATE INDEX protocols_goal_id_idx ON protocol.protocols USING btree (goal_id, professional_id, patient_id);

CREATE UNIQUE INDEX protocols_patient_id_active_key ON protocol.protocols USING btree (patient_id) WHERE ((status = 'active'::protocol.protocol_status) AND (deleted_at IS NULL));

CREATE INDEX protocols_patient_id_idx ON protocol.protocols USING btree (patient_id, created_at);
CREATE INDEX protocols_template_id_idx ON protocol.protocols USING btree (professional_id, template_id);

CREATE TRIGGER protocols_touch_updated_at BEFORE UPDATE ON protocol.protocols FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE protocol.protocols ENABLE ROW LEVEL SECURITY;
ALTER TABLE protocol.protocols FORCE ROW LEVEL SECURITY;

CREATE POLICY protocols_maintenance ON protocol.protocols
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY protocols_mvp_patient_select ON protocol.protocols
    FOR SELECT TO korevitta_app
    USING ((patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[])) AND (status <> 'draft'::protocol.protocol_status));

CREATE POLICY protocols_mvp_professional_insert ON protocol.protocols
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY protocols_mvp_professional_select ON protocol.protocols
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY protocols_mvp_professional_update ON protocol.protocols
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY protocols_patient_select ON protocol.protocols
    FOR SELECT TO korevitta_app
    USING ((patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[])) AND (status <> 'draft'::protocol.protocol_status) AND (deleted_at IS NULL));

CREATE POLICY protocols_professional_insert ON protocol.protocols
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY protocols_professional_select ON protocol.protocols
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY protocols_professional_update ON protocol.protocols
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE protocol.protocols OWNER TO korevitta_owner;

GRANT INSERT, SELECT, UPDATE ON TABLE protocol.protocols TO korevitta_app;

COMMENT ON TABLE protocol.protocols IS 'Protocolos integrados de um paciente: nutrição, treino, suplementação e hidratação em um só pacote.';
COMMENT ON COLUMN protocol.protocols.template_id IS 'Modelo de que o protocolo nasceu; NULL se escrito do zero.';
COMMENT ON COLUMN protocol.protocols.goal_id IS 'Objetivo do paciente que o protocolo persegue.';
COMMENT ON CONSTRAINT protocols_scope_key ON protocol.protocols IS 'Alvo das chaves estrangeiras dos filhos: consultório e paciente vão junto e não podem divergir.';
