CREATE TABLE checkin.reviews (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    checkin_id uuid NOT NULL,
    checkin_submitted_at timestamp with time zone NOT NULL,
    reviewer_user_id uuid,
    notes text NOT NULL,
    origin checkin.review_origin DEFAULT 'professional'::checkin.review_origin NOT NULL,
    reviewed_at timestamp with time zone DEFAULT now() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT reviews_pkey PRIMARY KEY (id),
    CONSTRAINT reviews_notes_check CHECK (((char_length(notes) >= 1) AND (char_length(notes) <= 8000)))
);

ALTER TABLE checkin.reviews
    ADD CONSTRAINT reviews_checkin_id_fkey FOREIGN KEY (professional_id, checkin_submitted_at, checkin_id) REFERENCES checkin.checkins(professional_id, submitted_at, id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE checkin.reviews
    ADD CONSTRAINT reviews_patient_id_fkey FOREIGN KEY (professional_id, patient_id) REFERENCES core.patients(professional_id, id);

ALTER TABLE checkin.reviews
    ADD CONSTRAINT reviews_reviewer_user_id_fkey FOREIGN KEY (reviewer_user_id) REFERENCES identity.users(id);

CREATE INDEX reviews_checkin_id_idx ON checkin.reviews USING btree (checkin_id, checkin_submitted_at, professional_id);
CREATE INDEX reviews_patient_id_idx ON checkin.reviews USING btree (patient_id, professional_id, reviewed_at);
CREATE INDEX reviews_professional_id_idx ON checkin.reviews USING btree (professional_id, reviewed_at);
CREATE INDEX reviews_reviewer_user_id_idx ON checkin.reviews USING btree (reviewer_user_id);

CREATE TRIGGER reviews_audit AFTER INSERT OR DELETE OR UPDATE ON checkin.reviews FOR EACH ROW EXECUTE FUNCTION audit.capture('patient_id');
CREATE TRIGGER reviews_touch_updated_at BEFORE UPDATE ON checkin.reviews FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE checkin.reviews ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkin.reviews FORCE ROW LEVEL SECURITY;

CREATE POLICY reviews_maintenance ON checkin.reviews
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY reviews_patient_select ON checkin.reviews
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY reviews_professional_insert ON checkin.reviews
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY reviews_professional_select ON checkin.reviews
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY reviews_professional_update ON checkin.reviews
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE checkin.reviews OWNER TO korevitta_owner;

GRANT INSERT, SELECT, UPDATE ON TABLE checkin.reviews TO korevitta_app;

COMMENT ON TABLE checkin.reviews IS 'Avaliações que o profissional faz de um check-in.';
COMMENT ON COLUMN checkin.reviews.origin IS 'Quem gravou: o profissional na 1.1, a sincronização com a coluna antiga ou o backfill.';
