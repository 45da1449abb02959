//! Where calls come from.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::services::{self, NOT_LIVE, ask_gong};
use super::settings::odd;
use super::{Examination, Verdict};
use crate::gong::{Client, GongError, Period, Request, Workspaces};
use crate::sync::SERVICE;

const SET_KEY: &str = "call-coach config set gong_api_key, then the same with gong_api_secret";
const SHOW: &str = "call-coach config show";
const ADMINISTRATOR: &str = "somebody who administers Gong can change that under Company settings, API";
/// Whoever syncs, syncs every night; longer than a weekend is odd.
const OLD_HOURS: i64 = 4 * 24;

pub(super) fn key(examination: &mut Examination<'_>) -> Option<Verdict> {
    let settings = &examination.settings.as_ref()?.gong;
    if let Some(odd) = odd(examination, |key| key.starts_with("gong_")) {
        return Some(odd);
    }
    let by_token = settings.token.is_some();
    match Client::of(settings) {
        Ok(Some(client)) => {
            let how = if by_token { "an access token is set" } else { "access key and secret are set" };
            examination.gong = Some(client);
            Some(Verdict::ok(how))
        }
        Ok(None) => Some(Verdict::skip("no key is set: calls come from files only")),
        Err(error @ GongError::Incomplete(missing)) => Some(Verdict::fail(
            error.to_string(),
            "no calls can be fetched: the other half alone opens nothing",
            format!("call-coach config set {}", missing.to_lowercase()),
        )),
        // The next check says it.
        Err(_) => Some(Verdict::ok("access key and secret are set")),
    }
}

pub(super) fn address(examination: &Examination<'_>) -> Option<Verdict> {
    let settings = &examination.settings.as_ref()?.gong;
    Some(match Client::of(settings) {
        Ok(client) => Verdict::ok(client?.address().to_string()),
        Err(error) => Verdict::fail(
            error.to_string(),
            "no calls can be fetched",
            "call-coach config set gong_api_base_url; Gong shows your company's address under Company settings, API",
        ),
    })
}

pub(super) async fn access(examination: &Examination<'_>) -> Option<Verdict> {
    let client = examination.gong.as_ref()?;
    if !examination.place.live {
        return Some(Verdict::skip(NOT_LIVE));
    }
    let reply = ask_gong::<Workspaces>(client, &services::gong_question()).await;
    Some(match services::gong_knows_us(reply) {
        Ok(()) => Verdict::ok(format!("{} takes the key", client.address().host())),
        Err(error) => refused(&error, examination.settings.as_ref()?.gong.base_url.is_some()),
    })
}

fn refused(error: &GongError, is_own_address: bool) -> Verdict {
    let (means, mend) = match error {
        GongError::Refused => ("no calls can be fetched", SET_KEY.to_owned()),
        GongError::MissingScope { .. } => ("no calls can be fetched", ADMINISTRATOR.to_owned()),
        GongError::Redirected { to, .. } => (
            "no calls can be fetched until the address is your company's own",
            format!("if that is your company's: call-coach config set gong_api_base_url https://{to}"),
        ),
        GongError::BadAddress(_) | GongError::WrongAddress { .. } | GongError::NotJson { .. } => (
            "something else answers at that address, such as a proxy or a login page",
            format!("call-coach config set gong_api_base_url; where the present one comes from: {SHOW}"),
        ),
        GongError::Unreachable { .. } => {
            let or_address = if is_own_address { ", or call-coach config set gong_api_base_url" } else { "" };
            ("no calls can be fetched from here", format!("look at the network, a proxy or a firewall{or_address}"))
        }
        _ => ("no calls can be fetched for now", "try again later: call-coach doctor --live".to_owned()),
    };
    Verdict::fail(error.to_string(), means, mend)
}

pub(super) async fn permissions(examination: &Examination<'_>) -> Option<Verdict> {
    use crate::gong::{Calls, Transcripts, Users};
    let client = examination.gong.as_ref()?;
    let now = examination.place.now;
    let instant = Period { from: now - Duration::from_secs(1), to: now };
    // Nobody has a call with this id, so that nothing of a call is sent.
    let no_call = ["1".to_owned()];
    let replies = [
        ask_gong::<Calls>(client, &Request::calls(instant, None)).await.map(drop),
        ask_gong::<Transcripts>(client, &Request::transcripts(&no_call)).await.map(drop),
        ask_gong::<Users>(client, &Request::users()).await.map(drop),
    ];
    let missing: Vec<_> = replies
        .iter()
        .filter_map(|reply| match reply {
            Err(GongError::MissingScope { scope }) => Some(scope.as_str()),
            _ => None,
        })
        .collect();
    if missing.iter().any(|scope| scope.contains("calls")) {
        return Some(Verdict::fail(
            format!("the key lacks {}", missing.join(", ")),
            "calls or their words cannot be fetched",
            ADMINISTRATOR,
        ));
    }
    Some(match missing.as_slice() {
        [] => Verdict::ok("calls, their words and the company's users may be read"),
        _ => Verdict::warn(
            format!("the key lacks {}", missing.join(", ")),
            "people who have several addresses are not recognised as one",
            ADMINISTRATOR,
        ),
    })
}

pub(super) async fn budget(examination: &Examination<'_>) -> Option<Verdict> {
    /// Nine tenths are spent.
    const NEARLY: u64 = 9;
    let limit = examination.settings.as_ref()?.gong.requests_per_day;
    let day = examination.place.now.to_zoned(TimeZone::UTC).date();
    let used = match examination.store.as_ref()?.used_requests(SERVICE, day).await {
        Ok(used) => used,
        Err(error) => {
            return Some(Verdict::fail(error.to_string(), "what was asked cannot be counted", "call-coach db status"));
        }
    };
    let said = format!("{used} of {limit} that Gong allows a day (UTC)");
    Some(match u64::from(used) * 10 >= u64::from(limit) * NEARLY {
        false => Verdict::ok(said),
        true => Verdict::warn(
            said,
            "a sync ends when they are used up, and goes on tomorrow",
            "if Gong allows your company more: call-coach config set gong_requests_per_day NUMBER",
        ),
    })
}

pub(super) async fn last_sync(examination: &Examination<'_>) -> Option<Verdict> {
    let found = match examination.store.as_ref()?.syncs().await {
        Ok(found) => found,
        Err(error) => {
            return Some(Verdict::fail(
                error.to_string(),
                "how far calls were read is not known",
                "call-coach db status",
            ));
        }
    };
    let hours = |at: Timestamp| examination.place.now.duration_since(at).as_hours();
    let ago = |at: Timestamp| match hours(at) {
        0 => "less than an hour ago".to_owned(),
        hours @ 1..48 => format!("{hours} h ago"),
        hours => format!("{} days ago", hours / 24),
    };
    Some(match (found.finished, found.unfinished) {
        (None, None) => {
            Verdict::warn("there was none", "no calls have come from Gong yet", "call-coach sync --since 30d")
        }
        (_, Some(begun)) => Verdict::warn(
            format!("one that began {} did not come to its end", ago(begun)),
            "what has come is stored; newer calls are missing",
            "call-coach sync",
        ),
        (Some(at), None) if hours(at) >= OLD_HOURS => {
            Verdict::warn(ago(at), "newer calls are missing from every list and trend", "call-coach sync")
        }
        (Some(at), None) => Verdict::ok(ago(at)),
    })
}
