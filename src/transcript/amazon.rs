//! Amazon Transcribe: words and marks; who spoke stands with them, in a list beside them by start, or as a channel.
//! <https://docs.aws.amazon.com/transcribe/latest/dg/how-input.html#how-output>

use std::collections::HashMap;

use serde::Deserialize;

use super::draft::Draft;
use super::wire::{Join, Piece, Time, join, list, pieces};

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Job {
    results: Option<Results>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Results {
    #[serde(deserialize_with = "pieces::<_, Item>")]
    items: Vec<Piece>,
    speaker_labels: Option<SpeakerLabels>,
    channel_labels: Option<ChannelLabels>,
    #[serde(deserialize_with = "list::<_, Text>")]
    transcripts: Vec<Text>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Item {
    r#type: Option<String>,
    start_time: Time,
    end_time: Time,
    #[serde(deserialize_with = "super::wire::label")]
    speaker_label: Option<String>,
    #[serde(deserialize_with = "list::<_, Alternative>")]
    alternatives: Vec<Alternative>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Alternative {
    content: Option<String>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct SpeakerLabels {
    #[serde(deserialize_with = "list::<_, Segment>")]
    segments: Vec<Segment>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Segment {
    #[serde(deserialize_with = "list::<_, Label>")]
    items: Vec<Label>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Label {
    start_time: Time,
    #[serde(deserialize_with = "super::wire::label")]
    speaker_label: Option<String>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct ChannelLabels {
    #[serde(deserialize_with = "list::<_, Channel>")]
    channels: Vec<Channel>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Channel {
    #[serde(deserialize_with = "super::wire::label")]
    channel_label: Option<String>,
    #[serde(deserialize_with = "pieces::<_, Item>")]
    items: Vec<Piece>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Text {
    transcript: Option<String>,
}

impl From<Item> for Piece {
    fn from(item: Item) -> Self {
        let best = item.alternatives.into_iter().next();
        Piece {
            speaker: item.speaker_label,
            start_ms: item.start_time.seconds(),
            end_ms: item.end_time.seconds(),
            text: best.and_then(|best| best.content).unwrap_or_default(),
            join: if item.r#type.as_deref() == Some("punctuation") { Join::Mark } else { Join::Spaced },
        }
    }
}

pub(super) fn read(content: &str) -> serde_json::Result<Draft> {
    let job: Job = serde_json::from_str(content)?;
    let mut results = job.results.unwrap_or_default();
    let segments = results.speaker_labels.unwrap_or_default().segments;
    let labels = segments.into_iter().flat_map(|segment| segment.items);
    let by_start: HashMap<i64, Option<String>> =
        labels.filter_map(|label| Some((label.start_time.seconds()?, label.speaker_label))).collect();
    for item in results.items.iter_mut().filter(|item| item.speaker.is_none()) {
        item.speaker = item.start_ms.and_then(|start| by_start.get(&start).cloned().flatten());
    }
    let mut draft = Draft::default();
    let channels = results.channel_labels.unwrap_or_default().channels;
    if channels.is_empty() {
        draft.say_pieces(join(results.items));
    }
    for channel in channels {
        let label = channel.channel_label;
        draft.say_pieces(join(channel.items.into_iter().map(|item| Piece { speaker: label.clone(), ..item })));
    }
    if !draft.has_text() {
        for text in results.transcripts {
            draft.say(None, (None, None), &text.transcript.unwrap_or_default());
        }
    }
    draft.sort_by_start();
    Ok(draft)
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::tests::{line, refused, said};

    fn word(start: f64, label: &str, text: &str) -> String {
        let end = start + 0.5;
        format!(
            r#"{{"start_time":"{start}","end_time":"{end}",{label}"type":"pronunciation","alternatives":[{{"confidence":"1.0","content":"{text}"}}]}}"#
        )
    }

    const STOP: &str = r#"{"type":"punctuation","alternatives":[{"content":"."}]}"#;

    #[test]
    fn speakers_stand_with_the_words_or_beside_them() {
        let expected = [line("Speaker 1", 0, 1100, "Hi you."), line("Speaker 2", 1500, 2000, "Yes")];
        let beside = format!(
            r#"{{"results":{{"speaker_labels":{{"segments":[null,{{"items":[{{"start_time":"0","speaker_label":"spk_1"}},{{"start_time":"0.6","speaker_label":"spk_1"}}]}},{{"items":[{{"start_time":"1.50","speaker_label":"spk_0"}}]}}]}},"items":[{},{},{STOP},{}]}}}}"#,
            word(0.0, "", "Hi"),
            word(0.6, "", "you"),
            word(1.5, "", "Yes")
        );
        assert_eq!(said(Format::Amazon, &beside), expected);
        let within = format!(
            r#"{{"results":{{"items":[{},{},{STOP},{}]}}}}"#,
            word(0.0, r#""speaker_label":"spk_1","#, "Hi"),
            word(0.6, r#""speaker_label":"spk_1","#, "you"),
            word(1.5, r#""speaker_label":"spk_0","#, "Yes")
        );
        assert_eq!(said(Format::Amazon, &within), expected);
    }

    #[test]
    fn a_channel_is_a_speaker() {
        let file = format!(
            r#"{{"results":{{"items":[{}],"channel_labels":{{"channels":[{{"channel_label":"ch_0","items":[{}]}},{{"channel_label":"ch_1","items":[{}]}}]}}}}}}"#,
            word(0.0, "", "x"),
            word(2.0, "", "Two"),
            word(1.0, "", "One")
        );
        assert_eq!(
            said(Format::Amazon, &file),
            [line("Speaker 2", 1000, 1500, "One"), line("Speaker 1", 2000, 2500, "Two")]
        );
    }

    #[test]
    fn a_job_without_speakers_is_refused_with_the_setting() {
        for file in [
            format!(r#"{{"results":{{"items":[{}]}}}}"#, word(0.0, "", "Hi")),
            r#"{"results":{"transcripts":[{"transcript":"Hi"}]}}"#.to_owned(),
        ] {
            assert!(refused(&file).contains("`ShowSpeakerLabels`"), "{}", refused(&file));
        }
    }
}
