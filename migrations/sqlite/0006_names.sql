-- The name in lower case as the program writes it: SQLite's lower() knows English letters only, so that nobody would find
-- "Özil" by "özil". Names that are stored already get it with their next import.
ALTER TABLE parties ADD COLUMN name_lower TEXT;
UPDATE parties SET name_lower = lower(name);
