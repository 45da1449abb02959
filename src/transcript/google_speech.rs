//! Google Speech-to-Text, versions 1 and 2: results with words. In version 1 the words that have a speaker stand once
//! more, all together, in the last result.
//! <https://cloud.google.com/speech-to-text/docs/multiple-voices>

use serde::Deserialize;

use super::draft::Draft;
use super::wire::{Piece, Time, join, list, pieces};

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Reply {
    #[serde(deserialize_with = "list::<_, Recognised>")]
    results: Vec<Recognised>,
    response: Option<Response>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Response {
    #[serde(deserialize_with = "list::<_, Recognised>")]
    results: Vec<Recognised>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Recognised {
    #[serde(deserialize_with = "list::<_, Alternative>")]
    alternatives: Vec<Alternative>,
    #[serde(alias = "channelTag", deserialize_with = "super::wire::label")]
    channel_tag: Option<String>,
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
    #[serde(alias = "startTime", alias = "startOffset", alias = "start_offset")]
    start_time: Time,
    #[serde(alias = "endTime", alias = "endOffset", alias = "end_offset")]
    end_time: Time,
    #[serde(alias = "speakerTag", deserialize_with = "super::wire::label")]
    speaker_tag: Option<String>,
    #[serde(alias = "speakerLabel", deserialize_with = "super::wire::label")]
    speaker_label: Option<String>,
}

impl From<Word> for Piece {
    fn from(word: Word) -> Self {
        Piece {
            // Tags count from 1; 0 is the default value of one that was not set.
            speaker: word.speaker_label.or(word.speaker_tag).filter(|label| label != "0"),
            // A time of zero is left out.
            start_ms: word.start_time.seconds().or(word.end_time.seconds().map(|_| 0)),
            end_ms: word.end_time.seconds(),
            text: word.word.unwrap_or_default(),
            ..Piece::default()
        }
    }
}

pub(super) fn read(content: &str) -> serde_json::Result<Draft> {
    let reply: Reply = serde_json::from_str(content)?;
    let finished = reply.response.unwrap_or_default().results;
    let results: Vec<(Option<String>, Alternative)> = reply
        .results
        .into_iter()
        .chain(finished)
        .filter_map(|result| Some((result.channel_tag, result.alternatives.into_iter().next()?)))
        .collect();
    let diarized = results.iter().any(|(_, best)| best.words.iter().any(|word| word.speaker.is_some()));
    let several = results.iter().any(|(channel, _)| *channel != results.first().and_then(|first| first.0.clone()));
    let mut draft = Draft::default();
    for (channel, best) in results {
        if diarized {
            draft.say_pieces(join(best.words.into_iter().filter(|word| word.speaker.is_some())));
        } else if best.words.is_empty() {
            draft.say(None, (None, None), &best.transcript.unwrap_or_default());
        } else {
            let speaker = channel.filter(|_| several);
            draft.say_pieces(join(best.words.into_iter().map(|word| Piece { speaker: speaker.clone(), ..word })));
        }
    }
    draft.sort_by_start();
    Ok(draft)
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::tests::{line, refused, said};

    #[test]
    fn the_words_with_a_speaker_count_once() {
        let expected = [line("Speaker 1", 0, 500, "Hi."), line("Speaker 2", 700, 1000, "Yes")];
        let first = r#"{"results":[
            {"alternatives":[{"transcript":"Hi. Yes","words":[{"word":"Hi.","endTime":"0.500s"},{"word":"Yes","startTime":"0.700s","endTime":"1s"}]}]},
            {"alternatives":[{"words":[{"word":"Hi.","endTime":"0.500s","speakerTag":2},{"word":"Yes","startTime":"0.700s","endTime":"1s","speakerTag":1}]}]}]}"#;
        assert_eq!(said(Format::GoogleSpeech, first), expected);
        assert_eq!(said(Format::GoogleSpeech, &format!(r#"{{"name":"1","response":{first}}}"#)), expected);
        let second = r#"{"results":[{"alternatives":[{"words":[{"word":"Hi.","startOffset":"0s","endOffset":"0.5s","speakerLabel":"2"}]}]},
            {"alternatives":[{"words":[{"word":"Yes","start_offset":{"seconds":0,"nanos":700000000},"endOffset":"1s","speakerLabel":"1"}]}]},{},null]}"#;
        assert_eq!(said(Format::GoogleSpeech, second), expected);
    }

    #[test]
    fn channels_are_speakers_and_without_either_it_is_refused() {
        let result = |tag: u32| {
            format!(
                r#"{{"channelTag":{tag},"alternatives":[{{"words":[{{"word":"Hi","startTime":"{tag}s","endTime":"{tag}.5s"}}]}}]}}"#
            )
        };
        let file = |tags: [u32; 2]| format!(r#"{{"results":[{},{}]}}"#, result(tags[0]), result(tags[1]));
        assert_eq!(
            said(Format::GoogleSpeech, &file([1, 2])),
            [line("Speaker 1", 1000, 1500, "Hi"), line("Speaker 2", 2000, 2500, "Hi")]
        );
        assert!(refused(&file([1, 1])).contains("`enableSpeakerDiarization`"));
        assert!(refused(r#"{"results":[{"alternatives":[{"transcript":"Hi"}]}]}"#).contains("nobody can be coached"));
    }
}
