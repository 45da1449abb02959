//! Google Meet: the entries of its REST interface, with the list of participants where it was added; and what tells its
//! document from other text. <https://developers.google.com/workspace/meet/api/reference/rest/v2/conferenceRecords.transcripts.entries>

use std::collections::HashMap;

use jiff::Timestamp;
use serde::Deserialize;

use super::clock::text_time;
use super::draft::Draft;
use super::wire::{Piece, list};

#[derive(Deserialize, Default, PartialEq)]
#[serde(rename_all = "camelCase", default)]
struct Reply {
    #[serde(deserialize_with = "list::<_, Entry>")]
    transcript_entries: Vec<Entry>,
    #[serde(deserialize_with = "list::<_, Participant>")]
    participants: Vec<Participant>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(rename_all = "camelCase", default)]
struct Entry {
    participant: Option<String>,
    text: Option<String>,
    start_time: Option<String>,
    end_time: Option<String>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(rename_all = "camelCase", default)]
struct Participant {
    name: Option<String>,
    signedin_user: Option<User>,
    anonymous_user: Option<User>,
    phone_user: Option<User>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(rename_all = "camelCase", default)]
struct User {
    display_name: Option<String>,
}

/// Reads the entries, whose times are points in time: the first is the beginning of the call.
pub(super) fn read(content: &str) -> serde_json::Result<Draft> {
    let reply: Reply = serde_json::from_str(content)?;
    let mut names = HashMap::new();
    for participant in reply.participants {
        let user = participant.signedin_user.or(participant.anonymous_user).or(participant.phone_user);
        if let (Some(id), Some(name)) = (participant.name, user.and_then(|user| user.display_name)) {
            names.insert(id, name);
        }
    }
    let at = |time: &Option<String>| time.as_deref().and_then(|time| time.parse::<Timestamp>().ok());
    let entries = reply.transcript_entries;
    let first = entries.iter().filter_map(|entry| at(&entry.start_time)).min();
    let ms = |time: &Option<String>| Some(at(time)?.as_millisecond() - first?.as_millisecond());
    let mut draft = Draft::default();
    draft.call.started_at = first;
    for entry in entries {
        let (start_ms, end_ms) = (ms(&entry.start_time), ms(&entry.end_time));
        let text = entry.text.unwrap_or_default();
        let speaker = entry.participant.map(|id| names.get(&id).cloned().unwrap_or(id));
        draft.say_pieces([Piece { speaker, start_ms, end_ms, text, ..Piece::default() }]);
    }
    draft.sort_by_start();
    Ok(draft)
}

/// Whether the lines above the talk are those of Meet's document: who attended, then the transcript.
pub(super) fn is_document(header: &[&str]) -> bool {
    let mut headings = header.iter().map(|line| line.trim_matches(['#', '*', ' ', '\t']));
    headings.any(|line| line == "Attendees") && header.iter().any(|line| is_note(line) || is_title(line))
}

fn is_title(line: &str) -> bool {
    let line = line.trim_matches(['#', '*', ' ', '\t']);
    line == "Transcript" || line.ends_with(" - Transcript") || line.ends_with(": Transcript")
}

/// What Meet says about its own document.
pub(super) fn is_note(line: &str) -> bool {
    line.trim_start_matches(['#', '*', '_', ' ']).starts_with("This editable transcript was computer generated")
}

/// The length of the call, from the line below the talk.
pub(super) fn duration_ms(line: &str) -> Option<i64> {
    let line = line.trim_matches(['*', '_', ' ']);
    let ended =
        ["Transcription ended after ", "Meeting ended after "].iter().find_map(|start| line.strip_prefix(start))?;
    text_time(ended.split_whitespace().next()?)
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::tests::{line, refused, said};
    use super::*;

    #[test]
    fn entries_are_read_with_the_names_of_the_participants() {
        let file = r#"{"transcriptEntries":[
            {"participant":"conferenceRecords/1/participants/7","text":"Hello.","startTime":"2026-02-14T15:02:05Z","endTime":"2026-02-14T15:02:06.500Z"},
            {"participant":"conferenceRecords/1/participants/8","text":"Hi.","startTime":"2026-02-14T15:02:03Z","endTime":"2026-02-14T15:02:04Z"},null,{}],
            "participants":[{"name":"conferenceRecords/1/participants/7","signedinUser":{"user":"users/1","displayName":"Mara"}}]}"#;
        assert_eq!(
            said(Format::MeetEntries, file),
            [line("Speaker 2", 0, 1000, "Hi."), line("Mara", 2000, 3500, "Hello.")]
        );
        assert_eq!(read(file).unwrap().call.started_at, Some("2026-02-14T15:02:03Z".parse().unwrap()));
        assert!(refused(r#"{"transcriptEntries":[{"text":"Hello."}]}"#).contains("`participant`"));
    }

    #[test]
    fn the_line_below_the_talk_tells_the_length() {
        let file = "Intro - Transcript\nAttendees\nMara, Dana\nTranscript\n00:00:00\n\nMara: Hello.\nDana: Hi.\n\
                    **Meeting ended after 00:09:29 👋**\n\nThis editable transcript was computer generated and might";
        let found: Vec<_> = said(Format::GoogleMeet, file).into_iter().map(|(name, .., text)| (name, text)).collect();
        assert_eq!(found, [("Mara", "Hello."), ("Dana", "Hi.")].map(|(a, b)| (a.to_owned(), b.to_owned())));
        assert_eq!(duration_ms("Transcription ended after 00:09:29"), Some(569_000));
        assert_eq!(duration_ms("Transcription ended after lunch"), None);
    }

    #[test]
    fn a_document_has_attendees_and_a_transcript() {
        assert!(is_document(&["Intro - Transcript", "Attendees", "Mara, Dana", "Transcript"]));
        assert!(is_document(&["# Intro", "#### Attendees", "**This editable transcript was computer generated**"]));
        assert!(!is_document(&["Attendees", "Mara, Dana"]));
        assert!(!is_document(&["Intro - Transcript"]));
    }
}
