//! Gong's JSON: `callTranscripts` holds the words, `calls` (the extensive reply) who spoke. They come in one file or
//! in two and belong together by the call's id. Every field may be missing or null; unknown ones are ignored.

use std::collections::HashMap;

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};

use crate::model::call::Call;
use crate::model::party::{Party, Side, SideSource};

use super::clean::{clean, clean_name};
use super::draft::Draft;
use super::naming;
use super::{Format, Located, Problem, Recording, identify};

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Reply {
    call_transcripts: Option<Vec<Words>>,
    calls: Option<Vec<Facts>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Words {
    #[serde(deserialize_with = "id")]
    call_id: Option<String>,
    #[serde(default)]
    transcript: Option<Vec<Monologue>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Monologue {
    #[serde(default, deserialize_with = "id")]
    speaker_id: Option<String>,
    #[serde(default)]
    sentences: Option<Vec<Sentence>>,
}

/// Times in milliseconds.
#[derive(Deserialize)]
struct Sentence {
    start: Option<i64>,
    end: Option<i64>,
    text: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Facts {
    meta_data: Option<MetaData>,
    parties: Option<Vec<GongParty>>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct MetaData {
    #[serde(deserialize_with = "id")]
    id: Option<String>,
    url: Option<String>,
    title: Option<String>,
    started: Option<String>,
    /// In seconds.
    duration: Option<f64>,
    #[serde(deserialize_with = "id")]
    workspace_id: Option<String>,
    is_private: Option<bool>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct GongParty {
    #[serde(deserialize_with = "id")]
    speaker_id: Option<String>,
    name: Option<String>,
    email_address: Option<String>,
    title: Option<String>,
    affiliation: Option<String>,
}

/// Ids have up to 20 digits, so they are text; some exports write them as whole numbers.
fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Id {
        Text(String),
        Number(u64),
    }
    let id = Option::<Id>::deserialize(deserializer)?;
    Ok(id.map(|id| match id {
        Id::Text(text) => clean(&text),
        Id::Number(number) => number.to_string(),
    }))
}

/// What the Gong files hold so far, with the file each piece came from.
#[derive(Default)]
pub(super) struct Calls {
    words: Vec<(usize, Words)>,
    facts: Vec<(usize, Facts)>,
}

impl Calls {
    /// Adds a JSON file of Gong's; `false` if it is no JSON after all.
    ///
    /// # Errors
    ///
    /// [`Problem::Json`] for text that is no JSON, or has Gong's fields with values of another kind;
    /// [`Problem::UnknownFormat`] for any other JSON.
    pub(super) fn add(&mut self, file: usize, content: &str) -> Result<bool, Located> {
        if content.trim_start().starts_with('[') {
            // Not an object, so not Gong's. A plain transcript may begin with a bracketed time.
            let is_json = serde_json::from_str::<IgnoredAny>(content).is_ok();
            return if is_json { Err(Problem::UnknownFormat.into()) } else { Ok(false) };
        }
        let reply: Reply = serde_json::from_str(content).map_err(|error| {
            let expected = if error.is_data() { "Gong's fields" } else { "complete JSON" };
            (Some(error.line()), Problem::Json { column: error.column(), expected })
        })?;
        if reply.call_transcripts.is_none() && reply.calls.is_none() {
            return Err(Problem::UnknownFormat.into());
        }
        self.words.extend(reply.call_transcripts.unwrap_or_default().into_iter().map(|words| (file, words)));
        self.facts.extend(reply.calls.unwrap_or_default().into_iter().map(|facts| (file, facts)));
        Ok(true)
    }

    /// Joins words and facts; facts without words are refused one by one.
    pub(super) fn recordings(self) -> Vec<(usize, Result<Recording, Problem>)> {
        let mut facts: HashMap<String, (usize, Facts)> = HashMap::new();
        let mut order = Vec::new();
        for (file, call) in self.facts {
            let id = call.meta_data.as_ref().and_then(|meta| meta.id.clone()).unwrap_or_default();
            if facts.insert(id.clone(), (file, call)).is_none() {
                order.push(id);
            }
        }
        let mut results: Vec<_> = self
            .words
            .into_iter()
            .map(|(file, words)| {
                let id = words.call_id.clone().unwrap_or_default();
                let facts = facts.remove(&id).map(|(_, facts)| facts).unwrap_or_default();
                (file, recording(file, id, words, facts))
            })
            .collect();
        results.extend(order.into_iter().filter_map(|id| {
            let (file, _) = facts.remove(&id)?;
            Some((file, Err(Problem::GongWithoutTranscript { id })))
        }));
        results
    }
}

fn recording(file: usize, id: String, words: Words, facts: Facts) -> Result<Recording, Problem> {
    let mut draft = Draft::new(call(id, facts.meta_data.unwrap_or_default()));
    let listed = facts.parties.is_some();
    draft.call.parties = facts.parties.unwrap_or_default().into_iter().map(party).collect();
    let mut by_key: HashMap<String, usize> =
        (0..).zip(&draft.call.parties).filter_map(|(n, party)| Some((party.speaker_key.clone()?, n))).collect();
    for monologue in words.transcript.unwrap_or_default() {
        let key = monologue.speaker_id.filter(|key| !key.is_empty());
        let speaker = key.and_then(|key| match by_key.get(&key) {
            Some(n) => Some(*n),
            // A voice that Gong matched to nobody on its list stays unattributed.
            None if listed => None,
            None => {
                let n = draft.call.parties.len();
                let name = Some(format!("Speaker {}", n + 1));
                draft.call.parties.push(Party { speaker_key: Some(key.clone()), name, ..Party::default() });
                by_key.insert(key, n);
                Some(n)
            }
        });
        for sentence in monologue.sentences.unwrap_or_default() {
            draft.say(speaker, (sentence.start, sentence.end), &sentence.text.unwrap_or_default());
        }
    }
    draft.sort_by_start();
    let mut recording = draft.finish(file, Format::Gong)?;
    naming::complete(&mut recording.call, None);
    if recording.call.ext_id.is_empty() {
        identify(&mut recording);
    }
    Ok(recording)
}

fn call(id: String, meta: MetaData) -> Call {
    let text = |text: Option<String>| text.map(|text| clean(&text)).filter(|text| !text.is_empty());
    Call {
        source: "gong".to_owned(),
        ext_id: id,
        title: text(meta.title),
        started_at: meta.started.and_then(|at| at.parse().ok()),
        duration_ms: meta.duration.map(|seconds| (seconds * 1000.0) as i64).filter(|ms| *ms > 0),
        url: text(meta.url),
        workspace_id: meta.workspace_id,
        is_private: meta.is_private.unwrap_or(false),
        ..Call::default()
    }
}

fn party(party: GongParty) -> Party {
    let text = |text: Option<String>| text.map(|text| clean_name(&text)).filter(|text| !text.is_empty());
    let side = match party.affiliation.as_deref() {
        Some("Internal") => Side::Rep,
        Some("External") => Side::Buyer,
        _ => Side::Unknown,
    };
    Party {
        speaker_key: party.speaker_id.filter(|key| !key.is_empty()),
        name: text(party.name),
        email: text(party.email_address),
        title: text(party.title),
        side,
        side_source: (side != Side::Unknown).then_some(SideSource::Gong),
        spoke: false,
    }
}
