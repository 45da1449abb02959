//! Everybody at once.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::numbers::{Change, Sample, change};
use super::series::{Break, PastCall, breaks, comparable, series};
use super::worth::{WorthHearing, worth};
use super::{Counted, ObjectionCount, Question, count_objections, is_open, role};
use crate::rubric::{Role, RubricSet};
use crate::store::{Member, OVERALL, PastObjection, PastResult, RepId, Store};

/// One line of the team.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct TeamMember {
    /// Who.
    pub name: String,
    /// Their e-mail.
    pub email: Option<String>,
    /// Their role.
    pub role: String,
    /// How many calls with a score, be it of one dimension only.
    pub calls: u64,
    /// The mean by dimension, `overall` included: of the calls behind the last break.
    pub scores: BTreeMap<String, Option<f64>>,
    /// Of how many calls each mean is.
    pub scores_n: BTreeMap<String, u64>,
    /// Where scores before and behind cannot be compared.
    pub breaks: Vec<Break>,
    /// The last half of the overall scores against the first.
    pub change: Change,
    /// How many concerns stayed open.
    pub open_concerns: u64,
}

/// The team over time.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct TeamInsights {
    /// Everybody with a scored call, by name.
    pub reps: Vec<TeamMember>,
    /// How many calls there were, and how many of them count here.
    pub counted: Counted,
    /// What buyers were concerned about.
    pub objections: Vec<ObjectionCount>,
    /// One moment to praise, one to coach, one open concern; only when it was asked for.
    pub worth_your_hour: Vec<WorthHearing>,
}

/// Reads and computes everything about the team. With `moments` the answers are read too, to find what is worth an
/// hour.
///
/// # Errors
/// When the database fails, or a role is unknown.
pub async fn team(
    store: &Store,
    set: &RubricSet,
    members: &[Member],
    question: &Question<'_>,
    moments: bool,
) -> anyhow::Result<TeamInsights> {
    let history = &mut store.history().await?;
    let coached: Vec<&Member> = members.iter().filter(|member| member.active && !member.no_coaching).collect();
    let mut by_rep: BTreeMap<RepId, Vec<PastResult>> = BTreeMap::new();
    for result in history.past_results(&question.scope, moments).await? {
        by_rep.entry(result.rep).or_default().push(result);
    }
    let mut past: Vec<(&Member, &Role, Vec<PastCall>)> = Vec::new();
    let mut other_analyst = BTreeSet::new();
    for member in coached {
        let series = series(by_rep.remove(&member.id).unwrap_or_default());
        other_analyst.extend(series.left_out);
        if !series.calls.is_empty() {
            past.push((member, role(set, member, &series.calls, question.default_role)?, series.calls));
        }
    }
    past.sort_by_key(|(member, ..)| member.display_name().to_lowercase());
    let mut objections = history.past_objections(&question.scope).await?;
    let counting: BTreeSet<_> =
        past.iter().flat_map(|(member, _, calls)| calls.iter().map(|call| (member.id, call.call))).collect();
    objections.retain(|one| counting.contains(&(one.rep, one.call)));
    let reps = past.iter().map(|(member, role, calls)| line(set, member, role, calls, &objections)).collect();
    let worth_your_hour = if moments { worth(history, set, &past, &objections).await? } else { Vec::new() };
    let (counts, undated) = history.count_calls(&question.scope).await?;
    let calls = || past.iter().flat_map(|(_, _, calls)| calls);
    let scored: BTreeSet<_> = calls().filter(|call| call.score(OVERALL).is_some()).map(|call| call.call).collect();
    other_analyst.retain(|left| !calls().any(|call| call.call == *left));
    let corrected = history.corrected().await?.into_iter().filter(|(rep, call, _)| counting.contains(&(*rep, *call)));
    let corrected = corrected.map(|(.., n)| n).sum();
    let counted = Counted { corrected, ..Counted::new(counts, undated, scored.len(), other_analyst.len()) };
    // Two of ours who were coached on one call heard the same concern.
    let mut heard = BTreeSet::new();
    objections.retain(|one| heard.insert((one.call, one.kind, one.raised.line)));
    Ok(TeamInsights { reps, counted, objections: count_objections(&objections), worth_your_hour })
}

fn line(set: &RubricSet, member: &Member, role: &Role, calls: &[PastCall], objections: &[PastObjection]) -> TeamMember {
    let dimensions = || set.dimensions.iter().map(|rubric| rubric.id.as_str()).chain([OVERALL]);
    let sample = |id: &str| Sample::of(comparable(calls, id).iter().filter_map(|call| call.score(id)));
    let overall: Vec<f64> = comparable(calls, OVERALL).iter().filter_map(|call| call.score(OVERALL)).collect();
    let open = objections.iter().filter(|one| one.rep == member.id && is_open(one));
    TeamMember {
        name: member.display_name(),
        email: member.emails.first().cloned(),
        role: role.id.clone(),
        calls: calls.iter().filter(|call| call.results.values().any(|result| result.score.is_some())).count() as u64,
        scores: dimensions().map(|id| (id.to_owned(), sample(id).mean())).collect(),
        scores_n: dimensions().map(|id| (id.to_owned(), sample(id).n)).collect(),
        breaks: breaks(calls, OVERALL),
        change: change(OVERALL, &overall),
        open_concerns: open.count() as u64,
    }
}
