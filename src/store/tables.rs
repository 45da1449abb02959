//! What is stored, table by table, as a copy from one engine to the other must know it.

use Kind::{Bool, Int, Json, Real, Text, Time};

/// How a column's values are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// BIGINT.
    Int,
    /// 64-bit floating point.
    Real,
    /// Text.
    Text,
    /// INTEGER on SQLite, BOOLEAN on PostgreSQL.
    Bool,
    /// INTEGER milliseconds on SQLite, TIMESTAMPTZ on PostgreSQL.
    Time,
    /// TEXT on SQLite, JSONB on PostgreSQL.
    Json,
}

/// One table.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// How many of its first columns are the key.
    pub key: usize,
    /// Whether the engine gives out the key's numbers.
    pub counts_itself: bool,
    /// Its columns.
    pub columns: &'static [(&'static str, Kind)],
}

/// The table whose words are indexed beside it.
pub(super) const LINES: &str = "lines";

/// Every table, each behind those that it refers to. `calls` and `transcripts` refer to each other, so that the column
/// `calls.current_transcript_id` stands in no list. The full-text index and the list of migrations are made anew.
pub const TABLES: &[Table] = &[
    Table {
        name: "calls",
        key: 1,
        counts_itself: true,
        columns: &[
            ("id", Int),
            ("source", Text),
            ("ext_id", Text),
            ("title", Text),
            ("started_at", Time),
            ("duration_ms", Int),
            ("url", Text),
            ("call_type", Text),
            ("product", Text),
            ("account", Text),
            ("workspace_id", Text),
            ("is_private", Bool),
        ],
    },
    Table {
        name: "transcripts",
        key: 1,
        counts_itself: true,
        columns: &[
            ("id", Int),
            ("call_id", Int),
            ("hash", Text),
            ("timed", Bool),
            ("words", Int),
            ("imported_at", Time),
        ],
    },
    Table {
        name: LINES,
        key: 1,
        counts_itself: false,
        columns: &[
            ("id", Int),
            ("party_n", Int),
            ("start_ms", Int),
            ("end_ms", Int),
            ("text", Text),
            ("utterances", Json),
        ],
    },
    Table {
        name: "reps",
        key: 1,
        counts_itself: true,
        columns: &[
            ("id", Int),
            ("name", Text),
            ("role", Text),
            ("team", Text),
            ("manager", Text),
            ("active", Bool),
            ("no_coaching", Bool),
        ],
    },
    Table {
        name: "rep_keys",
        key: 2,
        counts_itself: false,
        columns: &[("kind", Text), ("value", Text), ("rep_id", Int)],
    },
    Table {
        name: "parties",
        key: 2,
        counts_itself: false,
        columns: &[
            ("call_id", Int),
            ("n", Int),
            ("speaker_key", Text),
            ("name", Text),
            ("email", Text),
            ("title", Text),
            ("side", Text),
            ("side_source", Text),
            ("rep_id", Int),
            ("spoke", Bool),
            ("name_lower", Text),
        ],
    },
    Table {
        name: "answers",
        key: 1,
        counts_itself: true,
        columns: &[
            ("id", Int),
            ("answers_key", Text),
            ("call_id", Int),
            ("transcript_id", Int),
            ("rep_id", Int),
            ("dimension", Text),
            ("analyst", Text),
            ("model", Text),
            ("questions_hash", Text),
            ("prompt_hash", Text),
            ("verdicts", Json),
            ("claimed", Int),
            ("verified", Int),
            ("input_tokens", Int),
            ("output_tokens", Int),
            ("cache_read_tokens", Int),
            ("cache_write_tokens", Int),
            ("requests", Int),
            ("cost_microusd", Int),
            ("request_id", Text),
            ("created_at", Time),
        ],
    },
    Table {
        name: "objections",
        key: 2,
        counts_itself: false,
        columns: &[
            ("answers_id", Int),
            ("n", Int),
            ("type", Text),
            ("status", Text),
            ("severity", Int),
            ("implicit", Bool),
            ("line", Int),
            ("start_ms", Int),
            ("end_ms", Int),
            ("quote", Text),
            ("repeats", Json),
            ("response_line", Int),
            ("response_start_ms", Int),
            ("response_end_ms", Int),
            ("response_quote", Text),
            ("parked_until", Text),
        ],
    },
    Table {
        name: "scorecards",
        key: 1,
        counts_itself: true,
        columns: &[
            ("id", Int),
            ("call_id", Int),
            ("rep_id", Int),
            ("dimension", Text),
            ("answers_id", Int),
            ("analyst", Text),
            ("rubric_id", Text),
            ("rubric_version", Text),
            ("rubric_hash", Text),
            ("role", Text),
            ("standing", Text),
            ("status", Text),
            ("score", Real),
            ("coverage", Real),
            ("created_at", Time),
        ],
    },
    Table {
        name: "current",
        key: 3,
        counts_itself: false,
        columns: &[
            ("call_id", Int),
            ("rep_id", Int),
            ("dimension", Text),
            ("scorecard_id", Int),
            ("score", Real),
            ("started_at", Time),
            ("role", Text),
            ("analyst", Text),
        ],
    },
    Table {
        name: "measured",
        key: 2,
        counts_itself: false,
        columns: &[("call_id", Int), ("rep_id", Int), ("metrics", Json)],
    },
    Table {
        name: "corrections",
        key: 1,
        counts_itself: true,
        columns: &[
            ("id", Int),
            ("call_id", Int),
            ("rep_id", Int),
            ("check_id", Text),
            ("verdict", Text),
            ("line", Int),
            ("note", Text),
            ("made_by", Text),
            ("created_at", Time),
        ],
    },
    Table {
        name: "tombstones",
        key: 2,
        counts_itself: false,
        columns: &[("source", Text), ("ext_id", Text), ("created_at", Time)],
    },
    Table {
        name: "gong_calls",
        key: 1,
        counts_itself: false,
        columns: &[("call_id", Int), ("facts_hash", Text), ("findings", Json), ("pending_since", Time)],
    },
    Table {
        name: "topics",
        key: 3,
        counts_itself: false,
        columns: &[("call_id", Int), ("source", Text), ("name", Text), ("count", Int)],
    },
    Table {
        name: "sync_state",
        key: 1,
        counts_itself: false,
        columns: &[
            ("workspace", Text),
            ("read_to", Time),
            ("read_at", Time),
            ("open_from", Time),
            ("open_to", Time),
            ("done_to", Time),
            ("begun_at", Time),
        ],
    },
    Table {
        name: "request_budget",
        key: 2,
        counts_itself: false,
        columns: &[("service", Text), ("day", Text), ("used", Int)],
    },
];
