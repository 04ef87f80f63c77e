CREATE TYPE public.tag_kind AS ENUM ('pessoal', 'clinica');
