//! From what Claude wrote to claims. Nothing is believed here, only read: what does not fit the rubric is counted and
//! left out, and every claim still has to be verified.

use std::collections::HashSet;
use std::fmt;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::model::answers::{CheckClaim, Claims, ObjectionClaim, Quote, Verdict};
use crate::model::objection::{ObjectionStatus, ObjectionType};

/// Longest note that is kept, in characters.
const MAX_NOTE: usize = 240;
/// A reply that leaves out more than this part of the checks is asked for again.
const MAX_MISSING: f64 = 0.2;

/// What did not fit, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Faults {
    /// Items of no known form.
    pub malformed: usize,
    /// Answers to checks that were not asked, or a second time.
    pub unknown_checks: usize,
    /// Answers in other words than the rubric's.
    pub wrong_verdicts: usize,
    /// Checks without a usable answer.
    pub missing_checks: usize,
    /// Quotes of lines that do not exist. They stay among the claims and are dropped by verification.
    pub wrong_lines: usize,
}

impl Faults {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        *self == Faults::default()
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            (self.malformed, "item in no known form", "items in no known form"),
            (self.unknown_checks, "answer to no check that was asked", "answers to no check that was asked"),
            (self.wrong_verdicts, "verdict in other words", "verdicts in other words"),
            (self.missing_checks, "check left out", "checks left out"),
            (self.wrong_lines, "quote of a line that does not exist", "quotes of lines that do not exist"),
        ];
        let told = parts.into_iter().filter(|(n, ..)| *n > 0);
        let told: Vec<String> = told.map(|(n, one, many)| format!("{n} {}", if n == 1 { one } else { many })).collect();
        f.write_str(&told.join(", "))
    }
}

/// What a reply says, and what of it did not fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What can be verified.
    pub claims: Claims,
    /// What cannot.
    pub faults: Faults,
}

#[derive(Deserialize)]
struct Reply {
    checks: Vec<Value>,
    #[serde(default)]
    objections: Vec<Value>,
}

#[derive(Deserialize)]
struct CheckItem {
    check: String,
    #[serde(default)]
    evidence: Vec<Value>,
    #[serde(default)]
    chance: Vec<Value>,
    #[serde(default)]
    note: Option<String>,
    verdict: String,
}

#[derive(Deserialize)]
struct ObjectionItem {
    raised: QuoteItem,
    #[serde(default)]
    repeats: Vec<Value>,
    #[serde(default)]
    response: Vec<Value>,
    #[serde(rename = "type")]
    kind: String,
    status: String,
    #[serde(default)]
    severity: u8,
    #[serde(default)]
    implicit: bool,
    #[serde(default)]
    parked_until: Option<String>,
}

#[derive(Deserialize)]
struct QuoteItem {
    line: u32,
    quote: String,
}

/// Reads a reply to these checks about a transcript of `lines` lines.
///
/// # Errors
/// When it is not usable, with the reason in a few words that hold nothing of the reply: no JSON object, no list of
/// checks, or more than a fifth of the checks left out.
pub fn read(text: &str, asked: &[&str], lines: usize) -> Result<Reading, String> {
    let object = object_in(text).ok_or("it holds no JSON object")?;
    let reply: Reply = serde_json::from_str(object)
        .map_err(|error| format!("it is not JSON of the form asked for ({})", kind(&error)))?;
    let mut reader = Reader { lines, faults: Faults::default() };
    let mut open: HashSet<&str> = asked.iter().copied().collect();
    let mut checks = Vec::new();
    for item in reply.checks {
        let Some(item) = reader.item::<CheckItem>(item) else { continue };

        let Some(verdict) = verdict(&item.verdict) else {
            reader.faults.wrong_verdicts += 1;
            continue;
        };
        if !open.remove(item.check.as_str()) {
            reader.faults.unknown_checks += 1;
            continue;
        }
        checks.push(CheckClaim {
            check: item.check,
            verdict,
            quotes: reader.quotes(item.evidence),
            chance: reader.quotes(item.chance).into_iter().next(),
            // Where nothing was judged there is nothing to explain.
            note: item
                .note
                .as_deref()
                .and_then(note)
                .filter(|_| !matches!(verdict, Verdict::NotApplicable | Verdict::Unanswered)),
        });
    }
    reader.faults.missing_checks = open.len();
    if open.len() as f64 > MAX_MISSING * asked.len() as f64 {
        return Err(format!("{} of {} checks have no usable answer", open.len(), asked.len()));
    }
    let objections = reply.objections.into_iter().filter_map(|item| reader.objection(item)).collect();
    Ok(Reading { claims: Claims { checks, objections }, faults: reader.faults })
}

struct Reader {
    lines: usize,
    faults: Faults,
}

impl Reader {
    fn item<T: DeserializeOwned>(&mut self, value: Value) -> Option<T> {
        let item = serde_json::from_value(value).ok();
        self.faults.malformed += usize::from(item.is_none());
        item
    }

    fn quotes(&mut self, items: Vec<Value>) -> Vec<Quote> {
        let items: Vec<QuoteItem> = items.into_iter().filter_map(|item| self.item(item)).collect();
        items.into_iter().map(|item| self.quote(item)).collect()
    }

    fn quote(&mut self, item: QuoteItem) -> Quote {
        let exists = usize::try_from(item.line).is_ok_and(|line| (1..=self.lines).contains(&line));
        self.faults.wrong_lines += usize::from(!exists);
        Quote { line: item.line, quote: item.quote }
    }

    fn objection(&mut self, value: Value) -> Option<ObjectionClaim> {
        let item: ObjectionItem = self.item(value)?;
        let (Some(kind), Some(status)) = (named(&item.kind), named(&item.status)) else {
            self.faults.malformed += 1;
            return None;
        };
        let (kind, status): (ObjectionType, ObjectionStatus) = (kind, status);
        Some(ObjectionClaim {
            kind,
            status,
            severity: item.severity,
            implicit: item.implicit,
            raised: self.quote(item.raised),
            repeats: self.quotes(item.repeats),
            response: self.quotes(item.response).into_iter().next(),
            parked_until: item.parked_until.as_deref().and_then(note).filter(|_| status == ObjectionStatus::Parked),
        })
    }
}

/// The JSON object in a text that may have prose or a code fence around it.
fn object_in(text: &str) -> Option<&str> {
    text.get(text.find('{')?..=text.rfind('}')?)
}

/// What is wrong with JSON, without its words.
fn kind(error: &serde_json::Error) -> &'static str {
    match error.classify() {
        serde_json::error::Category::Eof => "it ends in the middle",
        serde_json::error::Category::Syntax => "it has a syntax error",
        serde_json::error::Category::Data | serde_json::error::Category::Io => "a part is missing or of another kind",
    }
}

/// Letter case is not guaranteed.
fn verdict(word: &str) -> Option<Verdict> {
    // Only verification calls a claim unverified.
    named(word).filter(|verdict| *verdict != Verdict::Unverified)
}

fn named<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(Value::String(word.trim().to_lowercase().replace([' ', '-'], "_"))).ok()
}

/// A sentence in one line; `None` for an empty one.
fn note(text: &str) -> Option<String> {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect();
    let note = words.join(" ");
    let end = note.char_indices().nth(MAX_NOTE).map_or(note.len(), |(at, _)| at);
    note.get(..end).filter(|note| !note.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    const ASKED: [&str; 6] = ["one", "two", "three", "four", "five", "six"];

    fn item(check: &str, verdict: &str) -> Value {
        json!({"check": check, "evidence": [{"line": 2, "quote": "some words here"}], "chance": [], "note": "", "verdict": verdict})
    }

    fn reply(checks: Vec<Value>, objections: Vec<Value>) -> String {
        json!({"checks": checks, "objections": objections}).to_string()
    }

    fn whole() -> Vec<Value> {
        ASKED.iter().map(|check| item(check, "yes")).collect()
    }

    #[test]
    fn a_whole_reply_is_read_with_or_without_words_around_it() {
        let text = reply(whole(), vec![]);
        for text in [text.clone(), format!("Here it is:\n```json\n{text}\n```\nAnything else?")] {
            let reading = read(&text, &ASKED, 9).expect("good");
            assert_eq!((reading.claims.checks.len(), reading.faults.is_empty()), (6, true));
            assert_eq!(reading.claims.checks[0].quotes[0].line, 2);
            assert_eq!(reading.claims.checks[0].note, None);
        }
    }

    #[test]
    fn what_does_not_fit_is_counted_and_left_out() {
        let mut checks = whole();
        checks[0] = item("one", "Maybe");
        checks[1]["verdict"] = json!("NOT APPLICABLE");
        checks[2]["evidence"] = json!([{"line": 0, "quote": "x"}, {"line": 10, "quote": "y"}, {"line": "z"}]);
        checks.extend([item("charm", "yes"), item("six", "no"), item("five", "unverified"), json!(7)]);
        let reading = read(&reply(checks, vec![]), &ASKED, 9).expect("good enough");
        let faults = Faults { malformed: 2, unknown_checks: 2, wrong_verdicts: 2, missing_checks: 1, wrong_lines: 2 };
        assert_eq!(reading.faults, faults);
        assert_eq!(reading.claims.checks[0].verdict, Verdict::NotApplicable);
        assert_eq!(reading.claims.checks.last().map(|claim| claim.verdict), Some(Verdict::Yes));
        assert!(faults.to_string().starts_with("2 items in no known form, 2 answers"), "{faults}");
    }

    #[test]
    fn too_little_is_no_reply() {
        let mut checks = whole();
        checks.truncate(4);
        assert_eq!(read(&reply(checks, vec![]), &ASKED, 9), Err("2 of 6 checks have no usable answer".to_owned()));
        for (text, expected) in [
            ("I cannot do that.", "no JSON object"),
            ("{\"checks\": [", "no JSON object"),
            ("{\"checks\": [}", "syntax error"),
            ("{\"answers\": []}", "a part is missing"),
            ("{\"checks\": {}}", "a part is missing"),
        ] {
            let error = read(text, &ASKED, 9).expect_err(text);
            assert!(error.contains(expected), "{text}: {error}");
        }
    }

    #[test]
    fn objections_are_read_and_a_date_belongs_to_a_parked_one() {
        let quote = json!({"line": 3, "quote": "too expensive"});
        let objection = |status: &str, kind: &str| {
            json!({"raised": quote, "repeats": [quote], "response": [quote, quote], "type": kind, "status": status,
                   "severity": 2, "implicit": false, "parked_until": " by\nFriday "})
        };
        let items =
            vec![objection("Parked", "pricing"), objection("missed", "Technical_Fit"), objection("won", "need")];
        let reading = read(&reply(whole(), items), &ASKED, 9).expect("good");
        let [parked, missed] = reading.claims.objections.as_slice() else { panic!("{reading:?}") };
        assert_eq!(parked.parked_until.as_deref(), Some("by Friday"));
        assert_eq!((missed.kind, missed.parked_until.as_deref()), (ObjectionType::TechnicalFit, None));
        assert_eq!(reading.faults.malformed, 1);
    }

    proptest! {
        #[test]
        fn no_reply_makes_the_reader_panic(text in any::<String>(), note_text in any::<String>()) {
            let _ = read(&text, &ASKED, 9);
            let _ = read(&format!("{{{text}}}"), &ASKED, 9);
            prop_assert!(note(&note_text).is_none_or(|note| note.chars().count() <= MAX_NOTE));
        }
    }
}
