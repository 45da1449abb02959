//! Which format a JSON file is in, told by the names of its fields without keeping any of its values.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::format::{Format, Sign};

/// The first format of [`Format::ALL`] one of whose fields is there.
///
/// # Errors
///
/// That of the parser when the text is no JSON.
pub(super) fn detect(content: &str) -> serde_json::Result<Option<Format>> {
    let mut found = Vec::new();
    let mut deserializer = serde_json::Deserializer::from_str(content);
    Walk { path: String::new(), found: &mut found }.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(Format::ALL.into_iter().find(|format| fields(*format).iter().any(|field| found.contains(field))))
}

fn fields(format: Format) -> &'static [&'static str] {
    match format.about().sign {
        Sign::Fields(fields) => fields,
        Sign::Text(_) => &[],
    }
}

fn all_fields() -> impl Iterator<Item = &'static str> {
    Format::ALL.into_iter().flat_map(fields).copied()
}

/// Notes which of the known fields stand at or below a path. Whatever leads to none of them is skipped.
struct Walk<'a> {
    path: String,
    found: &'a mut Vec<&'static str>,
}

impl Walk<'_> {
    /// Reads one value below the path: notes it, and looks into it if a known field may be in there.
    fn step<E>(&mut self, path: String, read: impl FnOnce(Option<Walk<'_>>) -> Result<(), E>) -> Result<(), E> {
        if let Some(field) = all_fields().find(|field| *field == path).filter(|field| !self.found.contains(field)) {
            self.found.push(field);
        }
        let leads_on = all_fields()
            .any(|field| field.strip_prefix(path.as_str()).is_some_and(|rest| rest.starts_with(['.', '['])));
        read(leads_on.then_some(Walk { path, found: self.found }))
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Cow<'_, str>>()? {
            let path = if self.path.is_empty() { key.into_owned() } else { format!("{}.{key}", self.path) };
            self.step(path, |below| match below {
                Some(walk) => map.next_value_seed(walk),
                None => map.next_value::<IgnoredAny>().map(|_| ()),
            })?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        let path = format!("{}[]", self.path);
        self.step(path, |below| match below {
            Some(walk) => list.next_element_seed(walk).map(|_| ()),
            None => Ok(()),
        })?;
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_tell_the_format_at_their_place_only() {
        for (json, format) in [
            (r#"{"x":[1,{"calls":2}],"results":{"a":null,"channels":[]}}"#, Some(Format::Deepgram)),
            (r#"{"results":[{"alternatives":[],"type":"word"}]}"#, Some(Format::Speechmatics)),
            (r#"{"results":[{"alternatives":[]},{"type":1}]}"#, Some(Format::GoogleSpeech)),
            (r#"{"monologues":[{"terms":[]}]}"#, Some(Format::Gecko)),
            (r#"{"monologues":[]}"#, Some(Format::RevAi)),
            (r#"{"segments":[{"body":"a"}]}"#, Some(Format::PodcastJson)),
            (r#"{"segments":[{"text":"a"}]}"#, Some(Format::Whisper)),
            (r#"[{"speaker_name":"A"}]"#, Some(Format::Fireflies)),
            (r#"{"x":{"calls":[]},"results":{"channel":[]}}"#, None),
            ("[true, 1, -1, 1.5, null, \"a\"]", None),
        ] {
            assert_eq!(detect(json).unwrap(), format, "{json}");
        }
        assert!(detect(r#"{"calls":[]} x"#).is_err());
        assert!(detect(&"[".repeat(100_000)).is_err());
    }

    #[test]
    fn every_format_has_a_name_of_its_own() {
        let mut names: Vec<_> = Format::ALL.iter().map(|format| format.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Format::ALL.len());
    }
}
