INSERT INTO public.tags (label)
SELECT 'jejum'
WHERE NOT EXISTS (SELECT 1 FROM public.tags);
