//! Fireflies: sentences with names, as its GraphQL interface and its download give them. Times in seconds.
//! <https://docs.fireflies.ai/schema/transcript>

use serde::Deserialize;

use crate::model::call::Call;

use super::clean::{clean, clean_name};
use super::draft::Draft;
use super::wire::{Piece, Time, list, pieces};

/// The transcript below the top.
#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Reply {
    data: Option<Data>,
    transcript: Option<Transcript>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Data {
    transcript: Option<Transcript>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Transcript {
    title: Option<String>,
    #[serde(rename = "dateString")]
    date_string: Option<String>,
    /// In milliseconds since 1970.
    date: Time,
    /// In minutes.
    duration: Time,
    transcript_url: Option<String>,
    #[serde(deserialize_with = "list::<_, Attendee>")]
    meeting_attendees: Vec<Attendee>,
    #[serde(deserialize_with = "pieces::<_, Sentence>")]
    sentences: Vec<Piece>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Attendee {
    #[serde(rename = "displayName")]
    display_name: Option<String>,
    name: Option<String>,
    email: Option<String>,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(default)]
struct Sentence {
    #[serde(deserialize_with = "super::wire::label")]
    speaker_name: Option<String>,
    #[serde(deserialize_with = "super::wire::label")]
    speaker_id: Option<String>,
    #[serde(alias = "sentence")]
    text: Option<String>,
    raw_text: Option<String>,
    #[serde(alias = "startTime")]
    start_time: Time,
    #[serde(alias = "endTime")]
    end_time: Time,
}

impl From<Sentence> for Piece {
    fn from(sentence: Sentence) -> Self {
        Piece {
            speaker: sentence.speaker_name.or(sentence.speaker_id),
            start_ms: sentence.start_time.seconds(),
            end_ms: sentence.end_time.seconds(),
            text: sentence.text.or(sentence.raw_text).unwrap_or_default(),
            ..Piece::default()
        }
    }
}

pub(super) fn read(content: &str) -> serde_json::Result<Draft> {
    let transcript = if content.trim_start().starts_with('[') {
        let sentences = pieces::<_, Sentence>(&mut serde_json::Deserializer::from_str(content))?;
        Transcript { sentences, ..Transcript::default() }
    } else {
        let reply: Reply = serde_json::from_str(content)?;
        match reply.data.and_then(|data| data.transcript).or(reply.transcript) {
            Some(transcript) => transcript,
            None => serde_json::from_str(content)?,
        }
    };
    let text = |text: Option<String>| text.map(|text| clean(&text)).filter(|text| !text.is_empty());
    let date = transcript.date.millis().and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok());
    let mut draft = Draft::new(Call {
        title: text(transcript.title),
        started_at: transcript.date_string.and_then(|at| at.parse().ok()).or(date),
        duration_ms: transcript.duration.ms(60_000.0).filter(|ms| *ms > 0),
        url: text(transcript.transcript_url),
        ..Call::default()
    });
    draft.say_pieces(transcript.sentences);
    draft.sort_by_start();
    for attendee in transcript.meeting_attendees {
        let Some(email) = text(attendee.email) else { continue };
        let is_theirs = |name: &Option<String>| {
            [&attendee.display_name, &attendee.name]
                .into_iter()
                .flatten()
                .any(|theirs| Some(clean_name(theirs)) == *name)
        };
        if let Some(party) = draft.call.parties.iter_mut().find(|party| is_theirs(&party.name)) {
            party.email = Some(email);
        }
    }
    Ok(draft)
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::tests::{line, refused, said};
    use super::*;

    const SENTENCES: &str = r#"[{"speaker_name":"Mara","speaker_id":0,"text":"Hi.","start_time":"0.5","end_time":"1"},
        {"speaker_name":null,"speaker_id":1,"raw_text":"Hello.","start_time":1.5,"end_time":2.25,"ai_filters":{}}]"#;

    #[test]
    fn sentences_are_read_wherever_they_stand() {
        let expected = [line("Mara", 500, 1000, "Hi."), line("Speaker 2", 1500, 2250, "Hello.")];
        for file in [
            SENTENCES.to_owned(),
            format!(r#"{{"sentences":{SENTENCES}}}"#),
            format!(r#"{{"data":{{"transcript":{{"sentences":{SENTENCES}}}}}}}"#),
            format!(r#"{{"transcript":{{"sentences":{SENTENCES}}}}}"#),
        ] {
            assert_eq!(said(Format::Fireflies, &file), expected, "{file}");
        }
        let download = r#"[{"sentence":"Hi.","startTime":"00:05","endTime":"00:06","speaker_name":"Mara"}]"#;
        assert_eq!(said(Format::Fireflies, download), [line("Mara", 5000, 6000, "Hi.")]);
    }

    #[test]
    fn the_call_and_e_mails_are_known() {
        let file = format!(
            r#"{{"title":"Intro","date":1700000000000,"duration":1.5,"transcript_url":"https://x.example",
            "meeting_attendees":[null,{{"displayName":"Mara","email":"mara@norda.example"}},{{"email":"x@y.example"}}],
            "sentences":{SENTENCES}}}"#
        );
        let call = read(&file).unwrap().call;
        assert_eq!((call.title.as_deref(), call.duration_ms), (Some("Intro"), Some(90_000)));
        assert_eq!(call.started_at, Some("2023-11-14T22:13:20Z".parse().unwrap()));
        assert_eq!(call.parties[0].email.as_deref(), Some("mara@norda.example"));
        assert_eq!(call.parties[1].email, None);
    }

    #[test]
    fn sentences_of_nobody_are_refused() {
        assert!(refused(r#"{"sentences":[{"text":"Hi."}]}"#).contains("`speaker_name`"));
        assert!(
            refused(r#"{"data":{"transcript":{"sentences":null}}}"#).contains("Fireflies JSON without a spoken word")
        );
    }
}
