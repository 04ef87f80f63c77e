-- Locais do corpo que se medem. O slug identifica; repetir o seed só grava o que mudou. A unidade de um local nunca
-- muda: as medidas já feitas estão nela.
INSERT INTO progress.body_sites AS b (slug, name, kind, unit, sort_order)
VALUES
('peso-corporal', 'Peso corporal', 'weight', 'kg', 10),
('pescoco', 'Pescoço', 'circumference', 'cm', 20),
('ombros', 'Ombros', 'circumference', 'cm', 21),
('torax', 'Tórax', 'circumference', 'cm', 22),
('cintura', 'Cintura', 'circumference', 'cm', 23),
('abdomen', 'Abdômen', 'circumference', 'cm', 24),
('quadril', 'Quadril', 'circumference', 'cm', 25),
('braco-direito-relaxado', 'Braço direito relaxado', 'circumference', 'cm', 30),
('braco-esquerdo-relaxado', 'Braço esquerdo relaxado', 'circumference', 'cm', 31),
('braco-direito-contraido', 'Braço direito contraído', 'circumference', 'cm', 32),
('braco-esquerdo-contraido', 'Braço esquerdo contraído', 'circumference', 'cm', 33),
('antebraco-direito', 'Antebraço direito', 'circumference', 'cm', 34),
('antebraco-esquerdo', 'Antebraço esquerdo', 'circumference', 'cm', 35),
('coxa-direita', 'Coxa direita', 'circumference', 'cm', 40),
('coxa-esquerda', 'Coxa esquerda', 'circumference', 'cm', 41),
('panturrilha-direita', 'Panturrilha direita', 'circumference', 'cm', 42),
('panturrilha-esquerda', 'Panturrilha esquerda', 'circumference', 'cm', 43),
('dobra-tricipital', 'Dobra tricipital', 'skinfold', 'mm', 50),
('dobra-bicipital', 'Dobra bicipital', 'skinfold', 'mm', 51),
('dobra-subescapular', 'Dobra subescapular', 'skinfold', 'mm', 52),
('dobra-peitoral', 'Dobra peitoral', 'skinfold', 'mm', 53),
('dobra-axilar-media', 'Dobra axilar média', 'skinfold', 'mm', 54),
('dobra-suprailiaca', 'Dobra suprailíaca', 'skinfold', 'mm', 55),
('dobra-abdominal', 'Dobra abdominal', 'skinfold', 'mm', 56),
('dobra-da-coxa', 'Dobra da coxa', 'skinfold', 'mm', 57),
('dobra-da-panturrilha', 'Dobra da panturrilha', 'skinfold', 'mm', 58)
ON CONFLICT (slug) DO UPDATE
    SET
        name = excluded.name,
        sort_order = excluded.sort_order
    WHERE (b.name, b.sort_order) IS DISTINCT FROM (excluded.name, excluded.sort_order);
