-- Good calls of a month are found without reading those of all years. call_id and rep_id stand in it by themselves.
CREATE INDEX current_started_at ON current (dimension, started_at, score);
