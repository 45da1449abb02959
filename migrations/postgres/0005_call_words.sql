-- The different words of each block of lines, so that a word that is said on every call is found without reading every
-- line that holds it. id = id of the block's first line; a call is one block, unless it is very long.
CREATE TABLE call_words (
    id BIGINT PRIMARY KEY,
    words TSVECTOR NOT NULL
);

INSERT INTO call_words (id, words)
    SELECT min(id), array_to_tsvector(array_agg(DISTINCT word))
    FROM line_index, unnest(tsvector_to_array(words)) AS word GROUP BY id >> 10;

-- A call without a word, such as "…", has a block too.
INSERT INTO call_words (id, words) SELECT (current_transcript_id << 20) + 1, '' FROM calls
    WHERE current_transcript_id IS NOT NULL AND current_transcript_id NOT IN (SELECT id >> 20 FROM call_words);

CREATE INDEX call_words_words ON call_words USING GIN (words);

-- The planner thinks it cheap to read the whole table, since it does not count the long values that are stored apart.
CREATE FUNCTION call_words_with (wanted TSQUERY) RETURNS SETOF BIGINT LANGUAGE sql STABLE
    SET enable_seqscan = off
    AS 'SELECT id FROM call_words WHERE words @@ wanted';

-- From a concern to its call without reading the rows of the results between them.
DROP INDEX scorecards_answers_id;
CREATE INDEX scorecards_answers_id ON scorecards (answers_id, id);
DROP INDEX current_scorecard_id;
CREATE INDEX current_scorecard_id ON current (scorecard_id, started_at, call_id, rep_id);
