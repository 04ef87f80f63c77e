-- O que faz: a avaliação de um check-in ganha tabela própria, no lugar da coluna professional_notes de
-- checkin.checkins: um check-in pode ter várias, cada uma com autor e instante. A avaliação que corresponde à coluna
-- antiga é a que tem o mesmo id do check-in: assim ela é uma só e as duas formas podem ser mantidas iguais enquanto a
-- versão 1.0 e a 1.1 convivem (V200016), até a coluna sair na 1.2 (V300013).
-- Por que é seguro: só objetos novos. A chave estrangeira apaga em cascata para que a 1.0 siga apagando check-ins.
-- O rollback remove a tabela e o tipo.
SET LOCAL lock_timeout = '5s';

CREATE TYPE checkin.review_origin AS ENUM ('professional', 'note_sync', 'note_backfill');

CREATE TABLE checkin.reviews (
    id uuid NOT NULL DEFAULT app.uuid_v7(),
    professional_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    checkin_id uuid NOT NULL,
    checkin_submitted_at timestamptz NOT NULL,
    reviewer_user_id uuid,
    notes text NOT NULL,
    origin checkin.review_origin NOT NULL DEFAULT 'professional',
    reviewed_at timestamptz NOT NULL DEFAULT now(),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT reviews_pkey PRIMARY KEY (id),
    CONSTRAINT reviews_patient_id_fkey FOREIGN KEY (professional_id, patient_id)
    REFERENCES core.patients (professional_id, id),
    CONSTRAINT reviews_checkin_id_fkey FOREIGN KEY (professional_id, checkin_submitted_at, checkin_id)
    REFERENCES checkin.checkins (professional_id, submitted_at, id) ON UPDATE CASCADE ON DELETE CASCADE,
    CONSTRAINT reviews_reviewer_user_id_fkey
    FOREIGN KEY (reviewer_user_id) REFERENCES identity.users (id),
    CONSTRAINT reviews_notes_check CHECK (char_length(notes) BETWEEN 1 AND 8000)
);
CREATE INDEX reviews_checkin_id_idx ON checkin.reviews (checkin_id, checkin_submitted_at, professional_id);
CREATE INDEX reviews_patient_id_idx ON checkin.reviews (patient_id, professional_id, reviewed_at);
CREATE INDEX reviews_professional_id_idx ON checkin.reviews (professional_id, reviewed_at);
CREATE INDEX reviews_reviewer_user_id_idx ON checkin.reviews (reviewer_user_id);

CREATE TRIGGER reviews_touch_updated_at
BEFORE UPDATE ON checkin.reviews
FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE checkin.reviews ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkin.reviews FORCE ROW LEVEL SECURITY;
CREATE POLICY reviews_maintenance ON checkin.reviews
FOR ALL TO korevitta_owner
USING ((SELECT app.maintenance_enabled()))
WITH CHECK ((SELECT app.maintenance_enabled()));
CREATE POLICY reviews_professional_select ON checkin.reviews
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY reviews_professional_insert ON checkin.reviews
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY reviews_professional_update ON checkin.reviews
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY reviews_patient_select ON checkin.reviews
FOR SELECT TO korevitta_app
USING (patient_id = ANY((SELECT core.current_patient_ids())::uuid[]));
GRANT SELECT, INSERT, UPDATE ON checkin.reviews TO korevitta_app;

COMMENT ON TYPE checkin.review_origin IS
'Origem de uma avaliação: escrita na 1.1, copiada da nota ao gravar ou copiada pelo backfill.';
COMMENT ON TABLE checkin.reviews IS 'Avaliações que o profissional faz de um check-in.';
COMMENT ON COLUMN checkin.reviews.origin IS
'Quem gravou: o profissional na 1.1, a sincronização com a coluna antiga ou o backfill.';
