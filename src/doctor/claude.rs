//! Who answers the checks.

use super::services::{self, NOT_LIVE, claude_client, model_name};
use super::settings::odd;
use super::{Examination, Verdict};
use crate::claude::models::{DEFAULT_MODEL, Model};
use crate::claude::{ClaudeError, KEY_BEGINS, is_foreign_key};
use crate::config::{AnalystChoice, load_facts};

const SET_KEY: &str = "call-coach config set anthropic_api_key";

pub(super) fn key(examination: &Examination<'_>) -> Option<Verdict> {
    let settings = &examination.settings.as_ref()?.claude;
    if let Some(odd) = odd(examination, |key| key.starts_with("anthropic_")) {
        return Some(odd);
    }
    let is_own_address = settings.base_url.is_some();
    Some(match (&settings.api_key, settings.analyst.value) {
        (_, Some(AnalystChoice::Local)) => Verdict::skip("the built-in analyst is chosen: nothing is sent anywhere"),
        (Some(_), _) if is_foreign_key(settings) => Verdict::warn(
            format!("the key does not begin with {KEY_BEGINS}"),
            "Anthropic's keys do: this may be another service's, and would be refused",
            SET_KEY,
        ),
        (Some(_), _) => Verdict::ok("a key is set"),
        (None, _) if settings.auth_token.is_some() => Verdict::ok("a token is set"),
        (None, _) if is_own_address => Verdict::ok("none, at an address of your own that may need none"),
        (None, Some(AnalystChoice::Claude)) => Verdict::fail(
            "Claude is chosen to answer, and there is no key",
            "no call can be scored",
            format!("{SET_KEY}, or score without it: call-coach config set analyst local"),
        ),
        (None, None) => Verdict::skip("no key is set: the built-in analyst scores on this machine"),
    })
}

pub(super) fn address(examination: &mut Examination<'_>) -> Option<Verdict> {
    Some(match claude_client(&examination.settings.as_ref()?.claude) {
        Ok(client) => {
            let verdict = Verdict::ok(client.address());
            examination.claude = Some(client);
            verdict
        }
        Err(error) => Verdict::fail(
            error.to_string(),
            "nobody can be asked",
            "call-coach config set anthropic_base_url, or take it away for Anthropic's own",
        ),
    })
}

pub(super) fn model(examination: &Examination<'_>) -> Option<Verdict> {
    let settings = &examination.settings.as_ref()?.claude;
    let name = model_name(settings);
    let known = match settings.models.value.as_ref().map(fs_err::read_to_string).transpose() {
        Ok(known) => known,
        Err(error) => {
            return Some(Verdict::fail(
                error.to_string(),
                "Claude cannot be asked",
                "call-coach config set models FILE",
            ));
        }
    };
    Some(match Model::find(name, known.as_deref()) {
        Err(error) => Verdict::fail(error.to_string(), "Claude cannot be asked", "mend that file"),
        Ok(model) if model.has_price() => Verdict::ok(format!("{name}, its price is known")),
        Ok(_) => Verdict::warn(
            format!("{name} is not among the models that this program knows"),
            "its price is not known, so that --max-cost cannot hold it back",
            "call-coach config set models FILE, with its prices; or another name: call-coach config set model NAME",
        ),
    })
}

pub(super) fn facts(examination: &Examination<'_>) -> Option<Verdict> {
    let folder = &examination.settings.as_ref()?.claude.facts;
    Some(match folder.value.as_ref().map(|folder| load_facts(folder)) {
        None => Verdict::skip("none are set: what is said of the product is not held against anything"),
        Some(Ok(facts)) => Verdict::ok(format!("{} lines on the product", facts.lines().count())),
        Some(Err(error)) => {
            Verdict::fail(error.to_string(), "Claude cannot be asked", "call-coach config set facts FOLDER")
        }
    })
}

pub(super) async fn access(examination: &Examination<'_>) -> Option<Verdict> {
    let (client, settings) = (examination.claude.as_ref()?, &examination.settings.as_ref()?.claude);
    if !examination.place.live {
        return Some(Verdict::skip(NOT_LIVE));
    }
    let (name, host) = (model_name(settings), client.host());
    Some(match services::claude(client, name, settings.base_url.is_some()).await {
        Ok(None) => Verdict::ok(format!("{host} answers; it does not say what it knows of {name}")),
        Ok(Some(about)) => match about.lifecycle() {
            Some(stage) if services::is_ending(&stage) => Verdict::warn(
                format!("{host} takes the key; {name} is {stage}"),
                "it will not be answering for much longer",
                format!("call-coach config set model {DEFAULT_MODEL}"),
            ),
            Some(stage) => Verdict::ok(format!("{host} takes the key; {name} is {stage}")),
            None => Verdict::ok(format!("{host} takes the key and knows {name}")),
        },
        Err(error) => refused(&error, name, settings.base_url.is_some()),
    })
}

fn refused(error: &ClaudeError, model: &str, is_own_address: bool) -> Verdict {
    let means = "calls are not scored by Claude until that is mended; --analyst local needs no network";
    let mend = match error {
        ClaudeError::Credentials { .. } => SET_KEY.to_owned(),
        ClaudeError::Credit { .. } => "add credit there".to_owned(),
        ClaudeError::Rejected { status: 404, .. } => {
            format!("is the name {model} right? call-coach config set model {DEFAULT_MODEL}")
        }
        ClaudeError::Unreachable { .. } | ClaudeError::Tls { .. } | ClaudeError::TimedOut { .. } => {
            let or_address = if is_own_address { ", or call-coach config set anthropic_base_url" } else { "" };
            format!("look at the network, a proxy or a firewall{or_address}")
        }
        _ => "try again later: call-coach doctor --live".to_owned(),
    };
    Verdict::fail(error.to_string(), means, mend)
}
