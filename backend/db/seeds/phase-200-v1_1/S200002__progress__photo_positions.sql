-- Posições das fotos de progresso. O slug identifica; repetir o seed só grava o que mudou.
INSERT INTO progress.photo_positions AS p (slug, name, instructions, sort_order)
VALUES
('frente', 'Frente', 'Braços soltos ao lado do corpo, pés na largura do quadril.', 10),
('costas', 'Costas', 'De costas para a câmera, braços soltos, olhar para a frente.', 20),
('lado-direito', 'Lado direito', 'Perfil direito, braços levemente à frente para mostrar a cintura.', 30),
('lado-esquerdo', 'Lado esquerdo', 'Perfil esquerdo, braços levemente à frente para mostrar a cintura.', 40),
('frente-contraida', 'Frente contraída', 'Como a de frente, com a musculatura contraída.', 50),
('costas-contraida', 'Costas contraída', 'Como a de costas, com a musculatura contraída.', 60),
('livre', 'Livre', 'Uma foto fora do padrão, quando o profissional pedir.', 90)
ON CONFLICT (slug) DO UPDATE
    SET
        name = excluded.name,
        instructions = excluded.instructions,
        sort_order = excluded.sort_order
    WHERE
    (p.name, p.instructions, p.sort_order)
    IS DISTINCT FROM (excluded.name, excluded.instructions, excluded.sort_order);
