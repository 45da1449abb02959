//! `analyze_call`: scores one call.

use rmcp::model;
use schemars::JsonSchema;
use serde::Deserialize;
use tokio::sync::mpsc::UnboundedSender;

use super::super::{Coach, ToolError};
use super::{AT_ONCE, Answer};
use crate::analyze::cast::CastRequest;
use crate::analyze::claude::Claude;
use crate::analyze::{Analyst, Context, Progress, Request, run};
use crate::output::{self, report::Report};
use crate::render::{self, Detail, Options};

const DESCRIPTION: &str = "\
Score one sales call and prove each judgement with the words that were said.

Use it when the user asks how a call went, what a rep should do better, or which concerns a buyer raised. To find the \
call first use search_calls.

Returns one verdict sentence, the one thing to do on the next call (`action`), scores from 0 to 100 (overall and four \
dimensions; null means that there was too little to judge, never zero), the buyer's concerns with how they ended, what \
was measured, and at most five moments. Each claim cites the transcript's line, start in milliseconds and words; \
`call.url` opens the recording. Stored answers are used again and cost nothing; asking anew may cost money and take a \
minute. Say the score only together with its coverage. `truncated` says that notes and quotes were left out because \
there were too many: ask for fewer dimensions.

Example: {\"call_id\": \"c412\", \"dimensions\": [\"discovery\"]}";

/// What is asked about one call.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Parameters {
    /// The call: a `ref` such as c412 or an `id` from search_calls, or a Gong id or link.
    call_id: String,
    /// Only these dimensions: discovery, objection_handling, product_knowledge, engagement. All without it.
    #[serde(default)]
    dimensions: Option<Vec<String>>,
    /// Whether stored answers may be used again.
    #[serde(default = "yes")]
    use_cache: bool,
    /// Whether the transcript's words are quoted. Lines, times and speakers are given in any case.
    #[serde(default = "yes")]
    include_transcript_snippets: bool,
    /// Ask anew even if answers are stored. This may cost money.
    #[serde(default)]
    force_reanalysis: bool,
    /// Score as this role to see what would change: ae, se, csm or support.
    #[serde(default)]
    role: Option<String>,
}

fn yes() -> bool {
    true
}

pub(super) fn definition(name: &'static str) -> model::Tool {
    model::Tool::new(name, DESCRIPTION, model::JsonObject::new())
        .with_input_schema::<Parameters>()
        .with_output_schema::<Report>()
}

pub(super) async fn call(
    coach: &Coach,
    parameters: Parameters,
    progress: Option<&UnboundedSender<Progress>>,
) -> Result<Answer, ToolError> {
    Ok(answer(coach, parameters, progress).await?)
}

async fn answer(
    coach: &Coach,
    parameters: Parameters,
    progress: Option<&UnboundedSender<Progress>>,
) -> anyhow::Result<Answer> {
    let now = (coach.clock)();
    let call = coach.call_named(parameters.call_id.trim()).await?;
    let asks_anew = parameters.force_reanalysis || !parameters.use_cache;
    let request = Request {
        cast: CastRequest { company_domains: coach.settings.company_domains.value.clone(), ..CastRequest::default() },
        dimensions: parameters.dimensions.unwrap_or_default(),
        role: parameters.role.map(|role| role.to_lowercase()),
        default_role: coach.settings.role.value.clone(),
        answers_since: coach.settings.answers_since(now).filter(|_| !asks_anew),
        ..Request::default()
    };
    let analyst = analyst(coach).await?;
    let context = Context { store: &coach.store, set: &coach.set, analyst: &analyst, now, progress };
    let analysis = run(context, call, &request).await?;
    for (dimension, error) in &analysis.failed {
        tracing::warn!("{dimension} of {call} could not be asked: {error}");
    }
    let mut report = output::report(&analysis, &coach.set, None);
    if !parameters.include_transcript_snippets {
        report.take_words_out();
    }
    report.fit(AT_ONCE);
    let options = Options {
        detail: Detail::Normal,
        snippets: parameters.include_transcript_snippets,
        time_zone: coach.settings.time_zone.value.clone(),
    };
    let mut text = render::markdown(&report, &options);
    if let Some(url) = report.call.url.as_ref().filter(|url| !text.contains(url.as_str())) {
        text = format!("{}\n\nRecording: {url}\n", text.trim_end());
    }
    Answer::new(&report, text)
}

/// The server's analyst with what this call may cost.
async fn analyst(coach: &Coach) -> anyhow::Result<Analyst> {
    Ok(match &coach.analyst {
        Analyst::Local => Analyst::Local,
        Analyst::Stored => Analyst::Stored,
        Analyst::Claude(claude) => Analyst::Claude(Box::new(Claude {
            client: claude.client.clone(),
            model: claude.model.clone(),
            facts: claude.facts.clone(),
            budget: coach.money.for_a_call(&coach.store, (coach.clock)()).await?,
        })),
    })
}
