-- The name in lower case as the program writes it: lower() knows the letters of the database's language only, so that
-- nobody would find "Özil" by "özil". Names that are stored already get it with their next import.
ALTER TABLE parties ADD COLUMN name_lower TEXT COLLATE "C";
UPDATE parties SET name_lower = lower(name COLLATE "C");
