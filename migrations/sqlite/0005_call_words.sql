-- The different words of each block of lines, so that a word that is said on every call is found without reading every
-- line that holds it. rowid = id of the block's first line; a call is one block, unless it is very long.
CREATE VIRTUAL TABLE call_words USING fts5 (
    words,
    content = '',
    contentless_delete = 1,
    detail = none,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'"
);

CREATE VIRTUAL TABLE words_so_far USING fts5vocab (line_index, instance);
INSERT INTO call_words (rowid, words) SELECT min(doc), group_concat(DISTINCT term) FROM words_so_far GROUP BY doc >> 10;
DROP TABLE words_so_far;
-- A call without a word, such as "…", has a block too.
INSERT INTO call_words (rowid, words) SELECT (current_transcript_id << 20) + 1, '' FROM calls
    WHERE current_transcript_id IS NOT NULL AND current_transcript_id NOT IN (SELECT rowid >> 20 FROM call_words);

-- From a concern to its call without reading the rows of the results between them.
DROP INDEX current_scorecard_id;
CREATE INDEX current_scorecard_id ON current (scorecard_id, started_at, call_id, rep_id);
