//! Values on their way into a column.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;
use sqlx::types::Json;

use super::error::StoreError;

/// PostgreSQL cannot index text of more than about 2,700 bytes, and a transcript file may hold any.
const MAX_KEY_CHARS: usize = 500;

/// Text without U+0000, which PostgreSQL cannot keep.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { text.replace('\0', "").into() } else { text.into() }
}

/// [`clean`] for text that may be missing.
pub(super) fn clean_opt(text: Option<&str>) -> Option<Cow<'_, str>> {
    text.map(clean)
}

/// Clean text, cut to what can be indexed.
pub(super) fn key(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(MAX_KEY_CHARS).and_then(|(end, _)| text.get(..end)) {
        Some(start) => clean(start),
        None => clean(text),
    }
}

/// [`key`] for text that may be missing.
pub(super) fn key_opt(text: Option<&str>) -> Option<Cow<'_, str>> {
    text.map(key)
}

/// A number of the model as a BIGINT.
pub(super) fn count(number: impl TryInto<i64>) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}

/// A BIGINT as a number of the model; out of range is damage, not zero.
pub(super) fn number<T: TryFrom<i64>>(column: &str, value: i64) -> Result<T, StoreError> {
    T::try_from(value).map_err(|_| StoreError::Unreadable(column.to_owned()))
}

/// A value as a JSON column or parameter, without U+0000 in its texts.
pub(super) fn json(value: &impl Serialize) -> Result<Json<Value>, StoreError> {
    let mut value = serde_json::to_value(value).map_err(|_| StoreError::Database("a value is no JSON".to_owned()))?;
    clean_json(&mut value);
    Ok(Json(value))
}

fn clean_json(value: &mut Value) {
    match value {
        Value::String(text) => {
            if text.contains('\0') {
                text.retain(|letter| letter != '\0');
            }
        }
        Value::Array(values) => values.iter_mut().for_each(clean_json),
        Value::Object(fields) => fields.values_mut().for_each(clean_json),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nul_is_removed_everywhere_and_keys_are_cut() {
        assert_eq!(clean("a\0b"), "ab");
        assert_eq!(key(&"é".repeat(600)).chars().count(), MAX_KEY_CHARS);
        let Json(value) = json(&serde_json::json!({"a": ["x\0y", {"b": "\0"}]})).unwrap();
        assert_eq!(value, serde_json::json!({"a": ["xy", {"b": ""}]}));
    }
}
