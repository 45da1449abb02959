//! What goes over the wire, and only what is needed of it. Unknown fields and variants are skipped: the API may add
//! some at any time.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The body of a request for one message. Its bytes are what answers are stored under, so that its fields are
/// written in this order and no map is among them.
#[derive(Debug, Clone, Serialize)]
pub struct MessageRequest<'a> {
    /// The model's name.
    pub model: &'a str,
    /// Most tokens that may be written, thinking included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_tokens: Option<u32>,
    /// Whether the reply comes as events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream: Option<bool>,
    /// What holds for the whole conversation.
    pub system: Vec<TextBlock<'a>>,
    /// The turns, the last one being the user's.
    pub messages: Vec<Turn<'a>>,
    /// The form of the reply.
    pub output_config: OutputConfig<'a>,
}

/// One turn of a conversation.
#[derive(Debug, Clone, Serialize)]
pub struct Turn<'a> {
    pub(super) role: &'static str,
    pub(super) content: Vec<TextBlock<'a>>,
}

impl<'a> Turn<'a> {
    /// What we say.
    pub(super) fn user(content: Vec<TextBlock<'a>>) -> Self {
        Turn { role: "user", content }
    }

    /// What the model said.
    pub(super) fn assistant(text: &'a str) -> Self {
        Turn { role: "assistant", content: vec![TextBlock::new(text)] }
    }
}

/// A piece of text.
#[derive(Debug, Clone, Serialize)]
pub struct TextBlock<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    pub(super) text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    cache_control: Option<CacheControl>,
}

impl<'a> TextBlock<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        TextBlock { kind: "text", text, cache_control: None }
    }

    /// The service remembers everything up to the end of this block for five minutes.
    pub(super) fn cached(text: &'a str) -> Self {
        TextBlock { cache_control: Some(CacheControl { kind: "ephemeral", ttl: "5m" }), ..Self::new(text) }
    }
}

#[derive(Debug, Clone, Serialize)]
struct CacheControl {
    #[serde(rename = "type")]
    kind: &'static str,
    ttl: &'static str,
}

/// The form of a reply.
#[derive(Debug, Clone, Serialize)]
pub struct OutputConfig<'a> {
    pub(super) format: Format,
    /// How much thought is put into it, where the model can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) effort: Option<&'a str>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Format {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    /// As its file has it, byte for byte: models write properties in the order of the schema.
    pub(super) schema: &'static RawValue,
}

/// A whole reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The model that replied, as the service names it.
    pub model: String,
    /// What it wrote, thoughts left out.
    pub text: String,
    /// Why it stopped.
    pub stop: StopReason,
    /// What it took.
    pub usage: TokenUsage,
    /// The service's id of the request.
    pub request_id: Option<String>,
}

/// Why a model stopped writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopReason {
    /// It was done.
    EndTurn,
    /// There was no room for more.
    MaxTokens,
    /// It did not want to.
    Refusal,
    /// Something else, none of which is a whole reply.
    #[serde(other)]
    Other,
}

/// The tokens of one request, as the service counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct TokenUsage {
    /// Read at the full price.
    pub input_tokens: u64,
    /// Written.
    pub output_tokens: u64,
    /// Read from the prompt cache.
    #[serde(deserialize_with = "or_zero")]
    pub cache_read_input_tokens: u64,
    /// Written to the prompt cache.
    #[serde(deserialize_with = "or_zero")]
    pub cache_creation_input_tokens: u64,
}

impl TokenUsage {
    /// The length of the prompt.
    pub fn prompt(&self) -> u64 {
        self.input_tokens + self.cache_read_input_tokens + self.cache_creation_input_tokens
    }
}

/// Other servers write `null` where there is no cache.
fn or_zero<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// An event of a streamed reply.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Event {
    MessageStart {
        message: Start,
    },
    ContentBlockDelta {
        delta: Delta,
    },
    MessageDelta {
        delta: End,
        usage: Option<EndUsage>,
    },
    MessageStop,
    Error {
        error: ApiError,
    },
    /// A ping, the bounds of a block, or something that is newer than this program.
    #[serde(other)]
    Other,
}

#[derive(Debug, Deserialize)]
pub(super) struct Start {
    #[serde(default)]
    pub(super) model: String,
    #[serde(default)]
    pub(super) usage: TokenUsage,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Delta {
    TextDelta {
        text: String,
    },
    /// Thoughts, signatures and the like.
    #[serde(other)]
    Other,
}

#[derive(Debug, Deserialize)]
pub(super) struct End {
    pub(super) stop_reason: Option<StopReason>,
}

/// The counts at the end of a reply are of the whole reply, and replace those of its start where they are given.
#[derive(Debug, Default, Deserialize)]
pub(super) struct EndUsage {
    pub(super) input_tokens: Option<u64>,
    pub(super) output_tokens: Option<u64>,
    pub(super) cache_read_input_tokens: Option<u64>,
    pub(super) cache_creation_input_tokens: Option<u64>,
}

/// What the service says when something is wrong.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct ApiError {
    #[serde(rename = "type", default)]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) message: String,
}

/// The body of a reply that is an error.
#[derive(Debug, Default, Deserialize)]
pub(super) struct ErrorBody {
    #[serde(default)]
    pub(super) error: ApiError,
}

/// The body of a counted prompt.
#[derive(Debug, Deserialize)]
pub(super) struct Counted {
    pub(super) input_tokens: u64,
}

/// What the service says of a model.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ModelInfo {
    /// Tokens that it reads at most.
    pub max_input_tokens: Option<u64>,
    /// Its form is not settled: a word, or an object that holds one.
    lifecycle: Option<serde_json::Value>,
}

impl ModelInfo {
    /// Whether it is here to stay, in the service's own words.
    pub fn lifecycle(&self) -> Option<String> {
        let lifecycle = self.lifecycle.as_ref()?;
        let mut words: Vec<_> = match lifecycle.as_object() {
            Some(fields) => fields.values().filter_map(serde_json::Value::as_str).collect(),
            None => lifecycle.as_str().into_iter().collect(),
        };
        // The word before its dates.
        words.sort_by_key(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        // What a service says is shown: it may steer no terminal and fill no screen.
        let words: String = words.join(", ").chars().filter(|c| !c.is_control()).take(100).collect();
        Some(words).filter(|words| !words.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lifecycle_is_a_word_or_an_object_of_words() {
        for (lifecycle, expected) in [
            ("\"active\"", Some("active")),
            ("{\"status\":\"deprecated\",\"retires_at\":\"2027-01-01\"}", Some("deprecated, 2027-01-01")),
            ("{}", None),
            ("null", None),
        ] {
            let info: ModelInfo = serde_json::from_str(&format!("{{\"lifecycle\":{lifecycle}}}")).expect("good");
            assert_eq!(info.lifecycle().as_deref(), expected);
        }
    }

    fn event(text: &str) -> Event {
        serde_json::from_str(text).expect(text)
    }

    #[test]
    fn what_is_newer_than_this_program_is_skipped() {
        assert!(matches!(event(r#"{"type":"ping"}"#), Event::Other));
        assert!(matches!(event(r#"{"type":"moon_phase","phase":3}"#), Event::Other));
        let thought =
            event(r#"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"…"}}"#);
        assert!(matches!(thought, Event::ContentBlockDelta { delta: Delta::Other }));
        let stop =
            event(r#"{"type":"message_delta","delta":{"stop_reason":"pause_turn"},"usage":{"output_tokens":5}}"#);
        assert!(matches!(stop, Event::MessageDelta { delta: End { stop_reason: Some(StopReason::Other) }, .. }));
    }

    #[test]
    fn missing_cache_counts_are_none_at_all() {
        let Event::MessageStart { message } = event(
            r#"{"type":"message_start","message":{"model":"m","usage":{"input_tokens":7,"cache_read_input_tokens":null}}}"#,
        ) else {
            panic!("no start")
        };
        assert_eq!(message.usage, TokenUsage { input_tokens: 7, ..TokenUsage::default() });
    }
}
