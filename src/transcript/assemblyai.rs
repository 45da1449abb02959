//! AssemblyAI: utterances of a speaker with their words, or words alone. Times in milliseconds.
//! <https://www.assemblyai.com/docs/api-reference/transcripts/get>

use serde::Deserialize;

use super::draft::Draft;
use super::wire::{Piece, Time, join, list, pieces};

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Reply {
    #[serde(deserialize_with = "list::<_, Utterance>")]
    utterances: Vec<Utterance>,
    #[serde(deserialize_with = "pieces::<_, Word>")]
    words: Vec<Piece>,
    text: Option<String>,
    /// In seconds.
    audio_duration: Time,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Utterance {
    #[serde(deserialize_with = "super::wire::label")]
    speaker: Option<String>,
    start: Time,
    text: Option<String>,
    #[serde(deserialize_with = "pieces::<_, Word>")]
    words: Vec<Piece>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Word {
    text: Option<String>,
    start: Time,
    end: Time,
    #[serde(deserialize_with = "super::wire::label")]
    speaker: Option<String>,
}

impl From<Word> for Piece {
    fn from(word: Word) -> Self {
        Piece {
            speaker: word.speaker,
            start_ms: word.start.millis(),
            end_ms: word.end.millis(),
            text: word.text.unwrap_or_default(),
            ..Piece::default()
        }
    }
}

pub(super) fn read(content: &str) -> serde_json::Result<Draft> {
    let reply: Reply = serde_json::from_str(content)?;
    let mut draft = Draft::default();
    draft.call.duration_ms = reply.audio_duration.seconds().filter(|ms| *ms > 0);
    for utterance in reply.utterances {
        let speaker = utterance.speaker;
        if utterance.words.is_empty() {
            // A turn's end does not tell how long the pauses between its sentences were: only its start is a fact.
            let party = speaker.and_then(|label| draft.voice(&label));
            draft.say_paragraph(party, utterance.start.millis(), &utterance.text.unwrap_or_default());
        } else {
            let words = utterance.words.into_iter().map(|word| Piece { speaker: speaker.clone(), ..word });
            draft.say_pieces(join(words));
        }
    }
    if !draft.has_text() {
        draft.say_pieces(join(reply.words));
    }
    if !draft.has_text() {
        draft.say(None, (None, None), &reply.text.unwrap_or_default());
    }
    draft.sort_by_start();
    Ok(draft)
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::tests::{line, refused, said};

    #[test]
    fn utterances_are_cut_by_their_words_and_have_no_ends_without() {
        let file = r#"{"audio_duration":4,"utterances":[
            {"speaker":"B","start":0,"end":900,"text":"x","words":[
                {"text":"Hi.","start":0,"end":200,"speaker":"B"},{"text":"You?","start":700,"end":900,"speaker":null}]},
            {"speaker":"Mara Lindqvist","start":1000,"end":2000,"text":"Good. Bye."}, {"speaker":"A"}, null],"words":null}"#;
        assert_eq!(
            said(Format::AssemblyAi, file),
            [
                line("Speaker 1", 0, 200, "Hi."),
                line("Speaker 1", 700, 900, "You?"),
                ("Mara Lindqvist".to_owned(), Some(1000), None, "Good.".to_owned()),
                ("Mara Lindqvist".to_owned(), None, None, "Bye.".to_owned())
            ]
        );
    }

    #[test]
    fn words_alone_will_do_and_need_a_speaker() {
        let file = r#"{"audio_url":"u","text":"Hi you","words":[{"text":"Hi","start":0,"end":9,"speaker":"A"}]}"#;
        assert_eq!(said(Format::AssemblyAi, file), [line("Speaker 1", 0, 9, "Hi")]);
        for file in [r#"{"audio_url":"u","text":"Hi"}"#, r#"{"audio_url":"u","words":[{"text":"Hi","speaker":null}]}"#]
        {
            assert!(refused(file).contains(r#"`"speaker_labels": true`"#), "{}", refused(file));
        }
    }
}
