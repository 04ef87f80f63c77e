-- Desfaz V300015: as policies do MVP voltam, ao lado das de escopo.
SET LOCAL lock_timeout = '5s';

CREATE POLICY users_mvp_user_select ON identity.users
FOR SELECT TO korevitta_app
USING (id = (SELECT app.current_user_id()));
CREATE POLICY users_mvp_user_insert ON identity.users
FOR INSERT TO korevitta_app
WITH CHECK (id = (SELECT app.current_user_id()));
CREATE POLICY users_mvp_user_update ON identity.users
FOR UPDATE TO korevitta_app
USING (id = (SELECT app.current_user_id()))
WITH CHECK (id = (SELECT app.current_user_id()));

CREATE POLICY professionals_mvp_professional_select ON identity.professionals
FOR SELECT TO korevitta_app
USING (id = (SELECT app.current_professional_id()));
CREATE POLICY professionals_mvp_professional_update ON identity.professionals
FOR UPDATE TO korevitta_app
USING (id = (SELECT app.current_professional_id()))
WITH CHECK (id = (SELECT app.current_professional_id()));
CREATE POLICY professionals_mvp_professional_insert ON identity.professionals
FOR INSERT TO korevitta_app
WITH CHECK (id = (SELECT app.current_professional_id()) AND user_id = (SELECT app.current_user_id()));
CREATE POLICY professionals_mvp_user_select ON identity.professionals
FOR SELECT TO korevitta_app
USING (user_id = (SELECT app.current_user_id()));

CREATE POLICY subscriptions_mvp_professional_select ON identity.subscriptions
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY subscriptions_mvp_professional_insert ON identity.subscriptions
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY subscriptions_mvp_professional_update ON identity.subscriptions
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
