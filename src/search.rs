//! Finding calls, and what to tell whoever finds none.

use crate::store::{CallFilter, FoundCalls, OVERALL, Page, Store, StoreError};

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Search {
    /// One page of the calls.
    pub found: FoundCalls,
    /// When no call fits: what there is in the time that was asked for.
    pub within: Option<Within>,
}

/// What there is in a time, whatever else was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Within {
    /// How many calls.
    pub calls: u64,
    /// How many of them have an overall score.
    pub scored: u64,
}

/// One page of the calls that the filter lets through.
///
/// # Errors
/// When the database fails.
pub async fn find(store: &Store, filter: &CallFilter, page: Page) -> Result<Search, StoreError> {
    let found = store.search(filter, page).await?;
    let within = match found.total {
        0 => Some(within(store, filter).await?),
        _ => None,
    };
    Ok(Search { found, within })
}

async fn within(store: &Store, filter: &CallFilter) -> Result<Within, StoreError> {
    let no_calls = Page::default();
    let all = CallFilter { range: filter.range, ..CallFilter::default() };
    let scored = CallFilter { dimension: Some(OVERALL.to_owned()), ..all.clone() };
    Ok(Within {
        calls: store.search(&all, no_calls).await?.total,
        scored: store.search(&scored, no_calls).await?.total,
    })
}
