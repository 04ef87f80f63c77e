CREATE SEQUENCE receipts AS bigint MAXVALUE 99999; -- expect
