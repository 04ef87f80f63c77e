CREATE TABLE progress.progress_photos (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    photo_position_id uuid NOT NULL,
    taken_on date NOT NULL,
    storage_key text NOT NULL,
    sha256 bytea,
    width_px integer,
    height_px integer,
    byte_size bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT progress_photos_pkey PRIMARY KEY (id),
    CONSTRAINT progress_photos_storage_key_key UNIQUE (storage_key),
    CONSTRAINT progress_photos_byte_size_check CHECK ((byte_size > 0)),
    CONSTRAINT progress_photos_height_px_check CHECK ((height_px > 0)),
    CONSTRAINT progress_photos_sha256_check CHECK ((octet_length(sha256) = 32)),
    CONSTRAINT progress_photos_storage_key_check CHECK (((char_length(storage_key) >= 1) AND (char_length(storage_key) <= 400))),
    CONSTRAINT progress_photos_width_px_check CHECK ((width_px > 0))
);

ALTER TABLE progress.progress_photos
    ADD CONSTRAINT progress_photos_patient_id_fkey FOREIGN KEY (professional_id, patient_id) REFERENCES core.patients(professional_id, id);

ALTER TABLE progress.progress_photos
    ADD CONSTRAINT progress_photos_photo_position_id_fkey FOREIGN KEY (photo_position_id) REFERENCES progress.photo_positions(id);

CREATE INDEX progress_photos_patient_id_idx ON progress.progress_photos USING btree (patient_id, professional_id, taken_on);
CREATE INDEX progress_photos_photo_position_id_idx ON progress.progress_photos USING btree (photo_position_id);
CREATE INDEX progress_photos_professional_id_idx ON progress.progress_photos USING btree (professional_id, taken_on);

CREATE TRIGGER progress_photos_touch_updated_at BEFORE UPDATE ON progress.progress_photos FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE progress.progress_photos ENABLE ROW LEVEL SECURITY;
ALTER TABLE progress.progress_photos FORCE ROW LEVEL SECURITY;

CREATE POLICY progress_photos_maintenance ON progress.progress_photos
    FOR ALL TO korevitta_owner
    USING (( SELECT app.maintenance_enabled() AS maintenance_enabled))
    WITH CHECK (( SELECT app.maintenance_enabled() AS maintenance_enabled));

CREATE POLICY progress_photos_patient_insert ON progress.progress_photos
    FOR INSERT TO korevitta_app
    WITH CHECK (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY progress_photos_patient_select ON progress.progress_photos
    FOR SELECT TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY progress_photos_patient_update ON progress.progress_photos
    FOR UPDATE TO korevitta_app
    USING (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]))
    WITH CHECK (patient_id = ANY (( SELECT core.current_patient_ids() AS current_patient_ids)::uuid[]));

CREATE POLICY progress_photos_professional_insert ON progress.progress_photos
    FOR INSERT TO korevitta_app
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY progress_photos_professional_select ON progress.progress_photos
    FOR SELECT TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

CREATE POLICY progress_photos_professional_update ON progress.progress_photos
    FOR UPDATE TO korevitta_app
    USING (professional_id = ( SELECT app.current_professional_id() AS current_professional_id))
    WITH CHECK (professional_id = ( SELECT app.current_professional_id() AS current_professional_id));

ALTER TABLE progress.progress_photos OWNER TO korevitta_owner;

GRANT INSERT, SELECT, UPDATE ON TABLE progress.progress_photos TO korevitta_app;

COMMENT ON TABLE progress.progress_photos IS 'Fotos de progresso de um paciente; dado sensível, some para todos com deleted_at.';
COMMENT ON COLUMN progress.progress_photos.storage_key IS 'Chave do arquivo no armazenamento de objetos, nunca um endereço público.';
