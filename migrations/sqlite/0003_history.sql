ALTER TABLE reps ADD COLUMN team TEXT;
ALTER TABLE reps ADD COLUMN manager TEXT;
ALTER TABLE reps ADD COLUMN active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1));
ALTER TABLE reps ADD COLUMN no_coaching INTEGER NOT NULL DEFAULT 0 CHECK (no_coaching IN (0, 1));

-- With whom a result may be compared: copied from its scorecard, so that peers are read from one index.
ALTER TABLE current ADD COLUMN role TEXT;
ALTER TABLE current ADD COLUMN analyst TEXT;
UPDATE current SET role = (SELECT role FROM scorecards WHERE id = scorecard_id),
    analyst = (SELECT analyst FROM scorecards WHERE id = scorecard_id);
CREATE INDEX current_peers ON current (dimension, role, analyst, started_at, rep_id, score);

-- What was measured on a call for a coached person, as last computed.
CREATE TABLE measured (
    call_id INTEGER NOT NULL REFERENCES calls (id),
    rep_id INTEGER NOT NULL REFERENCES reps (id),
    metrics TEXT NOT NULL CHECK (json_valid(metrics)),
    PRIMARY KEY (call_id, rep_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX objections_type ON objections (type, status, answers_id);
CREATE INDEX calls_product_lower ON calls (lower(product), started_at);
CREATE INDEX topics_name_lower ON topics (lower(name), call_id);
