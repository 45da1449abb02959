//! What Gong itself says about a call. It is kept and shown, and nothing is computed from it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Gong's own findings about one call.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct GongFindings {
    /// Gong's summary.
    pub brief: Option<String>,
    /// What was talked about, as Gong's topics.
    pub topics: Vec<GongTopic>,
    /// The company's phrases that Gong heard.
    pub trackers: Vec<GongTracker>,
    /// The host's part of the talk as Gong measures it, 0–1.
    pub talk_ratio: Option<f64>,
    /// The voice of the host, whom [`GongFindings::talk_ratio`] is about.
    pub host: Option<String>,
}

/// A topic of Gong's.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct GongTopic {
    /// Its name.
    pub name: String,
    /// For how long, in seconds.
    pub duration_s: Option<f64>,
}

/// A tracker of Gong's.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct GongTracker {
    /// Its name.
    pub name: String,
    /// How often it was heard.
    pub count: i64,
}

impl GongFindings {
    /// Whether Gong says nothing about the call.
    pub fn is_empty(&self) -> bool {
        self.brief.is_none() && self.topics.is_empty() && self.trackers.is_empty() && self.talk_ratio.is_none()
    }
}
