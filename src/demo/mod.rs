//! A sample team: six invented reps in three roles, their calls of the last ninety days, scored by the built-in
//! analyst. The same seed and day give the same calls.

mod script;

use jiff::{SignedDuration, Timestamp};

use crate::analyze::cast::CastRequest;
use crate::analyze::{Analyst, Context, Request, run};
use crate::model::call::{Call, CallType};
use crate::model::party::{Party, Side, SideSource};
use crate::model::transcript::Transcript;
use crate::rubric::RubricSet;
use crate::store::{CallFilter, MemberChange, Page, Store};
use script::{Dice, Scene, Script, Skill};

/// Where the calls of the sample team come from; no import writes it.
const SOURCE: &str = "sample";
/// What their ids begin with.
const ID_PREFIX: &str = "sample-";
/// The days over which the calls are spread.
const DAYS: i64 = 90;
/// Seeds of one rep are this far from the next one's.
const SEEDS_A_REP: i64 = 100;
const TEAM: &str = "Sample team";

/// An invented rep: how well they do at the beginning, and how that changes until today (0–1).
struct Invented {
    name: &'static str,
    role: &'static str,
    calls: i64,
    kinds: &'static [CallType],
    skill: fn(f64) -> Skill,
}

const REPS: [Invented; 6] = [
    Invented {
        name: "Mara Lindqvist",
        role: "ae",
        calls: 12,
        kinds: &[CallType::Discovery, CallType::Discovery, CallType::Demo, CallType::Negotiation],
        skill: |passed| Skill { discovery: 0.3 + 0.65 * passed, concerns: 0.25, close: 0.8, listening: 0.6 },
    },
    Invented {
        name: "Joost de Wit",
        role: "ae",
        calls: 11,
        kinds: &[CallType::Discovery, CallType::Demo],
        skill: |_| Skill { discovery: 0.85, concerns: 0.8, close: 0.85, listening: 0.85 },
    },
    Invented {
        name: "Priya Nair",
        role: "ae",
        calls: 11,
        kinds: &[CallType::Discovery, CallType::Demo, CallType::FollowUp],
        skill: |passed| Skill { discovery: 0.7, concerns: 0.6, close: 0.75 - 0.4 * passed, listening: 0.7 },
    },
    Invented {
        name: "Sam Osei",
        role: "ae",
        calls: 10,
        kinds: &[CallType::Discovery, CallType::Demo],
        skill: |_| Skill { discovery: 0.3, concerns: 0.4, close: 0.35, listening: 0.25 },
    },
    Invented {
        name: "Elena Petrova",
        role: "se",
        calls: 8,
        kinds: &[CallType::Technical, CallType::Demo],
        skill: |_| Skill { discovery: 0.5, concerns: 0.7, close: 0.5, listening: 0.7 },
    },
    Invented {
        name: "Tom Becker",
        role: "csm",
        calls: 8,
        kinds: &[CallType::Renewal, CallType::FollowUp],
        skill: |passed| Skill { discovery: 0.5, concerns: 0.3 + 0.5 * passed, close: 0.7, listening: 0.6 },
    },
];

const COMPANIES: [&str; 16] = [
    "Northwind Bakery",
    "Tallis & Co",
    "Orchard Foods",
    "Brightline",
    "Fenwick Foods",
    "Havel Logistics",
    "Lumen Foods",
    "Castor Linen",
    "Kestrel Flowers",
    "Marsh & Son",
    "Pinewood Pharmacy",
    "Quarry Stone",
    "Rowan Dairy",
    "Silverlake Laundry",
    "Thistle Books",
    "Umber Paints",
];
const BUYERS: [&str; 12] = [
    "Dana Reyes",
    "Owen Tallis",
    "Rita Kovac",
    "Virgil Stone",
    "Ines Moreau",
    "Karl Brandt",
    "Leila Haddad",
    "Noah Kim",
    "Olga Sand",
    "Pavel Novak",
    "Ruth Adler",
    "Yusuf Demir",
];

/// Makes the sample team in an empty store: people, calls, words, scores. `progress` is told after each call how many
/// there are and how many there will be. Returns how many calls.
///
/// # Errors
/// When the database fails.
pub async fn fill(
    store: &Store,
    set: &RubricSet,
    now: Timestamp,
    mut progress: impl FnMut(i64, i64),
) -> anyhow::Result<i64> {
    let script = Script::load()?;
    let analyst = Analyst::Local;
    let context = Context { store, set, analyst: &analyst, now, progress: None };
    let all = REPS.iter().map(|rep| rep.calls).sum();
    let mut done = 0;
    for (n, rep) in (0..).zip(&REPS) {
        let change = MemberChange {
            name: Some(rep.name.to_owned()),
            emails: vec![email(rep.name)],
            role: Some(rep.role.to_owned()),
            team: Some(TEAM.to_owned()),
            manager: Some("Ines Marchetti".to_owned()),
            ..MemberChange::default()
        };
        store.set_member(None, &change).await?;
        for place in 0..rep.calls {
            let seed = n * SEEDS_A_REP + place;
            let (call, transcript) = invent(&script, rep, seed, place, now)?;
            let stored = store.put_call(&call, Some(&transcript), now).await?.stored;
            // Some calls wait to be scored, as in any real store.
            if seed % 17 != 9 {
                let request =
                    Request { cast: CastRequest::default(), default_role: rep.role.to_owned(), ..Request::default() };
                run(context, stored.call_ref, &request).await?;
            }
            done += 1;
            progress(done, all);
        }
    }
    Ok(done)
}

/// Whether a store holds nothing but a sample team.
///
/// # Errors
/// When the database fails.
pub async fn is_sample(store: &Store) -> anyhow::Result<bool> {
    let all = store.search(&CallFilter::default(), Page { limit: 1_000, ..Page::default() }).await?;
    Ok(all.calls.iter().all(|call| call.ext_id.starts_with(ID_PREFIX)))
}

fn email(name: &str) -> String {
    format!("{}@brightpath.example", name.split(' ').next().unwrap_or(name).to_lowercase())
}

fn invent(
    script: &Script,
    rep: &Invented,
    seed: i64,
    place: i64,
    now: Timestamp,
) -> anyhow::Result<(Call, Transcript)> {
    let mut dice = Dice::new(u64::try_from(seed)?.wrapping_add(2026));
    let kind = rep.kinds.get(usize::try_from(place)? % rep.kinds.len()).copied().unwrap_or(CallType::Discovery);
    let company = dice.one(&COMPANIES);
    let buyer = dice.one(&BUYERS);
    let skill = (rep.skill)(place as f64 / (rep.calls - 1).max(1) as f64);
    let scenes = scenes(&mut dice, kind);
    let transcript = Transcript::from_spoken(script.play(&mut dice, &scenes, &skill, buyer, company));
    // The last one was a few days ago, and not all on the same day.
    let last = 1 + seed / SEEDS_A_REP % 4;
    let ago = last + (DAYS - 5) * (rep.calls - 1 - place) / (rep.calls - 1).max(1);
    let minutes = i64::try_from(dice.roll(9 * 60))? + 8 * 60;
    let midnight = Timestamp::from_second(now.as_second().div_euclid(86_400) * 86_400)?;
    let started_at =
        midnight.checked_sub(SignedDuration::from_hours(24 * ago))?.checked_add(SignedDuration::from_mins(minutes))?;
    let party = |name: &str, side, email| Party {
        speaker_key: Some(name.to_owned()),
        name: Some(name.to_owned()),
        email,
        side,
        side_source: Some(SideSource::File),
        spoke: true,
        ..Party::default()
    };
    let label = kind.as_str().replace('_', " ");
    let call = Call {
        source: SOURCE.to_owned(),
        ext_id: format!("{ID_PREFIX}{seed:03}"),
        title: Some(format!("{company} {label} (sample)")),
        started_at: Some(started_at),
        duration_ms: transcript.end_ms(),
        call_type: Some(kind),
        product: Some(dice.one(&["Routes", "Routes", "Fleet"]).to_owned()),
        account: Some(company.to_owned()),
        parties: vec![party(rep.name, Side::Rep, Some(email(rep.name))), party(buyer, Side::Buyer, None)],
        ..Call::default()
    };
    Ok((call, transcript))
}

/// What happens on a call of this kind, in order.
fn scenes(dice: &mut Dice, kind: CallType) -> Vec<Scene> {
    let mut scenes = vec![Scene::Opening, Scene::Problem, Scene::Talk, Scene::Problem, Scene::Goal, Scene::Product];
    match kind {
        CallType::Negotiation | CallType::Renewal => scenes.extend([Scene::Pricing, Scene::Security, Scene::Path]),
        CallType::Technical => scenes.extend([Scene::Product, Scene::Security]),
        _ => scenes.extend([Scene::Talk, Scene::Path]),
    }
    if !scenes.contains(&Scene::Pricing) && dice.chance(0.6) {
        scenes.push(Scene::Pricing);
    }
    if dice.chance(0.35) {
        scenes.push(Scene::Timing);
    }
    scenes.extend([Scene::Talk, Scene::Talk, Scene::Close]);
    scenes
}
