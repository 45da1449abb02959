//! From the events of a streamed reply to a whole message.

use futures_util::StreamExt as _;
use reqwest::Response;
use sse_stream::SseByteStream;

use super::wire::{Delta, EndUsage, Event, Message, StopReason, TokenUsage};

/// No reply to our questions is this long; one that is comes from something else.
const MAX_TEXT: usize = 4 << 20;

/// Why a stream ended without a whole message.
#[derive(Debug)]
pub(super) enum StreamError {
    /// Nothing came for too long.
    TimedOut,
    /// It stopped, or was no stream of events.
    BrokenOff(String),
    /// The service said what went wrong, by name and in words.
    Said(String, String),
}

/// Reads events up to the end of the message. `on_start` is called when the service has begun to reply: from then on
/// what was marked for its cache can be read from there.
pub(super) async fn collect(
    response: Response,
    on_start: impl FnOnce(),
    request_id: Option<String>,
) -> Result<Message, StreamError> {
    let broken = |reason: &str| StreamError::BrokenOff(reason.to_owned());
    let mut events = SseByteStream::new(response.bytes_stream());
    let mut on_start = Some(on_start);
    let mut stop = None;
    let mut message = Message {
        model: String::new(),
        text: String::new(),
        stop: StopReason::Other,
        usage: TokenUsage::default(),
        request_id,
    };
    while let Some(event) = events.next().await {
        let event = event.map_err(|error| failed(&error))?;
        let Some(data) = event.data else { continue };
        match serde_json::from_str(&data).map_err(|_| broken("an event is no JSON object"))? {
            Event::MessageStart { message: start } => {
                message.model = start.model;
                message.usage = start.usage;
                if let Some(on_start) = on_start.take() {
                    on_start();
                }
            }
            Event::ContentBlockDelta { delta: Delta::TextDelta { text } } => {
                message.text.push_str(&text);
                if message.text.len() > MAX_TEXT {
                    return Err(broken("it is longer than any answer can be"));
                }
            }
            Event::MessageDelta { delta, usage } => {
                stop = delta.stop_reason.or(stop);
                add_up(&mut message.usage, &usage.unwrap_or_default());
            }
            Event::MessageStop => {
                message.stop = stop.ok_or_else(|| broken("it gave no reason to stop"))?;
                return Ok(message);
            }
            Event::Error { error } => return Err(StreamError::Said(error.kind, error.message)),
            Event::ContentBlockDelta { delta: Delta::Other } | Event::Other => {}
        }
    }
    Err(broken("it ended in the middle"))
}

fn add_up(usage: &mut TokenUsage, end: &EndUsage) {
    let TokenUsage { input_tokens, output_tokens, cache_read_input_tokens, cache_creation_input_tokens } = usage;
    for (count, given) in [
        (input_tokens, end.input_tokens),
        (output_tokens, end.output_tokens),
        (cache_read_input_tokens, end.cache_read_input_tokens),
        (cache_creation_input_tokens, end.cache_creation_input_tokens),
    ] {
        *count = given.unwrap_or(*count);
    }
}

fn failed(error: &sse_stream::Error) -> StreamError {
    if let sse_stream::Error::Body(source) = error
        && let Some(error) = source.downcast_ref::<reqwest::Error>()
    {
        return if error.is_timeout() {
            StreamError::TimedOut
        } else {
            StreamError::BrokenOff("the connection was lost".to_owned())
        };
    }
    StreamError::BrokenOff("it is no stream of events".to_owned())
}
