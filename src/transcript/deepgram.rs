//! Deepgram: words with speaker numbers, or one channel a speaker.
//! <https://developers.deepgram.com/docs/diarization>

use serde::Deserialize;

use super::draft::Draft;
use super::wire::{Piece, Time, join, list, pieces};

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Reply {
    metadata: Option<Metadata>,
    results: Option<Results>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Metadata {
    duration: Time,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Results {
    #[serde(deserialize_with = "list::<_, Channel>")]
    channels: Vec<Channel>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Channel {
    #[serde(deserialize_with = "list::<_, Alternative>")]
    alternatives: Vec<Alternative>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Alternative {
    transcript: Option<String>,
    #[serde(deserialize_with = "pieces::<_, Word>")]
    words: Vec<Piece>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Word {
    word: Option<String>,
    punctuated_word: Option<String>,
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
            text: word.punctuated_word.or(word.word).unwrap_or_default(),
            ..Piece::default()
        }
    }
}

pub(super) fn read(content: &str) -> serde_json::Result<Draft> {
    let reply: Reply = serde_json::from_str(content)?;
    let mut draft = Draft::default();
    draft.call.duration_ms = reply.metadata.unwrap_or_default().duration.seconds().filter(|ms| *ms > 0);
    let channels = reply.results.unwrap_or_default().channels;
    let several = channels.len() > 1;
    for (n, channel) in channels.into_iter().enumerate() {
        let best = channel.alternatives.into_iter().next().unwrap_or_default();
        if best.words.is_empty() {
            draft.say(None, (None, None), &best.transcript.unwrap_or_default());
        }
        let diarized = best.words.iter().any(|word| word.speaker.is_some());
        draft.say_pieces(join(best.words).into_iter().map(|mut utterance| {
            if several && !diarized {
                utterance.speaker = Some(format!("channel_{n}"));
            }
            utterance
        }));
    }
    draft.sort_by_start();
    Ok(draft)
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::tests::{refused, said};
    use super::*;

    #[test]
    fn words_with_speakers_become_utterances() {
        let file = r#"{"metadata":{"duration":9.5},"results":{"channels":[null,{"alternatives":[{"transcript":"x","words":[
            {"word":"hi","punctuated_word":"Hi.","start":0.1,"end":0.4,"speaker":1,"new":[]},
            {"word":"what","punctuated_word":"What","start":0.5,"end":0.7,"speaker":0},
            {"word":"now","punctuated_word":null,"start":0.8,"end":1,"speaker":0}, null, {}]}]}]}}"#;
        assert_eq!(
            said(Format::Deepgram, file),
            [("Speaker 1", Some(100), Some(400), "Hi."), ("Speaker 2", Some(500), Some(1000), "what now")]
                .map(|(name, start, end, text)| (name.to_owned(), start, end, text.replace("what", "What")))
        );
        assert_eq!(read(file).unwrap().call.duration_ms, Some(9500));
    }

    #[test]
    fn each_channel_is_a_speaker_where_nobody_is_told_apart() {
        let file = r#"{"results":{"channels":[
            {"alternatives":[{"words":[{"word":"one","start":2,"end":3}]}]},
            {"alternatives":[{"words":[{"word":"two","start":0,"end":1}]}]}]}}"#;
        let found: Vec<_> = said(Format::Deepgram, file).into_iter().map(|(name, .., text)| (name, text)).collect();
        assert_eq!(found, [("Speaker 2", "two"), ("Speaker 1", "one")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    #[test]
    fn one_channel_without_speakers_is_refused_with_the_setting() {
        let file = r#"{"results":{"channels":[{"alternatives":[{"transcript":"hi there","words":[{"word":"hi"}]}]}]}}"#;
        assert!(refused(file).contains("`diarize=true`"), "{}", refused(file));
        assert!(refused(r#"{"results":{"channels":null}}"#).contains("without a spoken word"));
    }
}
