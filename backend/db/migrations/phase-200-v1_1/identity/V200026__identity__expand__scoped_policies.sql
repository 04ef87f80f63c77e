-- O que faz: policies por escopo (profissional, paciente, leitura) das pessoas, dos profissionais e das assinaturas,
-- ao lado das do MVP, que elas vão substituir na 1.2 (V300015).
-- Por que é seguro: policies permissivas se somam, e nenhuma destas mostra ou deixa mudar linha que a do MVP já não
-- mostrasse ou deixasse; criar uma policy bloqueia a tabela por um instante, sem ler linhas.
-- O rollback remove as policies por escopo; as do MVP continuam de pé.
SET LOCAL lock_timeout = '5s';

CREATE POLICY users_user_select ON identity.users
FOR SELECT TO korevitta_app
USING (id = (SELECT app.current_user_id()));
CREATE POLICY users_user_insert ON identity.users
FOR INSERT TO korevitta_app
WITH CHECK (id = (SELECT app.current_user_id()));
CREATE POLICY users_user_update ON identity.users
FOR UPDATE TO korevitta_app
USING (id = (SELECT app.current_user_id()))
WITH CHECK (id = (SELECT app.current_user_id()));

CREATE POLICY professionals_professional_select ON identity.professionals
FOR SELECT TO korevitta_app
USING (id = (SELECT app.current_professional_id()));
CREATE POLICY professionals_professional_update ON identity.professionals
FOR UPDATE TO korevitta_app
USING (id = (SELECT app.current_professional_id()))
WITH CHECK (id = (SELECT app.current_professional_id()));
CREATE POLICY professionals_professional_insert ON identity.professionals
FOR INSERT TO korevitta_app
WITH CHECK (id = (SELECT app.current_professional_id()) AND user_id = (SELECT app.current_user_id()));
CREATE POLICY professionals_user_select ON identity.professionals
FOR SELECT TO korevitta_app
USING (user_id = (SELECT app.current_user_id()));

CREATE POLICY subscriptions_professional_select ON identity.subscriptions
FOR SELECT TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY subscriptions_professional_insert ON identity.subscriptions
FOR INSERT TO korevitta_app
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
CREATE POLICY subscriptions_professional_update ON identity.subscriptions
FOR UPDATE TO korevitta_app
USING (professional_id = (SELECT app.current_professional_id()))
WITH CHECK (professional_id = (SELECT app.current_professional_id()));
