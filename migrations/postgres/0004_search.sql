-- Good calls of a month are found without reading those of all years.
CREATE INDEX current_started_at ON current (dimension, started_at, score, call_id, rep_id);
