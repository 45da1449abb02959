//! Gecko, Gong's open editor of transcripts: monologues of words and marks. <https://github.com/gong-io/gecko>

use serde::Deserialize;

use super::draft::Draft;
use super::wire::{Join, Piece, Time, join, list, pieces};

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct File {
    #[serde(deserialize_with = "list::<_, Monologue>")]
    monologues: Vec<Monologue>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Monologue {
    speaker: Option<Speaker>,
    #[serde(deserialize_with = "pieces::<_, Term>")]
    terms: Vec<Piece>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Speaker {
    name: Option<String>,
    #[serde(deserialize_with = "super::wire::label")]
    id: Option<String>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Term {
    start: Time,
    end: Time,
    text: Option<String>,
    r#type: Option<String>,
}

impl From<Term> for Piece {
    fn from(term: Term) -> Self {
        Piece {
            speaker: None,
            start_ms: term.start.seconds(),
            end_ms: term.end.seconds(),
            text: term.text.unwrap_or_default(),
            join: if term.r#type.as_deref() == Some("PUNCTUATION") { Join::Mark } else { Join::Spaced },
        }
    }
}

pub(super) fn read(content: &str) -> serde_json::Result<Draft> {
    let file: File = serde_json::from_str(content)?;
    let mut draft = Draft::default();
    for monologue in file.monologues {
        let speaker = monologue.speaker.and_then(|speaker| speaker.name.or(speaker.id));
        draft.say_pieces(join(monologue.terms.into_iter().map(|term| Piece { speaker: speaker.clone(), ..term })));
    }
    draft.sort_by_start();
    Ok(draft)
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::tests::{line, refused, said};

    #[test]
    fn terms_become_sentences() {
        let file = r#"{"monologues":[{"speaker":{"name":null,"id":"Ann"},"terms":[
            {"start":0.1,"end":0.2,"text":"Hi","type":"WORD"},{"start":0.2,"end":0.2,"text":",","type":"PUNCTUATION"},
            {"start":0.3,"end":0.5,"text":"you","type":"WORD"}]}, null, {"speaker":{"name":"Bob"},"terms":[{"start":1,"end":2,"text":"Yes"}]}]}"#;
        assert_eq!(said(Format::Gecko, file), [line("Ann", 100, 500, "Hi, you"), line("Bob", 1000, 2000, "Yes")]);
        assert!(refused(r#"{"monologues":[{"terms":[{"text":"Hi"}]}]}"#).contains("name the speakers"));
    }
}
