//! Whole files through [`read`]: the formats agree with each other, and hostile input is survived.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::*;
use crate::model::call::CallType;
use crate::model::party::Side;

/// The folder of test data, which is not part of the package.
#[allow(clippy::print_stdout, reason = "a skipped test says so")]
fn data(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    if !path.exists() {
        println!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

fn read_paths(paths: &[PathBuf]) -> Vec<Result<Recording, ReadError>> {
    let bytes: Vec<Vec<u8>> = paths.iter().map(|path| std::fs::read(path).unwrap()).collect();
    let names: Vec<&str> = paths.iter().map(|path| path.to_str().unwrap()).collect();
    let files: Vec<_> = names.iter().zip(&bytes).map(|(name, bytes)| InputFile { name: Some(name), bytes }).collect();
    read(&files)
}

fn read_text(text: &str) -> Result<Recording, ReadError> {
    read(&[InputFile { name: Some("call.txt"), bytes: text.as_bytes() }]).remove(0)
}

/// An utterance: who, from when, until when, what. Nobody is the empty name.
pub(super) type Said = (String, Option<i64>, Option<i64>, String);

pub(super) fn line(name: &str, start_ms: i64, end_ms: i64, text: &str) -> Said {
    (name.to_owned(), Some(start_ms), Some(end_ms), text.to_owned())
}

/// The utterances of a file that is to be read as this format.
pub(super) fn said(format: Format, file: &str) -> Vec<Said> {
    let recording = read_text(file).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(recording.format, format);
    let parties = &recording.call.parties;
    let lines = recording.transcript.lines.iter();
    let said = |line: &'_ crate::model::transcript::Line| -> Vec<Said> {
        let name = line.party.and_then(|n| parties[n].name.clone()).unwrap_or_default();
        let of = line.utterances.iter();
        of.map(|u| (name.clone(), u.start_ms, u.end_ms, line.text[u.from..u.to].to_owned())).collect()
    };
    lines.flat_map(said).collect()
}

/// Why a file is refused.
pub(super) fn refused(file: &str) -> String {
    read_text(file).unwrap_err().to_string()
}

/// Each speaker's words in order, and their talk time.
fn by_speaker(recording: &Recording) -> BTreeMap<String, (String, i64)> {
    let mut speakers: BTreeMap<String, (String, i64)> = BTreeMap::new();
    for line in &recording.transcript.lines {
        let name = line.party.map_or("-", |n| recording.call.parties[n].display_name());
        let (words, talk) = speakers.entry(name.to_owned()).or_default();
        for word in line.text.split_whitespace() {
            words.push_str(word);
            words.push(' ');
        }
        *talk += line.utterances.iter().map(|u| u.end_ms.unwrap_or(0) - u.start_ms.unwrap_or(0)).sum::<i64>();
    }
    speakers
}

#[test]
fn one_call_in_many_formats_is_the_same_call() {
    let Some(folder) = data("derived/gecko_call") else { return };
    let gong = read_paths(&["gong_extensive.json", "gong_callTranscripts.json"].map(|name| folder.join(name)));
    let gong = gong.into_iter().next().unwrap().unwrap();
    let expected = by_speaker(&gong);
    assert_eq!(expected.keys().collect::<Vec<_>>(), ["Roger", "Virgil"]);
    assert_eq!(gong.call.ext_id, "7782342274025937895");
    assert_eq!(gong.call.parties.iter().map(|party| party.side).collect::<Vec<_>>(), [Side::Rep, Side::Buyer]);
    for name in ["zoom.vtt", "speakers.srt", "teams.vtt", "otter.txt", "google_meet.txt"] {
        let recording = read_paths(&[folder.join(name)]).remove(0).unwrap();
        let found = by_speaker(&recording);
        for (speaker, (words, talk)) in &expected {
            assert_eq!(&found[speaker].0, words, "{name}");
            if recording.transcript.is_timed() {
                assert_eq!(&found[speaker].1, talk, "{name}");
            }
        }
        assert_eq!(found.len(), 2, "{name}");
    }
}

#[test]
fn files_of_every_vendor_are_read_or_refused_with_the_reason() {
    let Some(folder) = data("formats") else { return };
    for (name, format, speakers) in [
        ("zoom_vtt/acde_2026-07-02_240/transcript.vtt", Format::WebVtt, 3..60),
        ("teams_vtt/msgraph_docs_content.vtt", Format::WebVtt, 1..2),
        ("teams_vtt/msgraph_docs_metadataContent.vtt", Format::WebVtt, 1..2),
        ("podcast_srt_vtt_json/podnews_weekly_review_2024-01-19.vtt", Format::WebVtt, 3..20),
        ("podcast_srt_vtt_json/buzzcast.srt", Format::Srt, 3..8),
        ("otter_txt/53-accessibility.txt", Format::Otter, 2..8),
        ("otter_txt/62-security.txt", Format::Otter, 3..8),
        ("otter_txt/29-building-a-resume.txt", Format::Otter, 2..8),
        ("google_meet/13_PPGC_Transcript.md", Format::GoogleMeet, 3..40),
        ("google_meet/27_PPGC_Transcripts.md", Format::GoogleMeet, 3..40),
        ("markdown_bold_speaker/the-changelog-594.md", Format::Markdown, 5..6),
    ] {
        let recording = read_paths(&[folder.join(name)]).remove(0).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(recording.format, format, "{name}");
        let spoke: Vec<_> = recording.call.parties.iter().filter(|party| party.spoke).collect();
        assert!(speakers.contains(&spoke.len()), "{name}: {spoke:?}");
        assert!(!recording.call.parties.iter().any(|party| party.display_name().contains("Notetaker")), "{name}");
    }
}

#[test]
fn a_markdown_header_tells_date_people_and_sides() {
    let Some(folder) = data("tribeai_sales_transcripts/inputs/transcripts") else { return };
    let recording = read_paths(&[folder.join("cold-call-success-01.md")]).remove(0).unwrap();
    let call = &recording.call;
    let people: Vec<_> = call.parties.iter().map(|party| (party.display_name(), party.side, party.spoke)).collect();
    assert_eq!(people, [("Sarah", Side::Rep, true), ("Michael Chen", Side::Buyer, true)]);
    assert_eq!(call.parties[1].title.as_deref(), Some("VP of Sales"));
    assert_eq!(call.started_at, Some("2024-01-15T00:00:00Z".parse().unwrap()));
    assert_eq!((call.duration_ms, call.call_type), (Some(480_000), Some(CallType::ColdCall)));
    assert_eq!(recording.transcript.lines.last().unwrap().text, "Sounds good.");
}

#[test]
fn gong_words_alone_are_read_and_facts_alone_refused() {
    let words = r#"{"callTranscripts":[{"callId":"1","transcript":[{"speakerId":"8","sentences":[{"start":0,"end":9,"text":"Hi."}]},{"speakerId":null,"sentences":[{"start":10,"end":19,"text":"Ho."}]}]}]}"#;
    let facts = r#"{"calls":[{"metaData":{"id":"2"},"parties":[]}]}"#;
    let recording = read_text(words).unwrap();
    assert_eq!(recording.call.parties.len(), 1);
    assert_eq!(recording.call.parties[0].display_name(), "Speaker 1");
    assert_eq!(recording.transcript.lines[1].party, None);
    assert_eq!(read_text(facts).unwrap_err().problem, Problem::GongWithoutTranscript { id: "2".to_owned() });
    let nothing = r#"{"callTranscripts":[null,{}],"calls":null}"#;
    assert_eq!(read_text(nothing).unwrap_err().problem, Problem::NoText { format: Format::Gong });
}

#[test]
fn speakers_called_by_their_role_have_a_side() {
    let recording = read_text("Rep: Hi.\nBuyer: Hello.\nRep: So.\nBuyer: Well.\nDana: Yes.\n").unwrap();
    let sides: Vec<_> = recording.call.parties.iter().map(|party| party.side).collect();
    assert_eq!(sides, [Side::Rep, Side::Buyer, Side::Unknown]);
}

#[test]
fn the_identity_of_a_file_is_its_content() {
    let unix = read_text("Ann: One.\nBob: Two.\n").unwrap();
    let windows = InputFile { name: None, bytes: "\u{feff}Ann: One.\r\nBob: Two.".as_bytes() };
    assert_eq!(unix.call.ext_id, read(&[windows]).remove(0).unwrap().call.ext_id);
    assert_ne!(unix.call.ext_id, read_text("Ann: One.\nBob: Too.\n").unwrap().call.ext_id);
    assert_eq!(unix.call.ext_id.len(), "file:".len() + 16);
}

#[test]
fn refusals_name_file_line_and_reason() {
    let messages: Vec<String> = [
        "",
        "WEBVTT\n\n1:00 -> x --> 2:00\nA: b",
        "WEBVTT\n\n00:00.000 --> 00:01.000\nhello there",
        "{\"calls\": [",
        "Dear all, no transcript here.",
    ]
    .iter()
    .map(|text| read_text(text).unwrap_err().to_string())
    .collect();
    for (message, start) in messages.iter().zip([
        "call.txt: the file is empty",
        "call.txt:3: `1:00 -> x --> 2:00` is no cue time",
        "call.txt: WebVTT without speaker names",
        "call.txt:1: broken JSON at column 11",
        "call.txt: not a transcript in a known format",
    ]) {
        assert!(message.starts_with(start), "{message}");
    }
}

/// Turns of two people, with rising times and words that no format gives a meaning to.
fn talk() -> impl Strategy<Value = Vec<(bool, u16, String)>> {
    prop::collection::vec((any::<bool>(), 1u16..60_000, "[A-Z][a-z]{1,8}( [a-z]{2,8}){0,6}[.?]"), 2..40)
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), start in 0usize..6) {
        let starts = ["", "WEBVTT\n\n00:00.000 --> 00:01.000\n", "1\n00:00:00,000 --> 00:00:01,000\n", "**Ann:** ", "Ann  0:00\n", "{\"calls\":["];
        let whole = [starts[start].as_bytes(), &bytes].concat();
        let lossy = [starts[start], &String::from_utf8_lossy(&bytes)].concat();
        read(&[InputFile { name: None, bytes: &whole }, InputFile { name: Some("x"), bytes: lossy.as_bytes() }]);
    }

    #[test]
    fn no_lines_of_marks_make_a_reader_panic(text in "([A-C]:|\\*\\*|<v|>|</v>|-->|\\[|\\]|0:15|[(){}#\\\\*_-]|\n| |é|\u{1b}){0,80}") {
        let _ = read_text(&text);
        let _ = read_text(&format!("WEBVTT\n\n{text}"));
    }

    #[test]
    fn a_written_call_reads_back(talk in talk()) {
        let mut files = [const { String::new() }; 5];
        files[0].push_str("WEBVTT\n\n");
        files[1].push_str("WEBVTT\n\n");
        let mut expected = Vec::new();
        let mut at = 0i64;
        for (n, (first, length, words)) in talk.iter().enumerate() {
            let name = if *first { "Ann Lee" } else { "Bob" };
            let end = at + i64::from(*length);
            let clock = |ms: i64, mark: char| {
                format!("{:02}:{:02}:{:02}{mark}{:03}", ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, ms % 1000)
            };
            let range = |mark| format!("{} --> {}", clock(at, mark), clock(end, mark));
            files[0].push_str(&format!("{}\n{name}: {words}\n\n", range('.')));
            files[1].push_str(&format!("id/{n}\n{}\n<v {name}>{words}</v>\n\n", range('.')));
            files[2].push_str(&format!("{}\n{}\n{name}: {words}\n\n", n + 1, range(',')));
            files[3].push_str(&format!("{name}  {}:{:02}\n{words}\n\n", at / 60_000, at / 1000 % 60));
            files[4].push_str(&format!("[{}] {name}: {words}\n", clock(at, '.')));
            expected.push((name.to_owned(), at, end, words.clone()));
            at = end;
        }
        for (n, file) in files.iter().enumerate() {
            let recording = read_text(file).unwrap();
            let lines = &recording.transcript.lines;
            let found: Vec<_> = lines.iter().flat_map(|line| line.utterances.iter().map(|u| {
                let name = recording.call.parties[line.party.unwrap()].display_name().to_owned();
                (name, u.start_ms.unwrap(), u.end_ms, line.text[u.from..u.to].to_owned())
            })).collect();
            let wanted: Vec<_> = expected.iter().map(|(name, start, end, words)| match n {
                0..=2 => (name.clone(), *start, Some(*end), words.clone()),
                3 => (name.clone(), start / 1000 * 1000, None, words.clone()),
                _ => (name.clone(), *start, None, words.clone()),
            }).collect();
            prop_assert_eq!(found, wanted, "{}", file);
        }
    }
}
