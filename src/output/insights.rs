//! What `insights` says about a rep or the team.

use jiff::civil::Date;
use serde::Serialize;

use super::SCHEMA_VERSION;
use super::search::RangeOut;
use crate::insights::numbers::Direction;
use crate::insights::{FocusOut, RepInsights, TeamInsights, TeamMember};
use crate::rubric::RubricSet;
use crate::store::{Member, OVERALL};

/// In how many days one looks again.
const DAYS_TO_LOOK_AGAIN: i64 = 14;
/// A concern must have been raised this often to be named in the headline.
const MIN_RAISED: u64 = 3;

/// Who.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct RepOut {
    /// Their name.
    pub name: String,
    /// Their e-mail.
    pub email: Option<String>,
    /// Their role.
    pub role: String,
}

/// A rep over time.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct InsightsOut {
    /// Version of this object.
    pub schema_version: u32,
    /// Who.
    pub rep: RepOut,
    /// When the calls began.
    pub range: RangeOut,
    /// How many calls.
    pub calls: u64,
    /// The whole in a sentence or two.
    pub headline: String,
    /// What was found.
    #[serde(flatten)]
    pub insights: RepInsights,
    /// What to do until the next one-to-one.
    pub plan: Vec<String>,
    /// Titles of the dimensions.
    #[serde(skip)]
    pub titles: Vec<(String, String)>,
}

/// The team over time.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
pub struct TeamOut {
    /// Version of this object.
    pub schema_version: u32,
    /// When the calls began.
    pub range: RangeOut,
    /// What was found.
    #[serde(flatten)]
    pub team: TeamInsights,
    /// Titles of the dimensions.
    #[serde(skip)]
    pub titles: Vec<(String, String)>,
    /// In which order the people stand.
    #[serde(skip)]
    pub order: TeamOrder,
}

/// In which order the people of a team stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TeamOrder {
    /// By name: no ranking unless somebody asks for one.
    #[default]
    Name,
    /// The highest overall score first.
    Overall,
    /// The most scored calls first.
    Calls,
}

/// The public form of a rep's insights. For the rep's own eyes (`share`) nothing of the peers is left in it.
pub fn insights(
    mut insights: RepInsights,
    set: &RubricSet,
    member: &Member,
    range: RangeOut,
    today: Date,
    share: bool,
) -> InsightsOut {
    if share {
        insights.gaps.clear();
        insights.no_peers = None;
        insights.numbers.lines.iter_mut().for_each(|line| (line.team_median, line.team_n) = (None, 0));
    }
    let titles = titles(set);
    let name = member.display_name();
    InsightsOut {
        schema_version: SCHEMA_VERSION,
        calls: insights.counted.calls,
        headline: headline(&insights, &titles),
        plan: insights.focus.as_ref().map(|focus| plan(focus, member, today)).unwrap_or_default(),
        rep: RepOut { name, email: member.emails.first().cloned(), role: insights.role.clone() },
        range,
        insights,
        titles,
    }
}

/// The public form of the team's insights.
pub fn team(mut team: TeamInsights, set: &RubricSet, range: RangeOut, order: TeamOrder) -> TeamOut {
    let overall = |member: &TeamMember| member.scores.get(OVERALL).copied().flatten().unwrap_or(-1.0);
    match order {
        TeamOrder::Name => {}
        TeamOrder::Overall => team.reps.sort_by(|a, b| overall(b).total_cmp(&overall(a))),
        TeamOrder::Calls => team.reps.sort_by_key(|member| std::cmp::Reverse(member.calls)),
    }
    TeamOut { schema_version: SCHEMA_VERSION, range, team, titles: titles(set), order }
}

fn titles(set: &RubricSet) -> Vec<(String, String)> {
    let overall = (OVERALL.to_owned(), "Overall".to_owned());
    set.dimensions.iter().map(|rubric| (rubric.id.clone(), rubric.title.clone())).chain([overall]).collect()
}

/// The title of a dimension.
pub fn title_of<'a>(titles: &'a [(String, String)], id: &'a str) -> &'a str {
    titles.iter().find(|(known, _)| known == id).map_or(id, |(_, title)| title)
}

/// What moved, and which concern stays open most.
fn headline(insights: &RepInsights, titles: &[(String, String)]) -> String {
    let mut sentences: Vec<String> = Vec::new();
    let moved = insights.changes.iter().filter(|change| change.trend.is_some_and(|trend| trend != Direction::Same));
    let moved = moved.max_by(|a, b| {
        let size = |change: Option<f64>| change.unwrap_or_default().abs();
        size(a.change).total_cmp(&size(b.change))
    });
    if let Some((change, (earlier, recent))) = moved.and_then(|c| Some((c, c.earlier.zip(c.recent)?))) {
        let way = if change.trend == Some(Direction::Up) { "up" } else { "down" };
        let title = title_of(titles, &change.dimension);
        sentences.push(format!("{title} is {way} from {earlier:.0} to {recent:.0}."));
    }
    let open = insights.objections.iter().filter(|one| one.raised >= MIN_RAISED && one.open > 0);
    if let Some(worst) = open.max_by_key(|one| one.open) {
        let (open, raised, kind) = (worst.open, worst.raised, worst.kind.label());
        sentences.push(format!("{open} of {raised} {kind} concerns stayed open."));
    }
    if sentences.is_empty() {
        sentences.push(match insights.counted.scored {
            0 if insights.changes.iter().any(|change| change.mean.is_some()) => {
                "Scored in part: no call has an overall score.".to_owned()
            }
            0 => "No scored call in this time.".to_owned(),
            _ if insights.changes.iter().all(|change| change.trend.is_none()) => {
                "Too few scored calls to say what changes.".to_owned()
            }
            _ => "Much the same as before.".to_owned(),
        });
    }
    sentences.join(" ")
}

fn plan(focus: &FocusOut, member: &Member, today: Date) -> Vec<String> {
    let at = |ms: Option<i64>| ms.map(|ms| format!(" from {}:{:02}", ms / 60_000, ms / 1_000 % 60)).unwrap_or_default();
    let missed = focus.moments.iter().find(|moment| !moment.done);
    let done = focus.moments.iter().find(|moment| moment.done);
    let listen: Vec<String> =
        missed.into_iter().chain(done).map(|moment| format!("{}{}", moment.call, at(moment.start_ms))).collect();
    let again = today.checked_add(jiff::Span::new().days(DAYS_TO_LOOK_AGAIN)).unwrap_or(today);
    let who = member.emails.first().cloned().unwrap_or_else(|| format!("\"{}\"", member.display_name()));
    let mut plan = Vec::new();
    if !listen.is_empty() {
        plan.push(format!("Listen together, {} minutes: {}.", 2 * listen.len(), listen.join(", then ")));
    }
    plan.push(format!("On the next 3 calls: {}", focus.text));
    // Who does it on most calls already is asked for all of them.
    let aim = if focus.done * 2 >= focus.asked { "every call where it applies" } else { "at least half of the calls" };
    plan.push(format!(
        "Look again on {}. Done when it happens on {aim}: call-coach insights {who} --from {today} --focus {}",
        again.strftime("%-d %b"),
        focus.check,
    ));
    plan
}
