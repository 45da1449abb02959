//! Every file of the test data, with what is to come of it, and one call in all its shapes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use call_coach::model::party::Side;
use call_coach::speech::conversation::Conversation;
use call_coach::speech::metrics::{self, METRICS};
use call_coach::speech::trackers::Trackers;
use call_coach::transcript::Format::{self, *};
use call_coach::transcript::Problem::{self, *};
use call_coach::transcript::{InputFile, Recording, read};

use crate::support::data;

/// What is to come of a file.
#[derive(Debug, PartialEq)]
enum Outcome {
    /// Its format, how many speak, and lines.
    Read(Format, usize, usize),
    /// Gong's facts about a call, whose words stand in another file.
    Facts,
    Refused(Problem),
}

use Outcome::{Facts, Read, Refused};

const FOLDERS: [&str; 4] = ["formats", "derived", "synthetic_sales_calls/ms_ckm_telecom", "gong_gecko_demo_call"];

#[rustfmt::skip]
const FILES: [(&str, Outcome); 80] = [
    ("derived/gecko_call/assemblyai_utterances.json", Read(AssemblyAi, 2, 70)),
    ("derived/gecko_call/fireflies.json", Read(Fireflies, 2, 70)),
    ("derived/gecko_call/gong_callTranscripts.json", Read(Gong, 2, 70)),
    ("derived/gecko_call/gong_extensive.json", Facts),
    ("derived/gecko_call/google_meet.txt", Read(GoogleMeet, 2, 70)),
    ("derived/gecko_call/otter.txt", Read(Otter, 2, 70)),
    ("derived/gecko_call/speakers.srt", Read(Srt, 2, 70)),
    ("derived/gecko_call/teams.vtt", Read(WebVtt, 2, 70)),
    ("derived/gecko_call/zoom.vtt", Read(WebVtt, 2, 70)),
    ("derived/scuba_VoiceCallTranscript__c_0/gong_callTranscripts.json", Read(Gong, 2, 22)),
    ("derived/scuba_VoiceCallTranscript__c_0/gong_extensive.json", Facts),
    ("derived/scuba_VoiceCallTranscript__c_0/zoom.vtt", Read(WebVtt, 2, 22)),
    ("derived/scuba_VoiceCallTranscript__c_1/gong_callTranscripts.json", Read(Gong, 2, 21)),
    ("derived/scuba_VoiceCallTranscript__c_1/gong_extensive.json", Facts),
    ("derived/scuba_VoiceCallTranscript__c_1/zoom.vtt", Read(WebVtt, 2, 21)),
    ("derived/scuba_VoiceCallTranscript__c_2/gong_callTranscripts.json", Read(Gong, 2, 21)),
    ("derived/scuba_VoiceCallTranscript__c_2/gong_extensive.json", Facts),
    ("derived/scuba_VoiceCallTranscript__c_2/zoom.vtt", Read(WebVtt, 2, 21)),
    ("derived/scuba_VoiceCallTranscript__c_3/gong_callTranscripts.json", Read(Gong, 2, 18)),
    ("derived/scuba_VoiceCallTranscript__c_3/gong_extensive.json", Facts),
    ("derived/scuba_VoiceCallTranscript__c_3/zoom.vtt", Read(WebVtt, 2, 18)),
    ("derived/scuba_VoiceCallTranscript__c_4/gong_callTranscripts.json", Read(Gong, 2, 29)),
    ("derived/scuba_VoiceCallTranscript__c_4/gong_extensive.json", Facts),
    ("derived/scuba_VoiceCallTranscript__c_4/zoom.vtt", Read(WebVtt, 2, 29)),
    ("formats/assemblyai/LICENSE", Refused(UnknownFormat)),
    ("formats/assemblyai/assemblyai_transcription.json", Read(AssemblyAi, 1, 1)),
    ("formats/assemblyai/assemblyai_utterances.json", Read(AssemblyAi, 1, 1)),
    ("formats/aws_transcribe/LICENCE.md", Refused(UnknownFormat)),
    ("formats/aws_transcribe/todayinfocus_speakers.json", Read(Amazon, 2, 18)),
    ("formats/deepgram/LICENSE", Refused(UnknownFormat)),
    ("formats/deepgram/dg_speakers.json", Read(Deepgram, 3, 11)),
    ("formats/deepgram/dg_speakers_no_utterances.json", Read(Deepgram, 3, 11)),
    ("formats/deepgram/dg_utterances.json", Refused(NoSpeakers { format: Deepgram })),
    ("formats/deepgram/dg_whisper_transcription.json", Refused(NoSpeakers { format: Deepgram })),
    ("formats/google_meet/13_PPGC_Transcript.md", Read(GoogleMeet, 8, 65)),
    ("formats/google_meet/27_PPGC_Transcripts.md", Read(GoogleMeet, 7, 144)),
    ("formats/google_meet/LICENSE.md", Refused(UnknownFormat)),
    ("formats/granola/SCHEMA.md", Refused(UnknownFormat)),
    ("formats/harper_valley_sample/0002f70f7386445b.reduced.json", Read(HarperValley, 2, 10)),
    ("formats/markdown_bold_speaker/LICENSE", Refused(UnknownFormat)),
    ("formats/markdown_bold_speaker/the-changelog-594.md", Read(Markdown, 5, 1202)),
    ("formats/otter_txt/29-building-a-resume.txt", Read(Otter, 3, 201)),
    ("formats/otter_txt/53-accessibility.txt", Read(Otter, 3, 238)),
    ("formats/otter_txt/62-security.txt", Read(Otter, 4, 255)),
    ("formats/otter_txt/LICENSE", Refused(UnknownFormat)),
    ("formats/podcast_srt_vtt_json/LICENSE", Refused(UnknownFormat)),
    ("formats/podcast_srt_vtt_json/buzzcast.html", Read(PodcastHtml, 5, 122)),
    ("formats/podcast_srt_vtt_json/buzzcast.json", Read(PodcastJson, 5, 87)),
    ("formats/podcast_srt_vtt_json/buzzcast.srt", Read(Srt, 5, 112)),
    ("formats/podcast_srt_vtt_json/how_to_start_a_podcast.json", Read(PodcastJson, 2, 53)),
    ("formats/podcast_srt_vtt_json/one_word_segments.json", Read(PodcastJson, 2, 9)),
    ("formats/podcast_srt_vtt_json/podcasting_20_episode_124.srt", Read(Srt, 2, 203)),
    ("formats/podcast_srt_vtt_json/podnews_weekly_review_2023-05-05.json", Read(PodcastJson, 5, 28)),
    ("formats/podcast_srt_vtt_json/podnews_weekly_review_2024-01-19.vtt", Read(WebVtt, 4, 70)),
    ("formats/speechmatics/speechmaticsTedTalk.json", Read(Speechmatics, 3, 40)),
    ("formats/teams_vtt/SHAPES.md", Refused(UnknownFormat)),
    ("formats/teams_vtt/msgraph_docs_content.vtt", Read(WebVtt, 1, 1)),
    ("formats/teams_vtt/msgraph_docs_metadataContent.vtt", Read(WebVtt, 1, 1)),
    ("formats/whisper/LICENSE", Refused(UnknownFormat)),
    ("formats/whisper/whisper_timestamped.json", Refused(NoSpeakers { format: Whisper })),
    ("formats/zoom_vtt/LICENSE", Refused(UnknownFormat)),
    ("formats/zoom_vtt/acde_2026-07-02_240/chat.txt", Refused(Chat)),
    ("formats/zoom_vtt/acde_2026-07-02_240/tldr.json", Refused(UnknownJson)),
    ("formats/zoom_vtt/acde_2026-07-02_240/transcript.vtt", Read(WebVtt, 19, 289)),
    ("formats/zoom_vtt/acde_2026-07-02_240/transcript_changelog.tsv", Refused(UnknownFormat)),
    ("formats/zoom_vtt/acde_2026-07-02_240/transcript_corrected.vtt", Read(WebVtt, 19, 290)),
    ("formats/zoom_vtt/rpcstandards_2026-03-09_022/chat.txt", Refused(Chat)),
    ("formats/zoom_vtt/rpcstandards_2026-03-09_022/tldr.json", Refused(UnknownJson)),
    ("formats/zoom_vtt/rpcstandards_2026-03-09_022/transcript.vtt", Read(WebVtt, 6, 347)),
    ("formats/zoom_vtt/rpcstandards_2026-03-09_022/transcript_changelog.tsv", Refused(UnknownFormat)),
    ("formats/zoom_vtt/rpcstandards_2026-03-09_022/transcript_corrected.vtt", Read(WebVtt, 6, 347)),
    ("gong_gecko_demo_call/LICENSE", Refused(UnknownFormat)),
    ("gong_gecko_demo_call/demo.json", Read(Gecko, 2, 70)),
    ("gong_gecko_demo_call/demo1.ctm", Refused(UnknownFormat)),
    ("synthetic_sales_calls/ms_ckm_telecom/LICENSE", Refused(UnknownFormat)),
    ("synthetic_sales_calls/ms_ckm_telecom/convo_32e38683-bbf7-407e-a541-09b37b77921d_2024-12-07_04-00-00.json", Refused(UnknownJson)),
    ("synthetic_sales_calls/ms_ckm_telecom/convo_38fdec6e-1d61-4d80-ab11-b598286b5a34_2024-12-07_17-00-00.json", Refused(UnknownJson)),
    ("synthetic_sales_calls/ms_ckm_telecom/convo_44c8a398-0fef-4217-8ec9-c01976fa8ae0_2024-12-08_08-00-00.json", Refused(UnknownJson)),
    ("synthetic_sales_calls/ms_ckm_telecom/convo_45e88c03-d7e5-4dc3-89ce-69cfdb3d1e06_2024-12-08_15-00-00.json", Refused(UnknownJson)),
    ("synthetic_sales_calls/ms_ckm_telecom/convo_52db6950-3f62-440d-84ac-676fb334c167_2024-12-05_17-00-00.json", Refused(UnknownJson)),
];

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs_err::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { walk(&path, found) } else { found.push(path) }
    }
}

fn read_paths(paths: &[PathBuf]) -> Vec<Result<Recording, Problem>> {
    let bytes: Vec<Vec<u8>> = paths.iter().map(|path| fs_err::read(path).unwrap()).collect();
    let files: Vec<_> =
        paths.iter().zip(&bytes).map(|(path, bytes)| InputFile { name: path.to_str(), bytes }).collect();
    read(&files).into_iter().map(|result| result.map_err(|error| error.problem)).collect()
}

fn outcome(path: PathBuf) -> Outcome {
    match read_paths(&[path]).remove(0) {
        Ok(recording) => {
            let speakers = recording.call.parties.iter().filter(|party| party.spoke).count();
            Read(recording.format, speakers, recording.transcript.lines.len())
        }
        Err(GongWithoutTranscript { .. }) => Facts,
        Err(problem) => Refused(problem),
    }
}

#[test]
fn every_file_is_read_or_refused_as_the_table_says() {
    let Some(data) = data::folder() else { return };
    let mut paths = Vec::new();
    for folder in FOLDERS {
        walk(&data.join(folder), &mut paths);
    }
    let found: BTreeMap<String, Outcome> = paths
        .into_iter()
        .map(|path| (path.strip_prefix(&data).unwrap().to_str().unwrap().to_owned(), outcome(path)))
        .collect();
    let expected: BTreeMap<String, Outcome> = FILES.map(|(name, outcome)| (name.to_owned(), outcome)).into();
    let wrong: Vec<_> = found
        .keys()
        .chain(expected.keys().filter(|name| !found.contains_key(*name)))
        .filter(|name| found.get(*name) != expected.get(*name))
        .map(|name| format!("{name}: {:?}, and the table says {:?}", found.get(name), expected.get(name)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Gong's sample call in every shape; the first pair of files is the measure.
const SHAPES: [&[&str]; 10] = [
    &["derived/gecko_call/gong_extensive.json", "derived/gecko_call/gong_callTranscripts.json"],
    &["derived/gecko_call/gong_callTranscripts.json"],
    &["derived/gecko_call/zoom.vtt"],
    &["derived/gecko_call/teams.vtt"],
    &["derived/gecko_call/speakers.srt"],
    &["derived/gecko_call/fireflies.json"],
    &["derived/gecko_call/assemblyai_utterances.json"],
    &["derived/gecko_call/otter.txt"],
    &["derived/gecko_call/google_meet.txt"],
    &["gong_gecko_demo_call/demo.json"],
];

/// Who speaks how many words, in the order of speaking; the vendor may not know their names.
fn words_by_speaker(recording: &Recording) -> Vec<usize> {
    let mut order = Vec::new();
    let mut words = BTreeMap::<usize, usize>::new();
    for line in &recording.transcript.lines {
        let party = line.party.unwrap();
        if !order.contains(&party) {
            order.push(party);
        }
        *words.entry(party).or_default() += line.text.split_whitespace().count();
    }
    order.iter().map(|party| words[party]).collect()
}

/// Measured over the same duration, which is a fact of the call and not of the shape.
fn measured(recording: &mut Recording, duration_ms: Option<i64>) -> metrics::Metrics {
    let rep = recording.transcript.lines[0].party.unwrap();
    for (n, party) in recording.call.parties.iter_mut().enumerate() {
        party.side = if n == rep { Side::Rep } else { Side::Buyer };
    }
    let trackers = Trackers::embedded().unwrap();
    metrics::measure(&Conversation::new(&recording.transcript, &recording.call.parties, rep, &trackers), duration_ms)
}

#[test]
fn one_call_in_every_shape_has_the_same_speakers_and_metrics() {
    let Some(data) = data::folder() else { return };
    let mut all = SHAPES.map(|names| {
        let paths: Vec<_> = names.iter().map(|name| data.join(name)).collect();
        (names[names.len() - 1], read_paths(&paths).remove(0).unwrap())
    });
    let expected = words_by_speaker(&all[0].1);
    assert_eq!(expected.len(), 2);
    let duration_ms = all[0].1.transcript.end_ms();
    let measure = measured(&mut all[0].1, duration_ms);
    let mut timed = 0;
    for (name, recording) in &mut all {
        assert_eq!(words_by_speaker(recording), expected, "{name}");
        let names: Vec<_> = recording.call.parties.iter().map(|party| party.display_name()).collect();
        assert!(names == ["Roger", "Virgil"] || names == ["Speaker 1", "Speaker 2"], "{name}: {names:?}");
        let found = measured(recording, duration_ms);
        timed += usize::from(recording.transcript.is_timed());
        for metric in METRICS {
            let (found, expected) = (found.value(metric), measure.value(metric).unwrap());
            assert!(found.is_some() || !recording.transcript.is_timed(), "{name}: {metric} is unknown");
            // Without times the metrics that need them are unknown, and the others are the same.
            if let Some(found) = found {
                assert!((found - expected).abs() <= expected.abs() * 0.01, "{name}: {metric} {found} for {expected}");
            }
        }
    }
    // Otter and Meet time turns by their starts only, and so does AssemblyAI where its words are missing.
    assert_eq!(timed, SHAPES.len() - 3);
}
