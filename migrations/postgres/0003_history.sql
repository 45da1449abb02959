ALTER TABLE reps ADD COLUMN team TEXT COLLATE "C";
ALTER TABLE reps ADD COLUMN manager TEXT COLLATE "C";
ALTER TABLE reps ADD COLUMN active BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE reps ADD COLUMN no_coaching BOOLEAN NOT NULL DEFAULT FALSE;

-- With whom a result may be compared: copied from its scorecard, so that peers are read from one index.
ALTER TABLE current ADD COLUMN role TEXT COLLATE "C";
ALTER TABLE current ADD COLUMN analyst TEXT COLLATE "C";
UPDATE current SET role = scorecards.role, analyst = scorecards.analyst
    FROM scorecards WHERE scorecards.id = scorecard_id;
CREATE INDEX current_peers ON current (dimension, role, analyst, started_at, rep_id, score);

-- What was measured on a call for a coached person, as last computed.
CREATE TABLE measured (
    call_id BIGINT NOT NULL REFERENCES calls (id),
    rep_id BIGINT NOT NULL REFERENCES reps (id),
    metrics JSONB NOT NULL,
    PRIMARY KEY (call_id, rep_id)
);

CREATE INDEX objections_type ON objections (type, status, answers_id);
CREATE INDEX calls_product_lower ON calls (lower(product), started_at);
CREATE INDEX topics_name_lower ON topics (lower(name), call_id);
-- The order of lists. SQLite reads its index backwards for it; here an index in this very order is needed.
CREATE INDEX calls_newest ON calls (started_at DESC NULLS LAST, id DESC NULLS LAST);
