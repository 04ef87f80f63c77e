-- Desfaz V200007: os registros das fotos e o catálogo de posições deixam de existir (os arquivos não são tocados).
SET LOCAL lock_timeout = '5s';

DROP TABLE progress.progress_photos;
DROP TABLE progress.photo_positions;
