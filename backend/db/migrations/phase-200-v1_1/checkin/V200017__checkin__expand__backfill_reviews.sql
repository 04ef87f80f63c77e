-- O que faz: copia para checkin.reviews as notas gravadas antes da V200016, em lotes com COMMIT entre eles.
-- Por que é seguro: cada lote bloqueia só as suas linhas, por instantes. Parado (ops.stop_backfill) ou interrompido,
-- executar de novo retoma do último lote confirmado; em volume de produção também pode ser chamado aos poucos, com
-- max_batches.
-- O rollback apaga o que o backfill copiou e devolve o registro ao início.
CALL ops.run_backfill('checkin-reviews-from-notes', 1000);
