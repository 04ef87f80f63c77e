DROP TABLE core.notes;
