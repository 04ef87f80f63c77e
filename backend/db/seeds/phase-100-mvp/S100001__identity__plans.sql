-- Planos comerciais. O slug identifica o plano; o seed é a verdade sobre os demais campos e só grava o que mudou.
INSERT INTO identity.plans AS p (
    slug,
    name,
    description,
    billing_period,
    price_cents,
    patient_limit,
    sort_order
)
VALUES
('inicial-mensal', 'Inicial', 'Para começar: até 15 pacientes em acompanhamento.', 'monthly', 4990, 15, 10),
('inicial-anual', 'Inicial anual', 'Inicial com dois meses de desconto.', 'yearly', 49900, 15, 11),
('profissional-mensal', 'Profissional', 'Agenda cheia: até 60 pacientes.', 'monthly', 9990, 60, 20),
('profissional-anual', 'Profissional anual', 'Profissional com dois meses de desconto.', 'yearly', 99900, 60, 21),
('clinica-mensal', 'Clínica', 'Até 200 pacientes, com identidade visual própria.', 'monthly', 19990, 200, 30),
('clinica-anual', 'Clínica anual', 'Clínica com dois meses de desconto.', 'yearly', 199900, 200, 31),
('ilimitado-mensal', 'Ilimitado', 'Sem limite de pacientes.', 'monthly', 34990, NULL, 40)
ON CONFLICT (slug) DO UPDATE
    SET
        name = excluded.name,
        description = excluded.description,
        billing_period = excluded.billing_period,
        price_cents = excluded.price_cents,
        patient_limit = excluded.patient_limit,
        sort_order = excluded.sort_order
    WHERE
    (p.name, p.description, p.billing_period, p.price_cents, p.patient_limit, p.sort_order)
    IS DISTINCT FROM (
        excluded.name,
        excluded.description,
        excluded.billing_period,
        excluded.price_cents,
        excluded.patient_limit,
        excluded.sort_order
    );
