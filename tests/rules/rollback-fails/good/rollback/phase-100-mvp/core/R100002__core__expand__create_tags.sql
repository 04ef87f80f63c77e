-- A ordem inversa: primeiro o que depende da tabela.
DROP VIEW public.tag_labels;
DROP TABLE public.tags;
