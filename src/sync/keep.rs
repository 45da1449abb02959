//! What is stored of a call, and what becomes of it.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};

use super::SyncError;
use crate::config::Rule;
use crate::import::apply_rules;
use crate::store::{GongFacts, KnownGongCall, PendingCall, Store, StoreError};
use crate::transcript::gong::{self as wire, CallFacts, CallWords};

/// A call's words are waited for this long after it was first seen.
const WAIT_FOR_WORDS: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Stores calls and their words.
#[derive(Debug)]
pub(super) struct Keeper<'a> {
    pub(super) store: &'a Store,
    pub(super) now: Timestamp,
    pub(super) include_private: bool,
    pub(super) rules: &'a [Rule],
    /// The address that a person has now, for each other one.
    pub(super) addresses: HashMap<String, String>,
}

/// What became of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kept {
    /// Stored, with what is to be asked for next.
    Stored { is_new: bool, wanted: Option<PendingCall> },
    /// As it was.
    Unchanged,
    /// Left out, because Gong shows it to some people only.
    Private,
    /// Left out, because a person had it removed.
    Forgotten,
    /// Without an id.
    Nameless,
}

/// What became of a call's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heard {
    /// Stored.
    Words {
        /// How many there are …
        all: usize,
        /// … and how many of them belong to nobody.
        unattributed: usize,
    },
    /// Not there yet.
    Pending,
    /// Not there, and not waited for any longer.
    GaveUp,
    /// Too long to be a conversation.
    Refused,
}

impl Keeper<'_> {
    /// Stores what Gong says about a call, if it says anything new.
    pub(super) async fn facts(&self, facts: &CallFacts, known: Option<&KnownGongCall>) -> Result<Kept, SyncError> {
        if facts.id().is_none() {
            return Ok(Kept::Nameless);
        }
        if facts.is_private() && !self.include_private {
            return Ok(Kept::Private);
        }
        let hash = facts.fingerprint();
        if known.is_some_and(|known| known.facts_hash.as_ref() == Some(&hash)) {
            return Ok(Kept::Unchanged);
        }
        let mut call = wire::call(facts);
        match known {
            // A person may have said otherwise meanwhile.
            Some(_) => call.call_type = None,
            None => apply_rules(&mut call, None, self.rules),
        }
        let voices = match known.filter(|known| known.has_words) {
            Some(known) => Some(self.voices(known).await?),
            None => None,
        };
        let put = match self.store.put_call(&call, None, self.now).await {
            Err(StoreError::Forgotten) => return Ok(Kept::Forgotten),
            other => other?,
        };
        // Words that were stored while nobody knew whose they are get their speakers by being read again.
        let has_new_voices = voices.is_some_and(|voices| {
            call.parties.iter().filter_map(|party| party.speaker_key.as_ref()).any(|key| !voices.contains(key))
        });
        let is_wanted = put.stored.transcript.is_none() || has_new_voices;
        let waiting_since = known.and_then(|known| known.pending_since);
        let since = waiting_since.unwrap_or(self.now);
        let kept = GongFacts {
            hash: &hash,
            findings: &wire::findings(facts),
            pending_since: is_wanted.then_some(since),
            addresses: &self.addresses,
        };
        self.store.keep_gong_facts(&put.stored, &kept).await?;
        let pending = PendingCall { call_ref: put.stored.call_ref, ext_id: call.ext_id, since };
        // A call that was waited for before this run has been asked for already.
        let wanted = (is_wanted && waiting_since.is_none()).then_some(pending);
        Ok(Kept::Stored { is_new: put.is_new, wanted })
    }

    async fn voices(&self, known: &KnownGongCall) -> Result<HashSet<String>, SyncError> {
        let stored = self.store.call(known.call_ref).await?;
        Ok(stored.call.parties.into_iter().filter_map(|party| party.speaker_key).collect())
    }

    /// Stores the words of a call, or that they are not there.
    pub(super) async fn words(&self, pending: &PendingCall, words: Option<CallWords>) -> Result<Heard, SyncError> {
        if let Some(words) = words {
            let call = match self.store.call(pending.call_ref).await {
                // Somebody had it removed meanwhile.
                Err(StoreError::NoSuchCall(_)) => return Ok(Heard::GaveUp),
                other => other?.call,
            };
            let (call, transcript) = wire::with_words(call, words);
            if !transcript.lines.is_empty() {
                let heard = match self.store.put_call(&call, Some(&transcript), self.now).await {
                    Ok(_) => {
                        let count = |text: &str| text.split_whitespace().count();
                        let nobodys = transcript.lines.iter().filter(|line| line.party.is_none());
                        Heard::Words {
                            all: transcript.words(),
                            unattributed: nobodys.map(|line| count(&line.text)).sum(),
                        }
                    }
                    Err(StoreError::TooLong(_)) => Heard::Refused,
                    Err(StoreError::Forgotten) => return Ok(Heard::GaveUp),
                    Err(error) => return Err(error.into()),
                };
                self.store.set_pending(pending.call_ref, None).await?;
                return Ok(heard);
            }
        }
        if self.now.duration_since(pending.since) < WAIT_FOR_WORDS {
            return Ok(Heard::Pending);
        }
        self.store.set_pending(pending.call_ref, None).await?;
        Ok(Heard::GaveUp)
    }
}
