//! Speechmatics: json-v2 with words and marks in one list, and version 1 with words beside a list of speakers' turns.
//! <https://docs.speechmatics.com/speech-to-text/batch/output>

use serde::Deserialize;

use super::draft::Draft;
use super::wire::{Join, Piece, Time, join, list, pieces};

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Reply {
    job: Option<Job>,
    #[serde(deserialize_with = "pieces::<_, Item>")]
    results: Vec<Piece>,
    #[serde(deserialize_with = "pieces::<_, Word>")]
    words: Vec<Piece>,
    #[serde(deserialize_with = "pieces::<_, Word>")]
    speakers: Vec<Piece>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Job {
    duration: Time,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Item {
    r#type: Option<String>,
    start_time: Time,
    end_time: Time,
    #[serde(deserialize_with = "super::wire::label")]
    channel: Option<String>,
    #[serde(deserialize_with = "list::<_, Alternative>")]
    alternatives: Vec<Alternative>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Alternative {
    content: Option<String>,
    #[serde(deserialize_with = "super::wire::label")]
    speaker: Option<String>,
}

/// A word, or a speaker's turn, of version 1.
#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Word {
    name: Option<String>,
    time: Time,
    duration: Time,
}

impl From<Item> for Piece {
    fn from(item: Item) -> Self {
        let best = item.alternatives.into_iter().next().unwrap_or_default();
        // With diarization by channel and speaker, S1 of one channel is not S1 of the other.
        let speaker = match (item.channel, best.speaker) {
            (Some(channel), Some(speaker)) if speaker != "UU" => Some(format!("{channel}_{speaker}")),
            (channel, speaker) => channel.or(speaker),
        };
        Piece {
            speaker,
            start_ms: item.start_time.seconds(),
            end_ms: item.end_time.seconds(),
            text: best.content.unwrap_or_default(),
            join: if item.r#type.as_deref() == Some("punctuation") { Join::Mark } else { Join::Spaced },
        }
    }
}

impl From<Word> for Piece {
    fn from(word: Word) -> Self {
        let text = word.name.unwrap_or_default();
        let start_ms = word.time.seconds();
        Piece {
            speaker: None,
            start_ms,
            end_ms: start_ms.zip(word.duration.seconds()).map(|(start, length)| start + length),
            join: if text.contains(char::is_alphanumeric) { Join::Spaced } else { Join::Mark },
            text,
        }
    }
}

pub(super) fn read(content: &str) -> serde_json::Result<Draft> {
    let mut reply: Reply = serde_json::from_str(content)?;
    let mut draft = Draft::default();
    draft.call.duration_ms = reply.job.unwrap_or_default().duration.seconds().filter(|ms| *ms > 0);
    reply.speakers.sort_by_key(|turn| turn.start_ms);
    for word in &mut reply.words {
        let turn = reply.speakers.partition_point(|turn| turn.start_ms <= word.start_ms).checked_sub(1);
        word.speaker = turn.and_then(|n| reply.speakers.get(n)).map(|turn| turn.text.clone());
    }
    draft.say_pieces(join(reply.results));
    draft.say_pieces(join(reply.words));
    draft.sort_by_start();
    Ok(draft)
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::tests::{line, refused, said};

    fn item(kind: &str, start: f64, speaker: &str, text: &str) -> String {
        let end = start + 0.3;
        format!(
            r#"{{"type":"{kind}","start_time":{start},"end_time":{end},"alternatives":[{{"content":"{text}","confidence":1.0,"speaker":{speaker}}}]}}"#
        )
    }

    #[test]
    fn version_two_has_speakers_with_the_words() {
        let items = [
            item("word", 0.0, r#""S2""#, "Hi"),
            item("punctuation", 0.3, r#""S2""#, "."),
            item("word", 0.5, r#""UU""#, "Hm"),
            item("word", 0.9, r#""S1""#, "Yes"),
            r#"{"type":"speaker_change","start_time":1,"end_time":1}"#.to_owned(),
        ];
        let file = format!(r#"{{"format":"2.9","results":[{}]}}"#, items.join(","));
        assert_eq!(
            said(Format::Speechmatics, &file),
            [line("Speaker 1", 0, 300, "Hi."), line("", 500, 800, "Hm"), line("Speaker 2", 900, 1200, "Yes")]
        );
        let file = format!(r#"{{"results":[{}]}}"#, item("word", 0.0, "null", "Hi"));
        assert!(refused(&file).contains(r#"`"diarization": "speaker"`"#), "{}", refused(&file));
    }

    #[test]
    fn version_one_has_turns_beside_the_words() {
        let file = r#"{"format":"1.0","job":{"duration":3},"speakers":[{"name":"M2","time":"1.00","duration":"1"},{"name":"F1","time":"0.00","duration":"1.00"}],
            "words":[{"name":"Hi","time":"0.10","duration":"0.20"},{"name":".","time":"0.9","duration":"0"},{"name":"Yes","time":"1.00","duration":"0.5"}]}"#;
        assert_eq!(
            said(Format::Speechmatics, file),
            [line("Speaker 1", 100, 300, "Hi."), line("Speaker 2", 1000, 1500, "Yes")]
        );
    }
}
