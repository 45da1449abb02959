//! Messages of the protocol as bytes, and the answer to bytes that are none.

use rmcp::model::{ErrorData, JsonRpcError, RequestId};
use rmcp::service::{RoleServer, RxJsonRpcMessage};
use serde::Deserialize as _;
use serde_json::Value;
use serde_json::error::Category;

/// No message may be longer, in bytes: parameters of tools are a few hundred.
pub(super) const MAX_BYTES: usize = 1024 * 1024;

/// Reads what a client sent.
///
/// # Errors
/// The protocol's answer to what is no message.
pub(super) fn read(bytes: &[u8]) -> Result<RxJsonRpcMessage<RoleServer>, JsonRpcError> {
    let error = match serde_json::from_slice(bytes) {
        Ok(message) => return Ok(message),
        Err(error) => error,
    };
    Err(match error.classify() {
        Category::Syntax | Category::Eof => {
            JsonRpcError::new(None, ErrorData::parse_error("the message is no JSON in UTF-8", None))
        }
        Category::Data | Category::Io => {
            let id = serde_json::from_slice::<Value>(bytes).ok();
            let id = id.and_then(|message| RequestId::deserialize(message.get("id")?).ok());
            let message = "a message is an object with jsonrpc 2.0, a method and, if it wants an answer, an id";
            JsonRpcError::new(id, ErrorData::invalid_request(message, None))
        }
    })
}

/// The answer to a message that is too long to be read.
pub(super) fn too_long() -> JsonRpcError {
    JsonRpcError::new(None, ErrorData::invalid_request(format!("a message has at most {MAX_BYTES} bytes"), None))
}

#[cfg(test)]
mod tests {
    use rmcp::model::ErrorCode;

    use super::*;

    #[test]
    fn what_is_no_message_is_told_apart() {
        let id = Some(RequestId::Number(7));
        for (bytes, code, expected) in [
            (&b"{ this is no message"[..], ErrorCode::PARSE_ERROR, None),
            (b"{\"text\": \"\xff\"}", ErrorCode::PARSE_ERROR, None),
            (b"", ErrorCode::PARSE_ERROR, None),
            (b"[]", ErrorCode::INVALID_REQUEST, None),
            (b"7", ErrorCode::INVALID_REQUEST, None),
            (b"{\"id\": 7, \"method\": \"ping\"}", ErrorCode::INVALID_REQUEST, id),
        ] {
            let error = read(bytes).expect_err("no message");
            assert_eq!((error.error.code, error.id), (code, expected), "{bytes:?}");
        }
        assert!(read(b"{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"ping\"}").is_ok());
    }
}
