//! `get_rep_insights`: one rep over time.

use rmcp::model;
use schemars::JsonSchema;
use serde::Deserialize;

use super::super::{Coach, ToolError};
use super::Answer;
use crate::dates;
use crate::insights::{Question, rep};
use crate::output::insights::{InsightsOut, insights};
use crate::output::search::RangeOut;
use crate::render;
use crate::roster;
use crate::store::Scope;

const DESCRIPTION: &str = "\
How one rep develops over time: what changed, what stands out against peers, and the one thing to work on.

Use it to prepare a one-to-one, or when the user asks how somebody is doing. For a single call use analyze_call.

Returns a headline, the trend of each dimension by week with the number of calls behind each point, changes (\"up\" and \
\"down\" only when they are more than chance), gaps to peers of the same role (only with enough of them), the buyers' \
concerns and how often they were settled, calls to be proud of, and `focus`: the one thing to work on, with the moments \
that show it (call, start in milliseconds, url). Calls that could not be counted are counted in `counted`. Never compare \
the numbers with those of another analyst or another period without saying so.

Example: {\"rep_email\": \"ana@acme.example\", \"time_period\": \"last_quarter\"}";

/// Whom, and when.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Parameters {
    /// The rep: e-mail address, name, or a part that fits one person.
    rep_email: String,
    /// When the calls began: last_7_days, last_30_days, last_month, this_quarter, 2026-Q3, 2026-10 or all_time.
    #[serde(default = "last_30_days")]
    time_period: String,
    /// Only calls about this product.
    #[serde(default)]
    product_filter: Option<String>,
}

fn last_30_days() -> String {
    "last_30_days".to_owned()
}

pub(super) fn definition(name: &'static str) -> model::Tool {
    model::Tool::new(name, DESCRIPTION, model::JsonObject::new())
        .with_input_schema::<Parameters>()
        .with_output_schema::<InsightsOut>()
}

pub(super) async fn call(coach: &Coach, parameters: Parameters) -> Result<Answer, ToolError> {
    let now = coach.now();
    let range = dates::period(&parameters.time_period, &now)?;
    let members = coach.store.roster().await?;
    let member = roster::find_coached(&members, &parameters.rep_email)?;
    let question = Question {
        scope: Scope { rep: None, range, call_type: None, product: parameters.product_filter },
        focus: None,
        default_role: &coach.settings.role.value,
        time_zone: &coach.settings.time_zone.value,
    };
    let found = rep(&coach.store, &coach.set, member, &question).await?;
    let range = RangeOut::new(range, &coach.settings.zone_name(now.timestamp()));
    let out = insights(found, &coach.set, member, range, now.date(), false);
    Ok(Answer::new(&out, render::insights_markdown(&out, question.time_zone))?)
}
