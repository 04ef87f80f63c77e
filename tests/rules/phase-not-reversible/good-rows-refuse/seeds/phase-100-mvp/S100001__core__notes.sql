INSERT INTO public.notes (body)
SELECT 'Uma anotação que não cabe na coluna antiga.'
WHERE NOT EXISTS (SELECT 1 FROM public.notes);
