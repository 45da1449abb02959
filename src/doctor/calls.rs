//! What is stored: whether words, speakers and results are as they should be.

use super::{Examination, Verdict};

/// Above this share of the lines it is worth while to look.
const NOTABLE: f64 = 0.1;
/// Words come some hours after their call at the latest.
const LATE_HOURS: i64 = 48;

pub(super) async fn words(examination: &Examination<'_>) -> Option<Verdict> {
    let found = match examination.store.as_ref()?.backlog().await {
        Ok(found) => found,
        Err(error) => return Some(unreadable(&error)),
    };
    let (all, without) = (found.calls, found.without_words);
    if all == 0 {
        return Some(Verdict::ok("no calls are stored yet"));
    }
    let late = |since: jiff::Timestamp| examination.place.now.duration_since(since).as_hours() >= LATE_HOURS;
    Some(match (without, found.awaited_since) {
        (0, _) => Verdict::ok(format!("all of {all} calls have theirs")),
        (_, Some(since)) if late(since) => Verdict::warn(
            format!("{without} of {all} calls have none, and {} have been waited for since {since:.0}", found.awaited),
            "they can be neither read nor scored until Gong has transcribed them",
            "call-coach sync",
        ),
        (_, _) => Verdict::ok(format!(
            "{} of {all} calls have theirs, {} are waited for",
            all - without.min(all),
            found.awaited
        )),
    })
}

pub(super) async fn speakers(examination: &Examination<'_>) -> Option<Verdict> {
    let found = match examination.store.as_ref()?.attribution().await {
        Ok(found) => found,
        Err(error) => return Some(unreadable(&error)),
    };
    if found.lines == 0 {
        return Some(Verdict::skip("no words are stored yet"));
    }
    let share = |lines: u64| lines as f64 / found.lines as f64;
    let percent = |lines: u64| format!("{:.0} % of the lines of the newest calls", share(lines) * 100.0);
    Some(if share(found.by_neither_side) > NOTABLE {
        Verdict::warn(
            format!("{} are by people of whom nobody knows whether they are ours", percent(found.by_neither_side)),
            "who is coached must be said for each of those calls, and the buyer's words are not told from ours",
            "call-coach config set company_domains acme.com, or call-coach roster import FILE",
        )
    } else if share(found.by_nobody) > NOTABLE {
        Verdict::warn(
            format!("{} are nobody's", percent(found.by_nobody)),
            "they count for nobody: talk shares and checks rest on the rest",
            "switch on speaker separation in the recorder",
        )
    } else {
        Verdict::ok(format!(
            "{} are by somebody whose side is known",
            percent(found.lines - found.by_nobody - found.by_neither_side)
        ))
    })
}

pub(super) async fn results(examination: &Examination<'_>) -> Option<Verdict> {
    let (store, rubrics) = (examination.store.as_ref()?, examination.rubrics.as_ref()?);
    let found = match store.results(&rubrics.hash()).await {
        Ok(found) => found,
        Err(error) => return Some(unreadable(&error)),
    };
    Some(match (found.scored, found.other_words, found.other_rubric) {
        (0, ..) => Verdict::ok("no call is scored yet"),
        (scored, 0, 0) => Verdict::ok(format!("all of {scored} scored calls rest on the present words and rubrics")),
        (scored, 0, other) => Verdict::warn(
            format!("{other} of {scored} scored calls were scored with other rubrics or weights"),
            "their scores cannot be compared with new ones",
            "call-coach search --limit 1000 --quiet | cut -f1 | xargs call-coach analyze; stored answers cost nothing",
        ),
        (scored, words, _) => Verdict::warn(
            format!("the words of {words} of {scored} scored calls have changed since"),
            "their results quote what is not there any more",
            "call-coach search --limit 1000 --quiet | cut -f1 | xargs call-coach analyze",
        ),
    })
}

fn unreadable(error: &crate::store::StoreError) -> Verdict {
    Verdict::fail(error.to_string(), "some calls cannot be read", "call-coach db status")
}
