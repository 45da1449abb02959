-- What is known of a call from Gong only. A row is there for every call that came from its API.
CREATE TABLE gong_calls (
    call_id BIGINT PRIMARY KEY REFERENCES calls (id) ON DELETE CASCADE,
    facts_hash TEXT COLLATE "C" NOT NULL, -- what was read last; the same is not written again
    findings JSONB NOT NULL,
    pending_since TIMESTAMPTZ -- since when its words are waited for; null when they are there or given up
);
CREATE INDEX gong_calls_pending ON gong_calls (pending_since, call_id) WHERE pending_since IS NOT NULL;

CREATE TABLE topics (
    call_id BIGINT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
    source TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (call_id, source, name)
);
CREATE INDEX topics_name ON topics (name, call_id);

-- How far calls have been read, one row a workspace ('' is all of them).
CREATE TABLE sync_state (
    workspace TEXT COLLATE "C" PRIMARY KEY,
    read_to TIMESTAMPTZ, -- calls that began before this were asked for …
    read_at TIMESTAMPTZ, -- … and this is when asking for them began
    open_from TIMESTAMPTZ, -- the window that is being read, and how far it is stored
    open_to TIMESTAMPTZ,
    done_to TIMESTAMPTZ,
    begun_at TIMESTAMPTZ
);

-- Requests sent to a service whose allowance is counted by the day (UTC).
CREATE TABLE request_budget (
    service TEXT COLLATE "C" NOT NULL,
    day TEXT COLLATE "C" NOT NULL,
    used BIGINT NOT NULL,
    PRIMARY KEY (service, day)
);
