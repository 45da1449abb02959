//! Reading and validating the file of one dimension.

use std::collections::HashSet;

use serde::Deserialize;
use toml::Spanned;

use super::error::Findings;
use super::{Check, CheckKind, Criterion, Proof, Rubric, RubricError};
use crate::model::call::CallType;
use crate::speech;

/// A verdict phrase longer than this makes the verdict line unreadable.
const PHRASE_MAX_CHARS: usize = 50;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DimensionFile {
    schema: Spanned<u32>,
    id: Spanned<String>,
    title: Spanned<String>,
    version: Spanned<String>,
    coverage_floor: Spanned<f64>,
    requires: Option<Spanned<String>>,
    #[serde(default)]
    collects: Vec<Spanned<String>>,
    #[serde(default)]
    criterion: Vec<Spanned<CriterionTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CriterionTable {
    id: Spanned<String>,
    title: Spanned<String>,
    weight: Spanned<f64>,
    excellent: Spanned<String>,
    poor: Spanned<String>,
    won: Spanned<String>,
    lost: Spanned<String>,
    #[serde(default)]
    check: Vec<Spanned<CheckTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CheckTable {
    id: Spanned<String>,
    ask: Spanned<String>,
    proof: Option<Spanned<Proof>>,
    measure: Option<Spanned<String>>,
    signal: Option<Spanned<String>>,
    needs: Option<Spanned<String>>,
    #[serde(default)]
    call_types: Vec<Spanned<CallType>>,
    advice: Spanned<String>,
    praise: Option<Spanned<String>>,
}

/// Reads one dimension's file. Every mistake is reported, not only the first.
pub(super) fn parse(file: &str, text: &str) -> Result<Rubric, Vec<RubricError>> {
    let mut findings = Findings::new(file, text);
    let table: DimensionFile = match toml::from_str(text) {
        Ok(table) => table,
        Err(error) => {
            findings.add_toml(&error);
            return findings.or(None);
        }
    };
    let rubric = Validator { findings: &mut findings, ids: HashSet::new() }.dimension(table);
    findings.or(Some(rubric))
}

struct Validator<'a, 'b> {
    findings: &'a mut Findings<'b>,
    ids: HashSet<String>,
}

impl Validator<'_, '_> {
    fn dimension(&mut self, table: DimensionFile) -> Rubric {
        if *table.schema.get_ref() != 1 {
            self.findings.add(table.schema.span().start, "`schema` must be 1: this program knows no other");
        }
        if !(0.0..=1.0).contains(table.coverage_floor.get_ref()) {
            self.findings.add(table.coverage_floor.span().start, "`coverage_floor` must lie between 0 and 1");
        }
        let requires_objection = match &table.requires {
            None => false,
            Some(requires) => match requires.get_ref().as_str() {
                "" => false,
                "objection" => true,
                other => {
                    self.findings
                        .add(requires.span().start, format!("unknown `requires = \"{other}\"`: only \"objection\""));
                    false
                }
            },
        };
        for collects in table.collects.iter().filter(|collects| collects.get_ref() != "objections") {
            let reason = format!("unknown `collects` entry `{}`: only \"objections\"", collects.get_ref());
            self.findings.add(collects.span().start, reason);
        }
        let end_of_id = table.id.span().start;
        let weights: f64 = table.criterion.iter().map(|criterion| criterion.get_ref().weight.get_ref()).sum();
        if table.criterion.is_empty() {
            self.findings.add(end_of_id, "a dimension needs at least one [[criterion]]");
        } else if (weights - 100.0).abs() > 1e-6 {
            self.findings.add(end_of_id, format!("the weights of the criteria sum to {weights}; they must sum to 100"));
        }
        let id = self.id(table.id);
        Rubric {
            title: self.text("title", table.title),
            version: self.text("version", table.version),
            coverage_floor: table.coverage_floor.into_inner(),
            requires_objection,
            collects_objections: !table.collects.is_empty(),
            criteria: table.criterion.into_iter().map(|criterion| self.criterion(criterion)).collect(),
            id,
        }
    }

    fn criterion(&mut self, table: Spanned<CriterionTable>) -> Criterion {
        let start = table.span().start;
        let table = table.into_inner();
        if *table.weight.get_ref() <= 0.0 {
            self.findings.add(table.weight.span().start, "`weight` must be above 0");
        }
        if table.check.is_empty() {
            self.findings.add(start, "a criterion needs at least one [[criterion.check]]");
        }
        Criterion {
            id: self.id(table.id),
            title: self.text("title", table.title),
            weight: table.weight.into_inner(),
            excellent: self.text("excellent", table.excellent),
            poor: self.text("poor", table.poor),
            won: self.phrase("won", table.won),
            lost: self.phrase("lost", table.lost),
            checks: table.check.into_iter().map(|check| self.check(check)).collect(),
        }
    }

    fn check(&mut self, table: Spanned<CheckTable>) -> Check {
        let start = table.span().start;
        let table = table.into_inner();
        let kind = match (table.proof, table.measure) {
            (Some(proof), None) => {
                CheckKind::Judged { proof: proof.into_inner(), signal: table.signal.map(|signal| self.signal(signal)) }
            }
            (None, Some(metric)) => {
                if let Some(signal) = table.signal {
                    self.findings.add(signal.span().start, "a measured check has no `signal`");
                }
                CheckKind::Measured { metric: self.metric(metric) }
            }
            _ => {
                self.findings.add(start, "a check has either `proof` (rep, buyer, either) or `measure` (a metric)");
                CheckKind::Judged { proof: Proof::Either, signal: None }
            }
        };
        if let Some(needs) = table.needs.as_ref().filter(|needs| needs.get_ref() != "facts") {
            self.findings.add(needs.span().start, format!("unknown `needs = \"{}\"`: only \"facts\"", needs.get_ref()));
        }
        Check {
            id: self.id(table.id),
            needs_facts: table.needs.is_some(),
            ask: self.text("ask", table.ask),
            kind,
            call_types: table.call_types.into_iter().map(Spanned::into_inner).collect(),
            advice: self.text("advice", table.advice),
            praise: table.praise.map(|praise| self.text("praise", praise)),
        }
    }

    fn signal(&mut self, signal: Spanned<String>) -> String {
        if speech::signals::find(signal.get_ref()).is_none() {
            let known = speech::signals::names().collect::<Vec<_>>().join(", ");
            let reason = format!("unknown signal `{}`; known are {known}", signal.get_ref());
            self.findings.add(signal.span().start, reason);
        }
        signal.into_inner()
    }

    fn metric(&mut self, metric: Spanned<String>) -> String {
        if !speech::metrics::METRICS.contains(&metric.get_ref().as_str()) {
            let known = speech::metrics::METRICS.join(", ");
            let reason = format!("unknown metric `{}`; known are {known}", metric.get_ref());
            self.findings.add(metric.span().start, reason);
        }
        metric.into_inner()
    }

    /// Ids become flags, JSON values and database keys; each stands once in a file.
    fn id(&mut self, id: Spanned<String>) -> String {
        let fits = |id: &str| {
            id.starts_with(|c: char| c.is_ascii_lowercase())
                && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        };
        if !fits(id.get_ref()) {
            let reason = format!("`{}` is no id: use lower-case letters, digits and `_`", id.get_ref());
            self.findings.add(id.span().start, reason);
        }
        if !self.ids.insert(id.get_ref().clone()) {
            self.findings.add(id.span().start, format!("the id `{}` is used twice", id.get_ref()));
        }
        id.into_inner()
    }

    fn text(&mut self, key: &str, text: Spanned<String>) -> String {
        if text.get_ref().trim().is_empty() {
            self.findings.add(text.span().start, format!("`{key}` is empty"));
        }
        text.into_inner()
    }

    fn phrase(&mut self, key: &str, phrase: Spanned<String>) -> String {
        let chars = phrase.get_ref().chars().count();
        if chars > PHRASE_MAX_CHARS {
            let reason = format!("`{key}` has {chars} characters; at most {PHRASE_MAX_CHARS} fit the verdict line");
            self.findings.add(phrase.span().start, reason);
        }
        self.text(key, phrase)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
schema = 1
id = "wins"
title = "Wins"
version = "1"
coverage_floor = 0.5

[[criterion]]
id = "first"
title = "First"
weight = 100
excellent = "Good."
poor = "Bad."
won = "it went well"
lost = "it went badly"

  [[criterion.check]]
  id = "asked"
  ask = "Did the rep ask?"
  proof = "rep"
  call_types = ["demo"]
  advice = "Ask."
"#;

    /// Line and reason of each mistake after replacing one piece of a good file.
    fn mistakes(from: &str, to: &str) -> Vec<(usize, String)> {
        assert!(GOOD.contains(from), "{from}");
        let errors = parse("wins.toml", &GOOD.replace(from, to)).expect_err("a mistake");
        errors.into_iter().map(|error| (error.line, error.reason)).collect()
    }

    #[test]
    fn a_good_file_is_read() {
        let rubric = parse("wins.toml", GOOD).expect("good");
        assert_eq!(rubric.id, "wins");
        let check = rubric.checks().next().expect("one check");
        assert!(check.applies_to(Some(CallType::Demo)));
        assert!(!check.applies_to(Some(CallType::Renewal)));
        assert!(check.applies_to(None));
    }

    #[test]
    fn mistakes_are_named_with_their_line() {
        for (from, to, line, reason) in [
            ("weight = 100", "weight = 90", 3, "sum to 90"),
            ("id = \"asked\"", "id = \"first\"", 18, "used twice"),
            ("id = \"asked\"", "id = \"Asked it\"", 18, "no id"),
            ("advice = \"Ask.\"", "advice = \" \"", 22, "`advice` is empty"),
            ("proof = \"rep\"", "proof = \"rep\"\nsignal = \"mind_reading\"", 21, "unknown signal"),
            ("proof = \"rep\"", "measure = \"charm\"", 20, "unknown metric"),
            ("proof = \"rep\"", "", 17, "either `proof`"),
            ("\"demo\"", "\"chat\"", 21, "unknown variant"),
            ("advice = \"Ask.\"", "advise = \"Ask.\"", 22, "unknown field `advise`"),
            ("schema = 1", "schema = 2", 2, "must be 1"),
            ("proof = \"rep\"", "proof = \"rep\"\nneeds = \"luck\"", 21, "only \"facts\""),
            (
                "won = \"it went well\"",
                "won = \"it went so well that nobody could believe their own ears\"",
                14,
                "51|characters",
            ),
        ] {
            let found = mistakes(from, to);
            assert!(
                found.iter().any(|(at, why)| *at == line && reason.split('|').any(|part| why.contains(part))),
                "{from} -> {to}: {found:?}"
            );
        }
    }

    #[test]
    fn all_mistakes_of_a_file_are_reported_together() {
        let text = GOOD.replace("weight = 100", "weight = 90").replace("\"Ask.\"", "\"\"");
        assert_eq!(parse("wins.toml", &text).expect_err("two mistakes").len(), 2);
    }
}
