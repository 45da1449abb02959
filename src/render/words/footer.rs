//! Where a report comes from, and what to do with it.

use crate::model::answers::AnalystKind;
use crate::model::scorecard::DimensionStatus;
use crate::output::report::Report;
use crate::render::Detail;
use crate::render::text::{self, count};

/// Who was coached, who answered, what it cost: a paragraph each.
pub(in crate::render) fn footer(report: &Report) -> Vec<String> {
    let rep = &report.rep;
    let role = match rep.role_source.as_str() {
        "flag" => "given with --role",
        "roster" => "from the roster; change with --role",
        _ => "assumed; change with --role",
    };
    let coached = format!("Coached: {}, {}. Role: {}, {role}.", rep.name, rep.chosen, rep.role_label);
    if report.not_scored.is_some() {
        return vec![coached];
    }
    vec![coached, analyst(report), "A coaching aid, not an employment decision.".to_owned()]
}

fn analyst(report: &Report) -> String {
    let rubric = &report.rubric.version;
    let when = if report.cached { "from stored answers" } else { "just now" };
    let mut sentences = match report.analyst.kind {
        AnalystKind::Local => vec![
            format!("Scored on this machine by the built-in analyst, rubric {rubric}, {when}."),
            "It counts words and times; it does not understand what was meant.".to_owned(),
            "Where it is often too generous, its yes counts half.".to_owned(),
            "Nothing was sent anywhere.".to_owned(),
        ],
        AnalystKind::Claude => {
            let host = report.analyst.sent_to.as_ref().map(|host| format!(" at {host}")).unwrap_or_default();
            vec![format!("Scored by {}{host}, rubric {rubric}, {when}.", report.analyst.model)]
        }
    };
    if report.stale {
        sentences.push("The words or the rubric have changed since: --no-cache scores it again.".to_owned());
    }
    sentences.extend(evidence(report));
    sentences.extend(price(report));
    sentences.join(" ")
}

fn evidence(report: &Report) -> Option<String> {
    let (claimed, verified) = (report.evidence.claimed, report.evidence.verified);
    let dropped = claimed.saturating_sub(verified);
    match (claimed, dropped) {
        (0, _) => None,
        (_, 0) => Some(format!("{} held.", count(claimed, "quote", "quotes"))),
        (_, 1) => Some(format!("{verified} of {claimed} quotes held; 1 was dropped.")),
        _ => Some(format!("{verified} of {claimed} quotes held; {dropped} were dropped.")),
    }
}

fn price(report: &Report) -> Option<String> {
    if report.analyst.kind == AnalystKind::Local {
        return None;
    }
    let usage = &report.usage;
    let tokens = [usage.input_tokens, usage.output_tokens, usage.cache_read_tokens, usage.cache_write_tokens];
    let tokens = text::thousands(tokens.into_iter().fold(0, u64::saturating_add));
    let requests = count(usage.requests, "request", "requests");
    let cost = usage.cost_usd.map_or_else(|| "price unknown".to_owned(), text::dollars);
    let again = again(report);
    Some(match usage.requests {
        0 => again,
        _ => format!("{requests}, {tokens} tokens, {cost}. {again}"),
    })
}

/// What it takes to have it once more: answers are kept, what failed is asked for.
fn again(report: &Report) -> String {
    let failed = report.dimensions.iter().filter(|dimension| dimension.status == DimensionStatus::Failed);
    let failed: Vec<_> = failed.map(|dimension| dimension.title.clone()).collect();
    if failed.is_empty() {
        return "Running it again is free.".to_owned();
    }
    format!("Running it again asks only for: {}.", failed.join(", "))
}

/// Under which ids the service knows the requests.
pub(in crate::render) fn request_ids(report: &Report) -> Option<String> {
    let ids = &report.usage.request_ids;
    (!ids.is_empty()).then(|| format!("Requests: {}.", ids.join(", ")))
}

/// What is counted but never scored, because it says more about an accent than about a conversation.
pub(in crate::render) fn never_scored(report: &Report) -> Option<String> {
    let words = report.metrics.words_per_min.map(|words| format!("{} words", text::whole(words)));
    let fillers = report.metrics.filler_per_min.map(|fillers| format!("{} filler words", text::decimal(fillers)));
    let counted: Vec<String> = words.into_iter().chain(fillers).collect();
    (!counted.is_empty()).then(|| format!("Never scored, never compared: {} a minute.", text::list(&counted)))
}

/// What to type next.
pub(in crate::render) fn next_commands(report: &Report, detail: Detail) -> Vec<String> {
    let call = &report.call.call_ref;
    let read = format!("Read: call-coach show {call}");
    match (&report.not_scored, detail) {
        (Some(_), _) => vec![read],
        (None, Detail::Full) => vec![format!("Disagree: call-coach review {call}"), read],
        (None, _) => vec!["Every check: --full".to_owned(), format!("Disagree: call-coach review {call}"), read],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    #[test]
    fn the_built_in_analyst_has_no_price() {
        let text = footer(&sample::local()).join(" ");
        assert!(text.contains("Nothing was sent anywhere."), "{text}");
        assert!(!text.contains('$') && !text.contains("tokens"), "{text}");
    }

    #[test]
    fn stored_and_outdated_answers_say_so() {
        let mut report = sample::claude();
        (report.cached, report.stale, report.usage) = (true, true, Default::default());
        let text = footer(&report).join(" ");
        assert!(text.contains("rubric 1.0.0, from stored answers."), "{text}");
        assert!(text.contains("--no-cache scores it again."), "{text}");
        assert!(!text.contains("0 requests"), "{text}");
    }

    #[test]
    fn an_unknown_price_is_not_free() {
        let mut report = sample::claude();
        report.usage.cost_usd = None;
        assert!(footer(&report).join(" ").contains("26,100 tokens, price unknown."));
    }

    #[test]
    fn what_failed_is_what_would_be_asked_again() {
        let mut report = sample::claude();
        report.dimensions[1].status = DimensionStatus::Failed;
        let text = footer(&report).join(" ");
        let title = &report.dimensions[1].title;
        assert!(text.contains(&format!("Running it again asks only for: {title}.")), "{text}");
        assert!(!text.contains("free"), "{text}");
    }

    #[test]
    fn only_known_paces_are_told() {
        let mut report = sample::local();
        report.metrics = Default::default();
        assert_eq!(never_scored(&report), None);
        report.metrics.words_per_min = Some(148.4);
        assert_eq!(never_scored(&report).as_deref(), Some("Never scored, never compared: 148 words a minute."));
        report.metrics.filler_per_min = Some(3.25);
        let both = "Never scored, never compared: 148 words and 3.3 filler words a minute.";
        assert_eq!(never_scored(&report).as_deref(), Some(both));
    }

    #[test]
    fn dropped_quotes_are_counted() {
        let mut report = sample::local();
        let mut said = |claimed, verified| {
            (report.evidence.claimed, report.evidence.verified) = (claimed, verified);
            evidence(&report)
        };
        assert_eq!(said(0, 0), None);
        assert_eq!(said(1, 1).as_deref(), Some("1 quote held."));
        assert_eq!(said(5, 4).as_deref(), Some("4 of 5 quotes held; 1 was dropped."));
        assert_eq!(said(5, 0).as_deref(), Some("0 of 5 quotes held; 5 were dropped."));
    }
}
