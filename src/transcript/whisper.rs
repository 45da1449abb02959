//! Whisper and its relatives: segments, which only WhisperX (and OpenAI's diarising model) give speakers.
//! <https://github.com/m-bain/whisperX>

use serde::Deserialize;

use super::draft::Draft;
use super::wire::{Piece, Time, join, list, pieces};

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Reply {
    #[serde(deserialize_with = "list::<_, Segment>")]
    segments: Vec<Segment>,
    text: Option<String>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Segment {
    start: Time,
    end: Time,
    text: Option<String>,
    #[serde(deserialize_with = "super::wire::label")]
    speaker: Option<String>,
    #[serde(deserialize_with = "pieces::<_, Word>")]
    words: Vec<Piece>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Word {
    #[serde(alias = "text")]
    word: Option<String>,
    start: Time,
    end: Time,
    #[serde(deserialize_with = "super::wire::label")]
    speaker: Option<String>,
}

impl From<Word> for Piece {
    fn from(word: Word) -> Self {
        Piece {
            speaker: word.speaker,
            start_ms: word.start.seconds(),
            end_ms: word.end.seconds(),
            text: word.word.unwrap_or_default().trim().to_owned(),
            ..Piece::default()
        }
    }
}

pub(super) fn read(content: &str) -> serde_json::Result<Draft> {
    let reply: Reply = serde_json::from_str(content)?;
    let mut draft = Draft::default();
    for segment in reply.segments {
        let (start_ms, end_ms) = (segment.start.seconds(), segment.end.seconds());
        // A segment may span a change of speakers, which only its words tell. Words that could not be aligned have
        // neither times nor speaker.
        if segment.words.iter().any(|word| word.speaker.is_some() && word.speaker != segment.speaker) {
            let mut before = (segment.speaker, start_ms);
            let words = segment.words.into_iter().map(|mut word| {
                word.speaker = word.speaker.or(before.0.take());
                word.start_ms = word.start_ms.or(before.1);
                word.end_ms = word.end_ms.or(word.start_ms);
                before = (word.speaker.clone(), word.end_ms);
                word
            });
            draft.say_pieces(join(words));
        } else {
            let text = segment.text.unwrap_or_default();
            draft.say_pieces([Piece { speaker: segment.speaker, start_ms, end_ms, text, ..Piece::default() }]);
        }
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
    fn segments_have_speakers_and_words_may_change_them() {
        let file = r#"{"segments":[
            {"start":0.5,"end":2,"text":" Hi there.","speaker":"SPEAKER_01","words":[{"word":"Hi","speaker":"SPEAKER_01"}]},
            {"start":2,"end":4,"text":" Yes. No","speaker":"SPEAKER_01","words":[
                {"word":"Yes.","start":2.0,"end":2.5,"score":0.9,"speaker":"SPEAKER_01"},
                {"word":"No","start":3.0,"end":3.5,"speaker":"SPEAKER_00"},
                {"word":"12"}]}, null],"word_segments":[],"language":"en"}"#;
        assert_eq!(
            said(Format::Whisper, file),
            [
                line("Speaker 1", 500, 2000, "Hi there."),
                line("Speaker 1", 2000, 2500, "Yes."),
                line("Speaker 2", 3000, 3500, "No 12")
            ]
        );
    }

    #[test]
    fn plain_whisper_is_refused_with_what_to_run() {
        let file =
            r#"{"text":" Hi","segments":[{"start":0,"end":1,"text":" Hi","words":[{"text":"Hi"}]}],"language":"en"}"#;
        assert!(refused(file).contains("run WhisperX with `--diarize`"), "{}", refused(file));
    }
}
