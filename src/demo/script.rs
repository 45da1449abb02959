//! What is said on an invented call: scenes put together from phrases, well or badly, by a seeded dice.

use std::collections::BTreeMap;

use anyhow::Context as _;
use serde::Deserialize;

use crate::model::transcript::SpokenText;

const PHRASES: &str = include_str!("phrases.toml");
/// Time for a word, and between two turns, in milliseconds.
const WORD_MS: i64 = 420;
const PAUSE_MS: i64 = 700;
/// Talk fills a call until it is about as long, in milliseconds.
const MIN_MS: i64 = 7 * 60 * 1_000;

/// Numbers that look random and are the same for the same seed (SplitMix64).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Dice(seed)
    }

    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % sides.max(1) as u64).unwrap_or_default()
    }

    pub(super) fn chance(&mut self, of: f64) -> bool {
        (self.roll(1_000) as f64) < of * 1_000.0
    }

    pub(super) fn one(&mut self, of: &[&'static str]) -> &'static str {
        let at = self.roll(of.len());
        of.get(at).copied().unwrap_or_default()
    }
}

/// How often a rep does the parts of a call well, 0–1.
pub(super) struct Skill {
    pub(super) discovery: f64,
    pub(super) concerns: f64,
    pub(super) close: f64,
    pub(super) listening: f64,
}

/// A part of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Scene {
    Opening,
    Problem,
    Goal,
    Path,
    Product,
    Pricing,
    Timing,
    Security,
    Close,
    Talk,
}

impl Scene {
    fn skill(self, skill: &Skill) -> f64 {
        match self {
            Scene::Opening | Scene::Problem | Scene::Goal | Scene::Path => skill.discovery,
            Scene::Pricing | Scene::Timing | Scene::Security => skill.concerns,
            Scene::Close => skill.close,
            Scene::Product | Scene::Talk => skill.listening,
        }
    }
}

/// Turns that belong together, each `R: …` or `B: …`.
type Exchange = Vec<String>;

#[derive(Debug, Deserialize)]
struct Ways {
    good: Vec<Exchange>,
    poor: Vec<Exchange>,
}

/// Everything that can be said.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Script(BTreeMap<Scene, Ways>);

impl Script {
    pub(super) fn load() -> anyhow::Result<Self> {
        toml::from_str(PHRASES).context("the phrases of the sample team")
    }

    /// A call: the rep is party 0, the buyer party 1.
    pub(super) fn play(
        &self,
        dice: &mut Dice,
        scenes: &[Scene],
        skill: &Skill,
        buyer: &str,
        company: &str,
    ) -> Vec<SpokenText> {
        let first = buyer.split(' ').next().unwrap_or(buyer);
        let mut said: Vec<SpokenText> = Vec::new();
        let mut used: Vec<&Exchange> = Vec::new();
        let mut clock = 2_000;
        let (end, body) = scenes.split_last().map_or((Scene::Close, scenes), |(end, body)| (*end, body));
        let filler = std::iter::repeat_n(Scene::Talk, 12);
        for scene in body.iter().copied().chain(filler).chain([end]) {
            let is_filler = scene == Scene::Talk && clock >= MIN_MS;
            let Some(ways) = self.0.get(&scene).filter(|_| !is_filler) else { continue };
            let well = dice.chance(scene.skill(skill));
            let (way, other) = if well { (&ways.good, &ways.poor) } else { (&ways.poor, &ways.good) };
            let fresh = |way: &'_ [Exchange]| -> Vec<usize> {
                (0..way.len()).filter(|at| way.get(*at).is_some_and(|one| !used.contains(&one))).collect()
            };
            // Rather the other way than the same words twice.
            let way = if fresh(way).is_empty() { other } else { way };
            let left = fresh(way);
            let Some(exchange) = left.get(dice.roll(left.len())).and_then(|at| way.get(*at)) else { continue };
            used.push(exchange);
            for turn in exchange {
                let Some((who, text)) = turn.split_once(": ") else { continue };
                let text = fill(dice, text, first, company);
                for sentence in text.split_inclusive(['.', '?', '!']).map(str::trim).filter(|text| !text.is_empty()) {
                    let words = i64::try_from(sentence.split_whitespace().count()).unwrap_or_default();
                    let begin = clock;
                    clock += words * WORD_MS + i64::try_from(dice.roll(400)).unwrap_or_default();
                    said.push(SpokenText {
                        party: Some(usize::from(who == "B")),
                        start_ms: Some(begin),
                        end_ms: Some(clock),
                        text: sentence.to_owned(),
                    });
                    clock += 120;
                }
                clock += PAUSE_MS + i64::try_from(dice.roll(600)).unwrap_or_default();
            }
        }
        said
    }
}

fn fill(dice: &mut Dice, text: &str, buyer: &str, company: &str) -> String {
    let number = (3 + dice.roll(22)).to_string();
    let slots = [
        ("{buyer}", buyer),
        ("{company}", company),
        ("{n}", &number),
        ("{product}", dice.one(&["the planner", "Routes", "our planner"])),
        ("{work}", dice.one(&["plan a week", "plan your routes", "handle changes", "plan the morning"])),
        ("{day}", dice.one(&["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"])),
        ("{month}", dice.one(&["September", "October", "November"])),
        ("{team}", dice.one(&["warehouse", "night shift", "drivers", "back office"])),
        ("{town}", dice.one(&["Leeds", "Utrecht", "Graz", "Aarhus", "Porto", "Ghent"])),
    ];
    slots.iter().fold(text.to_owned(), |text, (slot, value)| text.replace(slot, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(seed: u64, skill: f64) -> Vec<SpokenText> {
        let script = Script::load().expect("good");
        let skill = Skill { discovery: skill, concerns: skill, close: skill, listening: skill };
        let scenes = [Scene::Opening, Scene::Problem, Scene::Product, Scene::Pricing, Scene::Close];
        script.play(&mut Dice::new(seed), &scenes, &skill, "Dana Reyes", "Umber Paints")
    }

    #[test]
    fn the_same_seed_says_the_same_and_another_something_else() {
        assert_eq!(call(7, 0.5), call(7, 0.5));
        assert_ne!(call(7, 0.5), call(8, 0.5));
        assert!(call(7, 0.5).iter().all(|said| !said.text.contains(['{', '}'])));
    }

    #[test]
    fn skill_decides_who_asks() {
        let questions = |skill: f64| {
            let said = (0..20).flat_map(|seed| call(seed, skill));
            said.filter(|said| said.party == Some(0) && said.text.ends_with('?')).count()
        };
        assert!(questions(1.0) > questions(0.0) * 3 / 2, "{} and {}", questions(1.0), questions(0.0));
    }

    #[test]
    fn every_scene_has_both_ways() {
        let script = Script::load().expect("good");
        assert_eq!(script.0.len(), 10);
        assert!(script.0.values().all(|ways| !ways.good.is_empty() && !ways.poor.is_empty()));
        let turns = script.0.values().flat_map(|ways| ways.good.iter().chain(&ways.poor)).flatten();
        assert!(turns.clone().all(|turn| turn.starts_with("R: ") || turn.starts_with("B: ")));
    }
}
