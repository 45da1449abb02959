//! A recording that was read from a file into the store.

use jiff::Timestamp;

use crate::config::Rule;
use crate::model::call::CallType;
use crate::store::{PutCall, Store, StoreError};
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

/// Stores a recording, or finds it stored already: the same words are the same call.
///
/// # Errors
/// When the call was forgotten for good, or the database fails.
pub async fn import(
    store: &Store,
    recording: &Recording,
    file: Option<&str>,
    details: &Details,
    rules: &[Rule],
    now: Timestamp,
) -> Result<PutCall, StoreError> {
    let mut call = recording.call.clone();
    apply_rules(&mut call, file, rules);
    call.title = details.title.clone().or(call.title);
    call.started_at = details.started_at.or(call.started_at);
    call.call_type = details.call_type.or(call.call_type);
    call.product = details.product.clone().or(call.product);
    call.account = details.account.clone().or(call.account);
    store.put_call(&call, Some(&recording.transcript), now).await
}

/// The first rule whose words stand in the title or file name fills what is unknown.
pub(crate) fn apply_rules(call: &mut crate::model::call::Call, file: Option<&str>, rules: &[Rule]) {
    let text = format!("{} {}", call.title.as_deref().unwrap_or_default(), file.unwrap_or_default()).to_lowercase();
    let fitting = || rules.iter().filter(|rule| text.contains(&rule.title_contains.to_lowercase()));
    call.call_type = call.call_type.or_else(|| fitting().find_map(|rule| rule.call_type));
    call.product = call.product.take().or_else(|| fitting().find_map(|rule| rule.product.clone()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::call::Call;

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
