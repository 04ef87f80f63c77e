ALTER TABLE public.notes DROP COLUMN summary;
-- Refeita sem necessidade, a coluna volta em último lugar.
ALTER TABLE public.notes DROP COLUMN length;
ALTER TABLE public.notes
ADD COLUMN length integer GENERATED ALWAYS AS (length(body)) STORED;
