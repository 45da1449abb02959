//! Gong's JSON: `callTranscripts` holds the words, `calls` (the extensive reply) who spoke. They come in one file or
//! in two and belong together by the call's id. Every field may be missing or null; unknown ones are ignored.

use std::collections::HashMap;

use serde::Deserialize;

use crate::model::call::Call;

use super::wire::list;
use super::{Format, Located, Problem, Recording, identify};

mod join;
mod wire;

pub use join::{call, findings, with_words};
pub use wire::{
    CallFacts, CallWords, Content, GongParty, Interaction, MetaData, Monologue, Sentence, Stat, Topic, Tracker, id,
};

/// A file holds either reply, or both.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Reply {
    #[serde(deserialize_with = "list::<_, CallWords>")]
    call_transcripts: Vec<CallWords>,
    #[serde(deserialize_with = "list::<_, CallFacts>")]
    calls: Vec<CallFacts>,
}

/// What the Gong files hold so far, with the file each piece came from.
#[derive(Default)]
pub(super) struct Calls {
    words: Vec<(usize, CallWords)>,
    facts: Vec<(usize, CallFacts)>,
}

impl Calls {
    /// Adds a JSON file of Gong's.
    ///
    /// # Errors
    ///
    /// [`Problem::Json`] for Gong's fields with values of another kind, [`Problem::NoText`] where no call is listed.
    pub(super) fn add(&mut self, file: usize, content: &str) -> Result<(), Located> {
        let reply: Reply =
            serde_json::from_str(content).map_err(|error| super::broken_json(&error, Some(Format::Gong)))?;
        if reply.call_transcripts.is_empty() && reply.calls.is_empty() {
            return Err(Problem::NoText { format: Format::Gong }.into());
        }
        self.words.extend(reply.call_transcripts.into_iter().map(|words| (file, words)));
        self.facts.extend(reply.calls.into_iter().map(|facts| (file, facts)));
        Ok(())
    }

    /// Joins words and facts; facts without words are refused one by one.
    pub(super) fn recordings(self) -> Vec<(usize, Result<Recording, Problem>)> {
        let mut facts: HashMap<String, (usize, CallFacts)> = HashMap::new();
        let mut order = Vec::new();
        for (file, call) in self.facts {
            let id = call.id().unwrap_or_default().to_owned();
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
                (file, recording(file, id, words, &facts))
            })
            .collect();
        results.extend(order.into_iter().filter_map(|id| {
            let (file, _) = facts.remove(&id)?;
            Some((file, Err(Problem::GongWithoutTranscript { id })))
        }));
        results
    }
}

fn recording(file: usize, id: String, words: CallWords, facts: &CallFacts) -> Result<Recording, Problem> {
    let call = Call { ext_id: id, ..join::call(facts) };
    let mut recording = join::draft(call, words, facts.parties.as_ref().is_some_and(|parties| !parties.is_empty()))
        .finish(file, Format::Gong)?;
    if recording.call.ext_id.is_empty() {
        identify(&mut recording);
    }
    Ok(recording)
}
