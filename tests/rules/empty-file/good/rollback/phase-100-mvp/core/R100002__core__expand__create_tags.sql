-- desfaz
DROP TABLE tags;
