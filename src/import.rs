//! A recording that was read from a file into the store.

use jiff::Timestamp;

use crate::config::Rule;
use crate::model::call::{Call, CallType};
use crate::model::transcript::Transcript;
use crate::store::{NewCall, PutCall, Store, StoreError};
use crate::transcript::Recording;

/// What a person says about a call; it beats what the file says.
#[derive(Debug, Clone, Default)]
pub struct Details {
    /// What the call is called.
    pub title: Option<String>,
    /// When it began.
    pub started_at: Option<Timestamp>,
    /// Its kind.
    pub call_type: Option<CallType>,
    /// The product it was about.
    pub product: Option<String>,
    /// The customer's company.
    pub account: Option<String>,
}

/// Lines that are written in one transaction: with more the index is made in fewer steps, and other programs wait longer.
const LINES_AT_ONCE: usize = 10_000;

/// Stores recordings, each with the name of its file, or finds them stored already: the same words are the same call. While
/// some are written, the words of the next are cut.
///
/// The results stand in the order of the recordings, one for each: an error says that the call was forgotten for good, is
/// too long, or that the database failed. None keeps the others out.
pub async fn import(
    store: &Store,
    recordings: Vec<(Recording, Option<String>)>,
    details: &Details,
    rules: &[Rule],
    now: Timestamp,
) -> Vec<Result<PutCall, StoreError>> {
    let mut batches: Vec<Vec<(Call, Transcript)>> = Vec::new();
    let mut room = 0;
    for (recording, file) in recordings {
        let lines = recording.transcript.lines.len();
        if lines > room || batches.is_empty() {
            batches.push(Vec::new());
            room = LINES_AT_ONCE;
        }
        room = room.saturating_sub(lines);
        let call = described(recording.call, file.as_deref(), details, rules);
        if let Some(batch) = batches.last_mut() {
            batch.push((call, recording.transcript));
        }
    }
    let (send, mut prepared) = tokio::sync::mpsc::channel(1);
    let cutter = store.clone();
    let cutting = tokio::task::spawn_blocking(move || {
        for batch in batches {
            // Nobody takes it any more when this run was interrupted.
            if send.blocking_send(cutter.prepare(batch)).is_err() {
                return;
            }
        }
    });
    let mut done = Vec::new();
    while let Some(batch) = prepared.recv().await {
        put(store, batch, now, &mut done).await;
    }
    // If it broke off, calls are missing, and nobody may think that all are stored.
    if let Err(error) = cutting.await
        && let Ok(panic) = error.try_into_panic()
    {
        std::panic::resume_unwind(panic);
    }
    done
}

/// Writes one batch. If that fails, each call is tried alone, so that the others are stored.
async fn put(
    store: &Store,
    batch: Vec<Result<NewCall<'static>, StoreError>>,
    now: Timestamp,
    done: &mut Vec<Result<PutCall, StoreError>>,
) {
    let ready: Vec<&NewCall<'_>> = batch.iter().flatten().collect();
    let mut put = match store.put_calls(&ready, now).await {
        Ok(put) => put,
        Err(_) => {
            let mut put = Vec::new();
            for one in ready {
                put.push(
                    store.put_calls(&[one], now).await.and_then(|mut put| put.pop().unwrap_or(Err(StoreError::Busy))),
                );
            }
            put
        }
    }
    .into_iter();
    done.extend(batch.into_iter().filter_map(|new| match new {
        Ok(_) => put.next(),
        Err(error) => Some(Err(error)),
    }));
}

/// What is known of a call: from its file, the rules and a person.
fn described(mut call: Call, file: Option<&str>, details: &Details, rules: &[Rule]) -> Call {
    apply_rules(&mut call, file, rules);
    Call {
        title: details.title.clone().or(call.title),
        started_at: details.started_at.or(call.started_at),
        call_type: details.call_type.or(call.call_type),
        product: details.product.clone().or(call.product),
        account: details.account.clone().or(call.account),
        ..call
    }
}

/// The first rule whose words stand in the title or file name fills what is unknown.
pub(crate) fn apply_rules(call: &mut Call, file: Option<&str>, rules: &[Rule]) {
    let text = format!("{} {}", call.title.as_deref().unwrap_or_default(), file.unwrap_or_default()).to_lowercase();
    let fitting = || rules.iter().filter(|rule| text.contains(&rule.title_contains.to_lowercase()));
    call.call_type = call.call_type.or_else(|| fitting().find_map(|rule| rule.call_type));
    call.product = call.product.take().or_else(|| fitting().find_map(|rule| rule.product.clone()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_fill_what_is_unknown_and_change_nothing_else() {
        let rule = |words: &str, call_type, product: &str| Rule {
            title_contains: words.to_owned(),
            call_type,
            product: Some(product.to_owned()),
        };
        let rules = [rule("QBR", Some(CallType::Renewal), "Suite"), rule("acme", Some(CallType::Demo), "Core")];
        let filled = |title: &str, call_type| {
            let mut call = Call { title: Some(title.to_owned()), call_type, ..Call::default() };
            apply_rules(&mut call, None, &rules);
            (call.call_type, call.product)
        };
        assert_eq!(filled("Acme qbr", None), (Some(CallType::Renewal), Some("Suite".to_owned())));
        assert_eq!(
            filled("Acme intro", Some(CallType::Discovery)),
            (Some(CallType::Discovery), Some("Core".to_owned()))
        );
        assert_eq!(filled("Something else", None), (None, None));
    }
}
