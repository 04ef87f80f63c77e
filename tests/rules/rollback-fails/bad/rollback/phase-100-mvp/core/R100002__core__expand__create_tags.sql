-- A ordem está trocada: a visão ainda depende da tabela.
DROP TABLE public.tags;
DROP VIEW public.tag_labels;
