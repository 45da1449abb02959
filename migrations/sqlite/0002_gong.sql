-- What is known of a call from Gong only. A row is there for every call that came from its API.
CREATE TABLE gong_calls (
    call_id INTEGER PRIMARY KEY REFERENCES calls (id) ON DELETE CASCADE,
    facts_hash TEXT NOT NULL, -- what was read last; the same is not written again
    findings TEXT NOT NULL CHECK (json_valid(findings)),
    pending_since INTEGER -- since when its words are waited for; null when they are there or given up
) STRICT;
CREATE INDEX gong_calls_pending ON gong_calls (pending_since, call_id) WHERE pending_since IS NOT NULL;

CREATE TABLE topics (
    call_id INTEGER NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    name TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (call_id, source, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX topics_name ON topics (name, call_id);

-- How far calls have been read, one row a workspace ('' is all of them).
CREATE TABLE sync_state (
    workspace TEXT PRIMARY KEY,
    read_to INTEGER, -- calls that began before this were asked for …
    read_at INTEGER, -- … and this is when asking for them began
    open_from INTEGER, -- the window that is being read, and how far it is stored
    open_to INTEGER,
    done_to INTEGER,
    begun_at INTEGER
) STRICT, WITHOUT ROWID;

-- Requests sent to a service whose allowance is counted by the day (UTC).
CREATE TABLE request_budget (
    service TEXT NOT NULL,
    day TEXT NOT NULL,
    used INTEGER NOT NULL,
    PRIMARY KEY (service, day)
) STRICT, WITHOUT ROWID;
