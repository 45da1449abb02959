//! Invented calls written as every vendor writes them: they read back as the same call, and survive any damage.

use std::fmt::Write as _;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::model::party::Party;

/// One sentence: whether the first of two people says it, from when, until when, what.
#[derive(Debug, Clone)]
struct Sentence {
    first: bool,
    start_ms: i64,
    end_ms: i64,
    words: Vec<String>,
}

impl Sentence {
    fn label<'a>(&self, labels: [&'a str; 2]) -> &'a str {
        labels[usize::from(!self.first)]
    }

    /// Each word with its share of the time.
    fn timed(&self) -> impl Iterator<Item = (i64, i64, &str)> {
        let (count, length) = (self.words.len() as i64, self.end_ms - self.start_ms);
        let at = move |n: i64| self.start_ms + length * n / count;
        (0..).zip(&self.words).map(move |(n, word)| (at(n), at(n + 1), word.as_str()))
    }

    /// The words of all sentences, each made into JSON.
    fn every_word(call: &[Sentence], word: impl Fn(&Sentence, i64, i64, &str) -> Value) -> Vec<Value> {
        call.iter()
            .flat_map(|s| s.timed().map(|(start, end, text)| word(s, start, end, text)).collect::<Vec<_>>())
            .collect()
    }
}

fn seconds(ms: i64) -> f64 {
    ms as f64 / 1000.0
}

const NAMES: [&str; 2] = ["Ann Lee", "Bob"];

/// The call as JSON of a format; what only numbers its voices does so from the second to the first.
fn written(format: Format, call: &[Sentence]) -> Value {
    let each = |make: &dyn Fn(&Sentence) -> Value| call.iter().map(make).collect::<Vec<_>>();
    let text = |s: &Sentence| s.words.join(" ");
    let iso = |ms: i64| jiff::Timestamp::from_millisecond(1_771_081_323_000 + ms).unwrap().to_string();
    match format {
        Format::Gong => {
            let monologue = |s: &Sentence| json!({"speakerId": s.label(["71", "8"]), "sentences": [{"start": s.start_ms, "end": s.end_ms, "text": text(s)}]});
            json!({"callTranscripts": [{"callId": "5", "transcript": each(&monologue)}]})
        }
        Format::Gecko => json!({"monologues": each(&|s| {
            let terms: Vec<_> = s.timed().map(|(from, to, word)| json!({"start": seconds(from), "end": seconds(to), "text": word, "type": "WORD"})).collect();
            json!({"speaker": {"name": null, "id": s.label(NAMES)}, "terms": terms})
        })}),
        Format::MeetEntries => json!({
            "transcriptEntries": each(&|s| json!({"participant": s.label(["p/1", "p/2"]), "text": text(s), "startTime": iso(s.start_ms), "endTime": iso(s.end_ms)})),
            "participants": [{"name": "p/1", "signedinUser": {"displayName": NAMES[0]}}, {"name": "p/2", "anonymousUser": {"displayName": NAMES[1]}}],
        }),
        Format::Fireflies => json!({"data": {"transcript": {"sentences": each(&|s| {
            json!({"speaker_name": s.label(NAMES), "text": text(s), "start_time": seconds(s.start_ms), "end_time": seconds(s.end_ms)})
        })}}}),
        Format::Deepgram => {
            let words = Sentence::every_word(
                call,
                |s, start, end, word| json!({"word": "x", "punctuated_word": word, "start": seconds(start), "end": seconds(end), "speaker": u8::from(s.first)}),
            );
            json!({"results": {"channels": [{"alternatives": [{"transcript": "x", "words": words}]}]}})
        }
        Format::AssemblyAi => json!({"utterances": each(&|s| {
            let words: Vec<_> = s.timed().map(|(start, end, word)| json!({"text": word, "start": start, "end": end})).collect();
            json!({"speaker": s.label(["B", "A"]), "start": s.start_ms, "end": s.end_ms, "text": text(s), "words": words})
        })}),
        Format::Amazon => json!({"results": {"items": Sentence::every_word(call, |s, start, end, word| {
            json!({"type": "pronunciation", "start_time": seconds(start).to_string(), "end_time": seconds(end).to_string(),
                "speaker_label": s.label(["spk_1", "spk_0"]), "alternatives": [{"content": word}]})
        })}}),
        Format::Speechmatics => json!({"results": Sentence::every_word(call, |s, start, end, word| {
            json!({"type": "word", "start_time": seconds(start), "end_time": seconds(end),
                "alternatives": [{"content": word, "speaker": s.label(["S2", "S1"])}]})
        })}),
        Format::GoogleSpeech => {
            let words = Sentence::every_word(
                call,
                |s, start, end, word| json!({"word": word, "startTime": format!("{}s", seconds(start)), "endTime": format!("{}s", seconds(end)), "speakerTag": 1 + u8::from(s.first)}),
            );
            json!({"results": [{"alternatives": [{"transcript": "x"}]}, {"alternatives": [{"words": words}]}]})
        }
        Format::RevAi => json!({"monologues": each(&|s| {
            let mut elements = Vec::new();
            for (start, end, word) in s.timed() {
                elements.push(json!({"type": "text", "value": word, "ts": seconds(start), "end_ts": seconds(end)}));
                elements.push(json!({"type": "punct", "value": " "}));
            }
            json!({"speaker": u8::from(s.first), "elements": elements})
        })}),
        Format::HarperValley => Value::Array(each(
            &|s| json!({"speaker_role": s.label(NAMES), "start_ms": s.start_ms, "duration_ms": s.end_ms - s.start_ms, "human_transcript": text(s)}),
        )),
        Format::PodcastJson => json!({"segments": Sentence::every_word(call, |s, start, end, word| {
            json!({"speaker": s.label(NAMES), "startTime": seconds(start), "endTime": seconds(end), "body": word})
        })}),
        Format::Whisper => json!({"segments": each(&|s| {
            json!({"start": seconds(s.start_ms), "end": seconds(s.end_ms), "text": format!(" {}", text(s)), "speaker": s.label(["SPEAKER_01", "SPEAKER_00"])})
        })}),
        text => panic!("{text:?} is no JSON"),
    }
}

fn json_formats() -> impl Iterator<Item = Format> {
    Format::ALL.into_iter().filter(|format| matches!(format.about().sign, Sign::Fields(_)))
}

/// A call of two people, without gaps.
fn call() -> impl Strategy<Value = Vec<Sentence>> {
    let sentence = (any::<bool>(), 100i64..20_000, "[A-Z][a-z]{1,8}( [a-z]{2,8}){0,6}[.?]");
    prop::collection::vec(sentence, 2..20).prop_map(|sentences| {
        let mut at = 0;
        let timed = sentences.into_iter().map(|(first, length, text)| {
            let start_ms = at;
            at += length;
            Sentence { first, start_ms, end_ms: at, words: text.split(' ').map(str::to_owned).collect() }
        });
        timed.collect()
    })
}

fn read_bytes(bytes: &[u8]) -> Result<Recording, ReadError> {
    read(&[InputFile { name: None, bytes }]).remove(0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_call_reads_back_from_every_vendors_json(call in call(), utf16 in any::<bool>()) {
        for format in json_formats() {
            let mut file = written(format, &call).to_string();
            if utf16 {
                file.insert(0, '\u{feff}');
            }
            let bytes: Vec<u8> =
                if utf16 { file.encode_utf16().flat_map(u16::to_le_bytes).collect() } else { file.clone().into_bytes() };
            let recording = read_bytes(&bytes).unwrap_or_else(|error| panic!("{error}: {file}"));
            prop_assert_eq!(recording.format, format);
            let mut found = Vec::new();
            for line in &recording.transcript.lines {
                found.extend(line.utterances.iter().map(|u| (line.party, u.start_ms, u.end_ms, line.text[u.from..u.to].to_owned())));
            }
            let begins = call[0].first;
            let expected: Vec<_> = call
                .iter()
                .map(|s| (Some(usize::from(s.first != begins)), Some(s.start_ms), Some(s.end_ms), s.words.join(" ")))
                .collect();
            prop_assert_eq!(found, expected, "{:?}: {}", format, file);
            let names: Vec<_> = recording.call.parties.iter().map(Party::display_name).collect();
            let named = [NAMES[usize::from(!begins)], NAMES[usize::from(begins)]];
            prop_assert!(names == named[..names.len()] || names == ["Speaker 1", "Speaker 2"][..names.len()], "{:?}", names);
        }
    }

    #[test]
    fn damage_is_survived_by_every_reader(call in call(), at in 0.0f64..1.0, cut in 0usize..40, put in "[\\[\\]{}:,\"a-z0-9.-]{0,6}") {
        for format in json_formats() {
            let file = written(format, &call).to_string();
            let from = (file.len() as f64 * at) as usize;
            let mut damaged = file[..from].to_owned();
            let _ = write!(damaged, "{put}{}", &file[(from + cut).min(file.len())..]);
            if let Err(error) = read_bytes(damaged.as_bytes()) {
                prop_assert!(error.to_string().len() < 400);
            }
        }
    }

    #[test]
    fn any_value_may_be_missing_null_or_of_another_kind(call in call(), pick in any::<prop::sample::Index>(), with in 0usize..8) {
        let values = [Value::Null, json!([]), json!({}), json!(""), json!(-1), json!(1e300), json!(i64::MIN), json!([[null, {}]])];
        for format in json_formats() {
            let mut file = written(format, &call);
            let mut paths = Vec::new();
            places(&file, &mut String::new(), &mut paths);
            *file.pointer_mut(&paths[pick.index(paths.len())]).unwrap() = values[with].clone();
            let _ = read_bytes(file.to_string().as_bytes());
        }
    }
}

/// The place of every value in a JSON value.
fn places(value: &Value, at: &mut String, found: &mut Vec<String>) {
    found.push(at.clone());
    let length = at.len();
    let below: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(list) => list.iter().enumerate().map(|(n, value)| (n.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    for (name, value) in below {
        let _ = write!(at, "/{}", name.replace('~', "~0").replace('/', "~1"));
        places(value, at, found);
        at.truncate(length);
    }
}
