//! `search_calls`: finds calls.

use rmcp::model;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, de};

use super::super::{Coach, Reason, ToolError};
use super::{AT_ONCE, Answer};
use crate::analyze::known_role;
use crate::dates;
use crate::model::call::CallType;
use crate::model::objection::ObjectionType;
use crate::output::search::{self as output, RangeOut, SearchOut};
use crate::render::{self, FoundIn};
use crate::roster;
use crate::search::{self, Search};
use crate::store::{CallFilter, Page, TextQuery};

const DESCRIPTION: &str = "\
Find recorded sales calls by who took part, product, kind, date, score, the buyer's concerns, topics and what was said.

Use it to find the calls that a question is about, and to count them: `total` is the number on all pages. All filters \
that are given must hold.

Returns calls, newest first, each with `ref` and `id` (both are good as analyze_call's call_id), title, start, people, \
scores (null means not scored, never zero), the concerns with line, start in milliseconds and quote, the recording's \
`url`, and with `text` the lines in which the words were said. `truncated` says that there are more: ask again with \
`offset` raised by the number of calls that came.

Example: {\"rep_email\": \"ana@acme.example\", \"date_range\": {\"start\": \"2026-10-01\", \"end\": \"2026-10-31\"}, \
\"has_objection_type\": \"pricing\", \"max_score\": 60}";

/// Which calls are looked for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Parameters {
    /// A rep who took part: e-mail address, name, or a part that fits one person.
    #[serde(default)]
    rep_email: Option<String>,
    /// The product.
    #[serde(default)]
    product: Option<String>,
    /// The kind of call.
    #[serde(default)]
    call_type: Option<CallType>,
    /// When the calls began.
    #[serde(default)]
    date_range: Option<DateRange>,
    /// The lowest overall score, 0 to 100.
    #[serde(default, deserialize_with = "score")]
    #[schemars(range(max = 100))]
    min_score: Option<u8>,
    /// The highest overall score, 0 to 100.
    #[serde(default, deserialize_with = "score")]
    #[schemars(range(max = 100))]
    max_score: Option<u8>,
    /// A concern of this kind was raised by the buyer.
    #[serde(default)]
    has_objection_type: Option<ObjectionType>,
    /// What the call was about, as Gong names it: all of these.
    #[serde(default)]
    topics: Option<Vec<String>>,
    /// Somebody was coached as this role: ae, se, csm or support.
    #[serde(default)]
    role: Option<String>,
    /// What was said in one line: words, "phrases" and -exclusions.
    #[serde(default)]
    text: Option<String>,
    /// At most this many calls, 1 to 100.
    #[serde(default = "twenty", deserialize_with = "limit")]
    #[schemars(range(min = 1, max = 100))]
    limit: usize,
    /// Leave out this many before them.
    #[serde(default)]
    offset: u32,
}

/// When calls began. Both ends are included.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct DateRange {
    /// The first day, such as 2026-10-01, or how long ago, such as 30d.
    #[serde(default)]
    start: Option<String>,
    /// The last day.
    #[serde(default)]
    end: Option<String>,
}

fn twenty() -> usize {
    20
}

fn score<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u8>, D::Error> {
    let score = Option::<u8>::deserialize(deserializer)?;
    match score {
        Some(score) if score > 100 => Err(de::Error::custom(format!("{score} is no score; expected 0 to 100"))),
        score => Ok(score),
    }
}

fn limit<'de, D: Deserializer<'de>>(deserializer: D) -> Result<usize, D::Error> {
    match usize::deserialize(deserializer)? {
        limit @ 1..=100 => Ok(limit),
        other => Err(de::Error::custom(format!("expected 1 to 100, not {other}"))),
    }
}

pub(super) fn definition(name: &'static str) -> model::Tool {
    model::Tool::new(name, DESCRIPTION, model::JsonObject::new())
        .with_input_schema::<Parameters>()
        .with_output_schema::<SearchOut>()
}

pub(super) async fn call(coach: &Coach, parameters: Parameters) -> Result<Answer, ToolError> {
    let page = Page {
        limit: parameters.limit,
        offset: usize::try_from(parameters.offset).unwrap_or(usize::MAX),
        ..Page::default()
    };
    let filter = filter(coach, parameters).await?;
    let Search { found, within } = search::find(&coach.store, &filter, page).await?;
    let range = RangeOut::new(filter.range, &coach.settings.zone_name((coach.clock)()));
    let mut found = output::search(found, page, range);
    found.fit(AT_ONCE);
    let context = FoundIn {
        time_zone: coach.settings.time_zone.value.clone(),
        this_year: (coach.clock)().to_zoned(coach.settings.time_zone.value.clone()).year(),
        text: filter.text,
        objection: filter.objection,
        statuses: Vec::new(),
        shows_concerns: filter.objection.is_some(),
        by_dimension: None,
        by_length: false,
        within,
    };
    let mut text = render::search_markdown(&found, &context);
    if found.truncated {
        let next = found.offset + found.calls.len();
        text.push_str(&format!("\ntruncated: ask again with offset {next}\n"));
    }
    Ok(Answer::new(&found, text)?)
}

async fn filter(coach: &Coach, parameters: Parameters) -> Result<CallFilter, ToolError> {
    let Parameters { rep_email, date_range, min_score, max_score, .. } = &parameters;
    if let (Some(min), Some(max)) = (min_score, max_score)
        && min > max
    {
        return Err(ToolError::new(Reason::Usage, format!("no score is at least {min} and at most {max}")));
    }
    let rep = match rep_email {
        Some(wanted) => Some(roster::find(&coach.store.roster().await?, wanted)?.id),
        None => None,
    };
    let role = parameters.role.as_deref().map(|role| known_role(&coach.set, role)).transpose()?;
    let role = role.map(|role| role.id.clone());
    let (start, end) = date_range.as_ref().map_or((None, None), |range| (range.start.as_deref(), range.end.as_deref()));
    Ok(CallFilter {
        rep,
        range: dates::range(start, end, None, &coach.now())?,
        product: parameters.product,
        call_type: parameters.call_type,
        min_score: parameters.min_score,
        max_score: parameters.max_score,
        objection: parameters.has_objection_type,
        topics: parameters.topics.unwrap_or_default(),
        role,
        text: parameters.text.as_deref().map(TextQuery::parse).transpose()?,
        ..CallFilter::default()
    })
}
