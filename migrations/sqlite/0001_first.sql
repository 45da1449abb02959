-- Instants are milliseconds since 1970 in UTC. A word such as a status is checked by the program that writes it, so
-- that a new word needs no new table.

CREATE TABLE calls (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- what people type as c412: never used twice
    source TEXT NOT NULL,
    ext_id TEXT NOT NULL,
    title TEXT,
    started_at INTEGER,
    duration_ms INTEGER,
    url TEXT,
    call_type TEXT,
    product TEXT,
    account TEXT,
    workspace_id TEXT,
    is_private INTEGER NOT NULL CHECK (is_private IN (0, 1)),
    current_transcript_id INTEGER REFERENCES transcripts (id),
    UNIQUE (source, ext_id)
) STRICT;
CREATE INDEX calls_ext_id ON calls (ext_id);
CREATE INDEX calls_url ON calls (url);
CREATE INDEX calls_started_at ON calls (started_at, id);
CREATE INDEX calls_product ON calls (product, started_at);
CREATE INDEX calls_call_type ON calls (call_type, started_at);

-- Versions of a call's words. A version is kept while a result cites it.
CREATE TABLE transcripts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    call_id INTEGER NOT NULL REFERENCES calls (id),
    hash TEXT NOT NULL,
    timed INTEGER NOT NULL CHECK (timed IN (0, 1)),
    words INTEGER NOT NULL,
    imported_at INTEGER NOT NULL,
    UNIQUE (call_id, hash)
) STRICT;

-- The id is transcript_id << 20 | n: the lines of a transcript lie side by side and need no second index.
CREATE TABLE lines (
    id INTEGER PRIMARY KEY,
    party_n INTEGER,
    start_ms INTEGER,
    end_ms INTEGER,
    text TEXT NOT NULL,
    utterances TEXT NOT NULL CHECK (json_valid(utterances))
) STRICT;

-- The words of current transcripts, already cut and stemmed by the program; rowid = lines.id.
CREATE VIRTUAL TABLE line_index USING fts5 (
    words,
    content = '',
    contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'"
);

CREATE TABLE reps (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT,
    role TEXT
) STRICT;

CREATE TABLE rep_keys (
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    rep_id INTEGER NOT NULL REFERENCES reps (id),
    PRIMARY KEY (kind, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX rep_keys_rep_id ON rep_keys (rep_id);

CREATE TABLE parties (
    call_id INTEGER NOT NULL REFERENCES calls (id),
    n INTEGER NOT NULL,
    speaker_key TEXT,
    name TEXT,
    email TEXT,
    title TEXT,
    side TEXT NOT NULL,
    side_source TEXT,
    rep_id INTEGER REFERENCES reps (id),
    spoke INTEGER NOT NULL CHECK (spoke IN (0, 1)),
    PRIMARY KEY (call_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX parties_rep_id ON parties (rep_id, call_id);
CREATE INDEX parties_email ON parties (email);

-- What an analyst said about one dimension: dear to get, never changed.
CREATE TABLE answers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    answers_key TEXT NOT NULL,
    call_id INTEGER NOT NULL REFERENCES calls (id),
    transcript_id INTEGER NOT NULL REFERENCES transcripts (id),
    rep_id INTEGER NOT NULL REFERENCES reps (id),
    dimension TEXT NOT NULL,
    analyst TEXT NOT NULL,
    model TEXT NOT NULL,
    questions_hash TEXT NOT NULL,
    prompt_hash TEXT,
    verdicts TEXT NOT NULL CHECK (json_valid(verdicts)),
    claimed INTEGER NOT NULL,
    verified INTEGER NOT NULL,
    input_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    cache_read_tokens INTEGER NOT NULL,
    cache_write_tokens INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    cost_microusd INTEGER,
    request_id TEXT,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX answers_key ON answers (answers_key, created_at);
CREATE INDEX answers_call_id ON answers (call_id);
CREATE INDEX answers_transcript_id ON answers (transcript_id);

CREATE TABLE objections (
    answers_id INTEGER NOT NULL REFERENCES answers (id),
    n INTEGER NOT NULL,
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    severity INTEGER NOT NULL,
    implicit INTEGER NOT NULL CHECK (implicit IN (0, 1)),
    line INTEGER NOT NULL,
    start_ms INTEGER,
    end_ms INTEGER,
    quote TEXT NOT NULL,
    repeats TEXT NOT NULL CHECK (json_valid(repeats)),
    response_line INTEGER,
    response_start_ms INTEGER,
    response_end_ms INTEGER,
    response_quote TEXT,
    parked_until TEXT,
    PRIMARY KEY (answers_id, n)
) STRICT, WITHOUT ROWID;

-- Scores computed from answers; append-only. The overall score has a row of its own, with the dimension 'overall'
-- and without answers, so that one rule says which result is current.
CREATE TABLE scorecards (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    call_id INTEGER NOT NULL REFERENCES calls (id),
    rep_id INTEGER NOT NULL REFERENCES reps (id),
    dimension TEXT NOT NULL,
    answers_id INTEGER REFERENCES answers (id),
    analyst TEXT NOT NULL,
    rubric_id TEXT NOT NULL,
    rubric_version TEXT NOT NULL,
    rubric_hash TEXT NOT NULL,
    role TEXT NOT NULL,
    standing TEXT NOT NULL,
    status TEXT NOT NULL,
    score REAL,
    coverage REAL,
    created_at INTEGER NOT NULL,
    CHECK ((answers_id IS NULL) = (dimension = 'overall'))
) STRICT;
CREATE INDEX scorecards_result ON scorecards (call_id, rep_id, dimension, created_at);
CREATE INDEX scorecards_answers_id ON scorecards (answers_id);

-- The result that counts, one a call, rep and dimension.
CREATE TABLE current (
    call_id INTEGER NOT NULL REFERENCES calls (id),
    rep_id INTEGER NOT NULL REFERENCES reps (id),
    dimension TEXT NOT NULL,
    scorecard_id INTEGER NOT NULL REFERENCES scorecards (id),
    score REAL,
    started_at INTEGER,
    PRIMARY KEY (call_id, rep_id, dimension)
) STRICT, WITHOUT ROWID;
CREATE INDEX current_rep_id ON current (rep_id, dimension, started_at);
CREATE INDEX current_score ON current (dimension, score);
CREATE INDEX current_scorecard_id ON current (scorecard_id);

CREATE TABLE corrections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    call_id INTEGER NOT NULL REFERENCES calls (id),
    rep_id INTEGER NOT NULL REFERENCES reps (id),
    check_id TEXT NOT NULL,
    verdict TEXT NOT NULL,
    line INTEGER,
    note TEXT,
    made_by TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX corrections_call_id ON corrections (call_id, rep_id, check_id);

-- What a person had removed must not come back with the next import.
CREATE TABLE tombstones (
    source TEXT NOT NULL,
    ext_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (source, ext_id)
) STRICT, WITHOUT ROWID;
