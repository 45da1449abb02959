//! Every filter with every other, against a plain filter over the same invented calls.

use std::cmp::Ordering;
use std::collections::HashMap;

use call_coach::dates::Range;
use call_coach::model::answers::Answers;
use call_coach::model::call::{Call, CallType};
use call_coach::model::gong::{GongFindings, GongTopic};
use call_coach::model::objection::{Objection, ObjectionStatus, ObjectionType};
use call_coach::model::party::Side;
use call_coach::model::scorecard::DimensionStatus;
use call_coach::store::{
    CallFilter, GongFacts, NewScore, NewScores, OVERALL, Page, RepId, Sort, Standing, Store, TextQuery,
};

use crate::support::database::on_every_engine;
use crate::support::invented::{at, evidence, new_answers, party, rubric, transcript};

const REPS: [&str; 4] = ["Mara", "Joost", "Priya", "Sam"];
const BUYERS: [&str; 5] = ["Dana", "Virgil", "Ines", "Danilo", "Émile Özil"];
const PRODUCTS: [&str; 2] = ["Ledger", "Suite"];
const TOPICS: [&str; 2] = ["Pricing", "Onboarding"];
const ROLES: [&str; 2] = ["ae", "se"];
/// Each is its own stem.
const WORDS: [&str; 6] = ["cloud", "desk", "lamp", "north", "river", "stone"];
const TYPES: [CallType; 2] = [CallType::Demo, CallType::Renewal];
const CONCERNS: [ObjectionType; 2] = [ObjectionType::Pricing, ObjectionType::Timing];
const STATUSES: [ObjectionStatus; 4] =
    [ObjectionStatus::Resolved, ObjectionStatus::Parked, ObjectionStatus::Unresolved, ObjectionStatus::Missed];
const CALLS: usize = 70;

/// Numbers that look random and are the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len())]
    }

    fn maybe<T>(&mut self, value: T) -> Option<T> {
        (self.roll(4) > 0).then_some(value)
    }
}

/// A call as the naive filter sees it.
#[derive(Debug, Clone)]
struct Fact {
    id: i64,
    started_at: Option<i64>,
    duration_ms: Option<i64>,
    product: Option<&'static str>,
    call_type: Option<CallType>,
    people: Vec<&'static str>,
    /// Rep, role, overall, discovery.
    results: Vec<(usize, &'static str, Option<f64>, Option<f64>)>,
    concerns: Vec<(ObjectionType, ObjectionStatus)>,
    topics: Vec<&'static str>,
    /// Whose line, and its words.
    lines: Vec<(Side, Vec<&'static str>)>,
}

fn invent(dice: &mut Dice, id: i64) -> Fact {
    let rep = dice.roll(REPS.len());
    let score = |dice: &mut Dice| {
        let score = dice.roll(1000) as f64 / 10.0;
        dice.maybe(score)
    };
    let mut people = vec![REPS[rep], dice.one(&BUYERS)];
    // A colleague of the rep may be coached on the same call.
    let second = (dice.roll(5) == 0).then_some((rep + 1) % REPS.len());
    people.extend(second.map(|rep| REPS[rep]));
    let mut results = Vec::new();
    for coached in [Some(rep).filter(|_| dice.roll(5) > 0), second].into_iter().flatten() {
        results.push((coached, dice.one(&ROLES), score(dice), score(dice)));
    }
    let concerns = (0..dice.roll(3)).map(|_| (dice.one(&CONCERNS), dice.one(&STATUSES))).collect();
    let lines = (0..dice.roll(7)).map(|n| {
        let side = if n % 2 == 0 { Side::Rep } else { Side::Buyer };
        (side, (0..1 + dice.roll(5)).map(|_| dice.one(&WORDS)).collect())
    });
    Fact {
        id,
        lines: lines.collect(),
        started_at: {
            let day = dice.roll(30) as i64 * 86_400;
            dice.maybe(day)
        },
        duration_ms: {
            let ms = dice.roll(5) as i64 * 60_000;
            dice.maybe(ms)
        },
        product: {
            let product = dice.one(&PRODUCTS);
            dice.maybe(product)
        },
        call_type: {
            let kind = dice.one(&TYPES);
            dice.maybe(kind)
        },
        people,
        concerns: if results.is_empty() { Vec::new() } else { concerns },
        results,
        topics: (0..dice.roll(2)).map(|_| dice.one(&TOPICS)).collect(),
    }
}

async fn store_call(store: &Store, fact: &Fact) {
    let email = |name: &str| format!("{}@acme.example", name.to_lowercase());
    let parties = fact.people.iter().enumerate().map(|(n, name)| match n {
        1 => party(name, None, Side::Buyer),
        _ => party(name, Some(&email(name)), Side::Rep),
    });
    let call = Call {
        source: "file".to_owned(),
        ext_id: fact.id.to_string(),
        started_at: fact.started_at.map(at),
        duration_ms: fact.duration_ms,
        product: fact.product.map(str::to_owned),
        call_type: fact.call_type,
        parties: parties.collect(),
        ..Call::default()
    };
    let lines: Vec<String> = fact.lines.iter().map(|(_, words)| words.join(" ")).collect();
    let said: Vec<_> = lines.iter().enumerate().map(|(n, text)| (Some(n % 2), n as i64 * 40, text.as_str())).collect();
    let stored = store.put_call(&call, Some(&transcript(&said)), at(0)).await.unwrap().stored;
    assert_eq!(stored.call_ref.0, fact.id);
    let findings = GongFindings {
        topics: fact.topics.iter().map(|name| GongTopic { name: (*name).to_owned(), duration_s: None }).collect(),
        ..GongFindings::default()
    };
    let facts = GongFacts { hash: "", findings: &findings, pending_since: None, addresses: &HashMap::new() };
    store.keep_gong_facts(&stored, &facts).await.unwrap();
    for n in [0, 2] {
        if n < fact.people.len() {
            store.rep_of_party(stored.call_ref, n).await.unwrap();
        }
    }
    let version = stored.transcript.unwrap().id;
    for (n, (rep, role, overall, discovery)) in fact.results.iter().enumerate() {
        let rep = RepId(*rep as i64 + 1);
        let concern = |(kind, status): &(ObjectionType, ObjectionStatus)| Objection {
            kind: *kind,
            status: *status,
            severity: 1,
            implicit: false,
            raised: evidence(1, "words"),
            repeats: Vec::new(),
            response: None,
            parked_until: None,
        };
        let mut new = new_answers(stored.call_ref, version, rep, "discovery");
        // The concerns stand in the first coached rep's answers only.
        let concerns = fact.concerns.iter().filter(|_| n == 0).map(concern).collect();
        new.answers = Answers { objections: concerns, ..Answers::default() };
        let answers = store.append_answers(&new, at(1)).await.unwrap();
        let score = |dimension: &str, answers, score: &Option<f64>| NewScore {
            dimension: dimension.to_owned(),
            answers,
            rubric: rubric("1.0.0"),
            status: DimensionStatus::Scored,
            score: *score,
            coverage: None,
        };
        let scores = vec![score("discovery", Some(answers), discovery), score(OVERALL, None, overall)];
        let analyst = call_coach::model::answers::AnalystKind::Local;
        let role = (*role).to_owned();
        let new = NewScores { call: stored.call_ref, rep, analyst, role, standing: Standing::Normal, scores };
        store.append_scores(&new, at(1)).await.unwrap();
    }
}

/// How many kinds of filter [`set`] knows.
const KINDS: usize = 13;

/// Adds one kind of filter with a random value.
fn set(dice: &mut Dice, filter: &mut CallFilter, kind: usize) {
    match kind {
        0 => filter.rep = Some(RepId(dice.roll(REPS.len()) as i64 + 1)),
        1 => {
            filter.participant =
                Some(dice.one(&["dan", "MARA", "acme", "virgil", "nobody", "özil", "ÉMILE"]).to_owned())
        }
        2 => filter.product = Some(dice.one(&["ledger", "SUITE", "Sui"]).to_owned()),
        3 => filter.call_type = Some(dice.one(&TYPES)),
        4 => filter.range.from = Some(at(dice.roll(30) as i64 * 86_400)),
        5 => filter.range.to = Some(at(dice.roll(30) as i64 * 86_400)),
        6 => filter.min_score = Some(dice.roll(101) as u8),
        7 => filter.max_score = Some(dice.roll(101) as u8),
        8 => filter.dimension = Some("discovery".to_owned()),
        9 => filter.objection = Some(dice.one(&CONCERNS)),
        10 => filter.objection_status = STATUSES[..dice.roll(4)].to_vec(),
        11 => filter.topics = vec![dice.one(&["pricing", "Onboarding", "on"]).to_owned()],
        _ => {
            if dice.roll(2) == 0 {
                filter.role = Some(dice.one(&ROLES).to_owned());
            }
            let [a, b, c] = [0; 3].map(|_| dice.one(&WORDS));
            let text = match dice.roll(4) {
                0 => a.to_owned(),
                1 => format!("{a} {b}"),
                2 => format!("\"{a} {b}\" -{c}"),
                _ => format!("{a} -\"{b} {c}\""),
            };
            filter.text = Some(TextQuery::parse(&text).unwrap());
            filter.said_by = [None, Some(Side::Rep), Some(Side::Buyer)][dice.roll(3)];
            TEXT.with(|last| *last.borrow_mut() = text);
        }
    }
}

thread_local! {
    /// The text of the query that was made last: a query does not tell it.
    static TEXT: std::cell::RefCell<String> = const { std::cell::RefCell::new(String::new()) };
}

fn line_has(words: &[&str], text: &str) -> bool {
    let holds = |phrase: &str| {
        let phrase: Vec<_> = phrase.split(' ').collect();
        words.windows(phrase.len()).any(|window| window == phrase)
    };
    let mut rest = text;
    while !rest.is_empty() {
        let excluded = rest.starts_with('-');
        rest = rest.trim_start_matches('-');
        let (term, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap(),
            None => rest.split_once(' ').unwrap_or((rest, "")),
        };
        if holds(term) == excluded {
            return false;
        }
        rest = after.trim_start();
    }
    true
}

fn lets_through(filter: &CallFilter, text: &str, fact: &Fact) -> bool {
    let rep = filter.rep.map(|rep| rep.0 as usize - 1);
    let took_part = |rep: usize| fact.people[0] == REPS[rep] || fact.people.get(2) == Some(&REPS[rep]);
    let named = |part: &str| {
        let part = part.to_lowercase();
        fact.people.iter().enumerate().any(|(n, name)| {
            let name = name.to_lowercase();
            name.contains(&part) || (n != 1 && format!("{name}@acme.example").contains(&part))
        })
    };
    let in_range = match fact.started_at {
        Some(second) => filter.range.contains(at(second)),
        None => filter.range == Range::default(),
    };
    let asks_result =
        filter.min_score.is_some() || filter.max_score.is_some() || filter.dimension.is_some() || filter.role.is_some();
    let result = fact.results.iter().any(|(coached, role, overall, discovery)| {
        let score = if filter.dimension.is_some() { discovery } else { overall };
        rep.is_none_or(|rep| rep == *coached)
            && filter.role.as_ref().is_none_or(|wanted| wanted == role)
            && (filter.dimension.is_none() || score.is_some())
            && filter.min_score.is_none_or(|min| score.is_some_and(|score| score.round() >= f64::from(min)))
            && filter.max_score.is_none_or(|max| score.is_some_and(|score| score.round() <= f64::from(max)))
    });
    let asks_concern = filter.objection.is_some() || !filter.objection_status.is_empty();
    let concern = fact.concerns.iter().any(|(kind, status)| {
        filter.objection.is_none_or(|wanted| wanted == *kind)
            && (filter.objection_status.is_empty() || filter.objection_status.contains(status))
            && rep.is_none_or(|rep| fact.results[0].0 == rep)
    });
    let said = |side: Side| filter.said_by.is_none_or(|wanted| wanted == side);
    in_range
        && rep.is_none_or(took_part)
        && filter.participant.as_deref().is_none_or(named)
        && filter.product.as_ref().is_none_or(|p| fact.product.is_some_and(|own| own.eq_ignore_ascii_case(p)))
        && filter.call_type.is_none_or(|kind| fact.call_type == Some(kind))
        && filter.topics.iter().all(|topic| fact.topics.iter().any(|own| own.eq_ignore_ascii_case(topic)))
        && (!asks_result || result)
        && (!asks_concern || concern)
        && (filter.text.is_none() || fact.lines.iter().any(|(side, words)| said(*side) && line_has(words, text)))
}

/// What the calls are sorted by, `None` last, as the naive test does it.
fn sort_key(filter: &CallFilter, sort: Sort, fact: &Fact) -> Option<f64> {
    match sort {
        Sort::Date => fact.started_at.map(|second| second as f64),
        Sort::Duration => {
            let last_word = || fact.lines.len().checked_sub(1).map(|last| last as i64 * 40_000 + 4_000);
            fact.duration_ms.or_else(last_word).map(|ms| ms as f64)
        }
        Sort::Score => {
            let of =
                fact.results.iter().filter(|(coached, ..)| filter.rep.is_none_or(|r| r.0 as usize - 1 == *coached));
            let scores = of.filter_map(|(_, _, overall, discovery)| match filter.dimension {
                Some(_) => *discovery,
                None => *overall,
            });
            scores.max_by(f64::total_cmp)
        }
    }
}

fn expected(facts: &[Fact], filter: &CallFilter, text: &str, page: Page) -> (u64, Vec<i64>) {
    let mut found: Vec<_> = facts.iter().filter(|fact| lets_through(filter, text, fact)).collect();
    found.sort_by(|a, b| {
        let (x, y) = (sort_key(filter, page.sort, a), sort_key(filter, page.sort, b));
        let way = |order: Ordering| if page.reverse { order } else { order.reverse() };
        match (x, y) {
            (Some(x), Some(y)) => way(x.total_cmp(&y)).then(way(a.id.cmp(&b.id))),
            (None, None) => way(a.id.cmp(&b.id)),
            (None, _) => Ordering::Greater,
            (_, None) => Ordering::Less,
        }
    });
    let ids = found.iter().skip(page.offset).take(page.limit).map(|fact| fact.id).collect();
    (found.len() as u64, ids)
}

#[tokio::test]
async fn every_filter_goes_with_every_other() {
    on_every_engine(async |store| {
        let mut dice = Dice(0x2026_1123);
        let mut facts: Vec<Fact> = Vec::new();
        // The first calls make the reps known in a fixed order.
        for id in 1..=CALLS as i64 {
            let mut fact = invent(&mut dice, id);
            if let Some(name) = REPS.get(id as usize - 1) {
                fact = Fact { people: vec![name, "Dana"], results: Vec::new(), concerns: Vec::new(), ..fact };
            }
            store_call(&store, &fact).await;
            facts.push(fact);
        }
        let pairs = (0..KINDS).flat_map(|a| (a..KINDS).map(move |b| vec![a, b]));
        let several = (0..120).map(|n| (0..KINDS).filter(|kind| (n * 7 + kind * 5) % 4 == 0).collect::<Vec<_>>());
        let all = std::iter::once((0..KINDS).collect::<Vec<_>>());
        let (mut found_any, mut asked) = (0, 0);
        for kinds in pairs.chain(several).chain(all).chain(std::iter::once(Vec::new())) {
            for _ in 0..3 {
                let mut filter = CallFilter::default();
                kinds.iter().for_each(|kind| set(&mut dice, &mut filter, *kind));
                let sort = dice.one(&[Sort::Date, Sort::Score, Sort::Duration]);
                // Pages behind the last one and pages of nothing have a total, too.
                let (limit, offset) = (dice.roll(30), dice.one(&[0, 0, 1, 2, 3 * CALLS]));
                let page = Page { sort, reverse: dice.roll(2) == 0, limit, offset };
                let text = TEXT.with(|last| last.borrow().clone());
                let expected = expected(&facts, &filter, &text, page);
                let found = store.search(&filter, page).await.unwrap();
                let ids: Vec<i64> = found.calls.iter().map(|call| call.call_ref.0).collect();
                assert_eq!((found.total, ids), expected, "{filter:?} {page:?} {text}");
                if filter.text.is_some() {
                    for call in &found.calls {
                        let fact = &facts[call.call_ref.0 as usize - 1];
                        let side = |side| filter.said_by.is_none_or(|wanted| wanted == side);
                        let lines: Vec<u32> = (1..)
                            .zip(&fact.lines)
                            .filter(|(_, (own, words))| side(*own) && line_has(words, &text))
                            .map(|(n, _)| n)
                            .collect();
                        assert_eq!(call.matches.iter().map(|line| line.line).collect::<Vec<_>>(), lines, "{text}");
                    }
                }
                asked += 1;
                found_any += usize::from(expected.0 > 0);
            }
        }
        assert!(found_any * 3 > asked, "only {found_any} of {asked} found anything: that proves little");
    })
    .await;
}
