//! The tools: name, description for a model, parameters, answer.

mod analyze_call;
mod get_rep_insights;
mod search_calls;

use std::panic::AssertUnwindSafe;
use std::sync::LazyLock;
use std::time::Duration;

use futures_util::FutureExt as _;
use rmcp::model::{self, JsonObject, ToolAnnotations};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Number, Value};
use tokio::sync::mpsc::UnboundedSender;

use super::{Coach, Reason, ToolError};
use crate::analyze::Progress;

/// As much as an assistant reads at once, in bytes of JSON.
const AT_ONCE: usize = 50_000;
/// After this time of reading the database counts as gone.
const READING: Duration = Duration::from_secs(10);

/// A tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// Scores one call.
    AnalyzeCall,
    /// One rep over time.
    GetRepInsights,
    /// Finds calls.
    SearchCalls,
}

/// What a tool answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The public output type as JSON: what the command line prints under `--json`.
    pub json: Value,
    /// The same for reading, as markdown.
    pub text: String,
}

impl Answer {
    fn new(json: &impl Serialize, text: String) -> anyhow::Result<Self> {
        Ok(Answer { json: serde_json::to_value(json)?, text })
    }
}

impl Tool {
    /// All tools.
    pub const ALL: [Tool; 3] = [Tool::AnalyzeCall, Tool::GetRepInsights, Tool::SearchCalls];

    /// The name, a public contract.
    pub fn name(self) -> &'static str {
        match self {
            Tool::AnalyzeCall => "analyze_call",
            Tool::GetRepInsights => "get_rep_insights",
            Tool::SearchCalls => "search_calls",
        }
    }

    /// Whether it only reads, and so costs nothing.
    pub fn is_read_only(self) -> bool {
        !matches!(self, Tool::AnalyzeCall)
    }

    /// What clients are told about it.
    pub fn definition(self) -> model::Tool {
        // Making schemas takes longer than answering a search.
        static DEFINITIONS: LazyLock<[model::Tool; 3]> = LazyLock::new(|| Tool::ALL.map(Tool::define));
        let place = Tool::ALL.iter().position(|tool| *tool == self);
        place.and_then(|place| DEFINITIONS.get(place)).cloned().unwrap_or_default()
    }

    fn define(self) -> model::Tool {
        let (tool, title) = match self {
            Tool::AnalyzeCall => (analyze_call::definition(self.name()), "Coach one call"),
            Tool::GetRepInsights => (get_rep_insights::definition(self.name()), "One rep over time"),
            Tool::SearchCalls => (search_calls::definition(self.name()), "Find calls"),
        };
        let hints = ToolAnnotations::with_title(title)
            .read_only(self.is_read_only())
            .destructive(false)
            .idempotent(true)
            // Scoring may ask Gong and Claude.
            .open_world(!self.is_read_only());
        tool.with_title(title).with_annotations(hints)
    }

    /// Answers one request. A panic inside is an error like any other.
    ///
    /// # Errors
    /// What the client is to be told.
    pub async fn call(
        self,
        coach: &Coach,
        arguments: JsonObject,
        progress: Option<&UnboundedSender<Progress>>,
    ) -> Result<Answer, ToolError> {
        let work = guarded(async {
            match self {
                Tool::AnalyzeCall => analyze_call::call(coach, read(arguments)?, progress).await,
                Tool::GetRepInsights => soon(get_rep_insights::call(coach, read(arguments)?)).await,
                Tool::SearchCalls => soon(search_calls::call(coach, read(arguments)?)).await,
            }
        });
        // Here, so that an answer that has begun with progress ends in time too.
        let seconds = coach.settings.server.timeout_s.value;
        tokio::time::timeout(Duration::from_secs(seconds), work).await.unwrap_or_else(|_| {
            tracing::warn!("{} was given up after {seconds} seconds", self.name());
            Err(ToolError::new(Reason::TimedOut, "the answer took too long")
                .hint("Ask for less, or once more: what was done by then is kept."))
        })
    }
}

/// What only reads takes milliseconds. A database that is gone would be waited for much longer, on each request anew.
async fn soon(reading: impl Future<Output = Result<Answer, ToolError>>) -> Result<Answer, ToolError> {
    tokio::time::timeout(READING, reading).await.unwrap_or_else(|_| {
        tracing::error!("the database did not answer within {} seconds", READING.as_secs());
        Err(ToolError::no_database())
    })
}

/// Nothing of a request's is used again after a panic, and transactions that were not committed leave no trace.
async fn guarded<T>(work: impl Future<Output = Result<T, ToolError>>) -> Result<T, ToolError> {
    AssertUnwindSafe(work).catch_unwind().await.unwrap_or_else(|_| Err(ToolError::ours()))
}

/// The parameters; a mistake names the parameter. Models send `null` for what they leave out.
fn read<T: DeserializeOwned>(mut arguments: JsonObject) -> Result<T, ToolError> {
    /// What the reader calls Rust's types, and what they are in JSON.
    const TYPES: [(&str, &str); 5] = [
        ("expected usize", "expected a whole number"),
        ("expected u32", "expected a whole number"),
        ("expected u8", "expected a whole number from 0 to 100"),
        ("expected a sequence", "expected a list"),
        ("expected struct DateRange", "expected an object with start and end"),
    ];
    arguments.retain(|_, value| !value.is_null());
    let wrong = |text: String| ToolError::new(Reason::Usage, text);
    let mut arguments = Value::Object(arguments);
    write_whole(&mut arguments);
    if has_nul(&arguments) {
        return Err(wrong("a text holds the character U+0000, which no call does".to_owned()));
    }
    serde_path_to_error::deserialize(arguments).map_err(|error| {
        let place = error.path().to_string();
        let what = error.inner().to_string();
        let what = TYPES.iter().fold(what, |what, (rust, json)| match what.strip_suffix(rust) {
            Some(before) => format!("{before}{json}"),
            None => what,
        });
        wrong(if place == "." { what } else { format!("{place}: {what}") })
    })
}

/// Writes numbers without a fraction as whole ones: to JSON, and to a schema's `integer`, 20.0 and 20 are the same.
fn write_whole(value: &mut Value) {
    /// Up to here every whole number has a float of its own.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match value {
        Value::Number(number) => {
            let float = number.as_f64().filter(|float| number.is_f64() && float.fract() == 0.0 && float.abs() <= EXACT);
            if let Some(float) = float {
                *number = Number::from(float as i64);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(write_whole),
        Value::Object(fields) => fields.values_mut().for_each(write_whole),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

fn has_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(has_nul),
        Value::Object(fields) => fields.iter().any(|(name, value)| name.contains('\0') || has_nul(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn object(value: Value) -> JsonObject {
        value.as_object().expect("an object").clone()
    }

    #[tokio::test]
    async fn a_panic_is_an_error_result() {
        let result: Result<(), ToolError> = guarded(async { panic!("the customer's words") }).await;
        let error = result.expect_err("an error");
        assert_eq!(error.kind, Reason::Failed);
        assert!(!error.text().contains("customer"));
    }

    #[test]
    fn mistakes_name_the_parameter() {
        for (arguments, expected) in [
            (json!({"limit": "many"}), "limit: invalid type: string \"many\", expected a whole number"),
            (json!({"min_score": -1}), "min_score: invalid value: integer `-1`, expected a whole number from 0 to 100"),
            (json!({"topics": "price"}), "topics: invalid type: string \"price\", expected a list"),
            (
                json!({"date_range": "30d"}),
                "date_range: invalid type: string \"30d\", expected an object with start and end",
            ),
            (json!({"rep": "ana"}), "unknown field `rep`, expected one of `rep_email`"),
            (
                json!({"date_range": {"from": "30d"}}),
                "date_range.from: unknown field `from`, expected `start` or `end`",
            ),
            (json!({"call_type": "lunch"}), "call_type: unknown variant `lunch`"),
            (json!({"has_objection_type": "price"}), "has_objection_type: unknown variant `price`"),
            (json!({"limit": 3.5}), "limit: invalid type: floating point `3.5`, expected a whole number"),
            (json!({"min_score": -1.0}), "min_score: invalid value: integer `-1`"),
            (json!({"limit": 1e300}), "limit: invalid type: floating point"),
            (json!({"min_score": 101}), "min_score"),
            (json!({"limit": 0}), "limit"),
            (json!({"product": "a\u{0}b"}), "U+0000"),
        ] {
            let error = read::<search_calls::Parameters>(object(arguments)).expect_err(expected);
            assert!(error.message.contains(expected), "{}", error.message);
        }
    }

    #[test]
    fn null_is_left_out() {
        let null = json!({"limit": null, "rep_email": null, "text": "price", "date_range": null});
        let given = json!({"text": "price"});
        let [null, given] = [null, given].map(|value| read::<search_calls::Parameters>(object(value)).expect("good"));
        assert_eq!(format!("{null:?}"), format!("{given:?}"));
        assert!(read::<analyze_call::Parameters>(object(json!({"call_id": null}))).is_err());
    }

    #[test]
    fn a_number_without_a_fraction_is_whole() {
        let [written, whole] = [json!({"limit": 20.0, "min_score": 50.0}), json!({"limit": 20, "min_score": 50})]
            .map(|value| read::<search_calls::Parameters>(object(value)).expect("good"));
        assert_eq!(format!("{written:?}"), format!("{whole:?}"));
    }

    #[test]
    fn every_tool_says_what_it_takes_and_returns() {
        for tool in Tool::ALL {
            let definition = tool.definition();
            assert_eq!(definition.name, tool.name());
            let description = definition.description.unwrap_or_default();
            assert!(description.contains("Use it") && description.contains("Example"), "{description}");
            assert_eq!(definition.input_schema["type"], "object");
            assert_eq!(definition.input_schema["additionalProperties"], false);
            assert_eq!(definition.output_schema.expect("a schema")["type"], "object");
        }
    }
}
