//! Rev AI: monologues of words, marks and blanks. <https://docs.rev.ai/api/asynchronous/transcript/>

use std::collections::HashMap;

use serde::Deserialize;

use super::draft::Draft;
use super::wire::{Join, Piece, Time, join, list, pieces};

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Reply {
    #[serde(deserialize_with = "list::<_, Monologue>")]
    monologues: Vec<Monologue>,
    /// In transcripts made by people.
    #[serde(deserialize_with = "list::<_, Speaker>")]
    speakers: Vec<Speaker>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Monologue {
    #[serde(deserialize_with = "super::wire::label")]
    speaker: Option<String>,
    speaker_info: Option<Speaker>,
    #[serde(deserialize_with = "pieces::<_, Element>")]
    elements: Vec<Piece>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Speaker {
    #[serde(deserialize_with = "super::wire::label")]
    id: Option<String>,
    #[serde(alias = "display_name")]
    name: Option<String>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Element {
    r#type: Option<String>,
    value: Option<String>,
    ts: Time,
    end_ts: Time,
}

impl From<Element> for Piece {
    fn from(element: Element) -> Self {
        Piece {
            speaker: None,
            start_ms: element.ts.seconds(),
            end_ms: element.end_ts.seconds(),
            text: element.value.unwrap_or_default(),
            join: if element.r#type.as_deref() == Some("punct") { Join::Mark } else { Join::Tight },
        }
    }
}

pub(super) fn read(content: &str) -> serde_json::Result<Draft> {
    let reply: Reply = serde_json::from_str(content)?;
    let named = reply.speakers.into_iter();
    let names: HashMap<String, String> = named.filter_map(|speaker| Some((speaker.id?, speaker.name?))).collect();
    let mut draft = Draft::default();
    for monologue in reply.monologues {
        let name = monologue.speaker_info.and_then(|speaker| speaker.name).filter(|name| !name.trim().is_empty());
        let id = monologue.speaker;
        let speaker = name.or_else(|| names.get(id.as_deref()?).cloned()).or(id);
        draft.say_pieces(join(
            monologue.elements.into_iter().map(|element| Piece { speaker: speaker.clone(), ..element }),
        ));
    }
    draft.sort_by_start();
    Ok(draft)
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::tests::{line, refused, said};

    #[test]
    fn elements_are_put_together_as_they_are() {
        let file = r#"{"speakers":[{"id":1,"name":"Mara"}],"monologues":[
            {"speaker":1,"elements":[{"type":"text","value":"Hi","ts":0.5,"end_ts":0.75,"confidence":1},{"type":"punct","value":", "},
                {"type":"text","value":"you","ts":1,"end_ts":1.25},{"type":"punct","value":"."},{"type":"punct","value":" "},
                {"type":"text","value":"So","ts":1.5,"end_ts":2}]},
            {"speaker":0,"speaker_info":{"id":"x","display_name":"Dana"},"elements":[{"type":"text","value":"Yes","ts":3,"end_ts":4}]},
            {"speaker":2,"elements":[{"type":"unknown","value":"Hm","ts":5,"end_ts":6}]}, null]}"#;
        assert_eq!(
            said(Format::RevAi, file),
            [
                line("Mara", 500, 1250, "Hi, you."),
                line("Mara", 1500, 2000, "So"),
                line("Dana", 3000, 4000, "Yes"),
                line("Speaker 3", 5000, 6000, "Hm")
            ]
        );
        assert!(
            refused(r#"{"monologues":[{"elements":[{"type":"text","value":"Hi"}]}]}"#).contains("`skip_diarization`")
        );
    }
}
