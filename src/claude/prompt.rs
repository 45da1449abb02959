//! What Claude is asked. Pure: the same call and questions give the same bytes on any day, and under these bytes the
//! answers are stored. So there is no date of today in it, no team median, and nothing that another version of a
//! detector would count differently.
//!
//! The words stand in `prompts/`; a change of any of them changes [`hash`] and the snapshot of a whole prompt.

use std::fmt::Write as _;

use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

use super::models::Model;
use super::shown::defuse;
use super::wire::{Format, MessageRequest, OutputConfig, TextBlock, Turn};
use crate::model::call::{Call, CallType};
use crate::model::party::{Party, Side};
use crate::model::transcript::{Transcript, hex};
use crate::rubric::{Check, CheckKind, Proof, Rubric};
use crate::speech::metrics::Metrics;

const SYSTEM: &str = include_str!("../../prompts/system.md");
const QUESTIONS: &str = include_str!("../../prompts/questions.md");
const FACTS: &str = include_str!("../../prompts/facts.md");
const OBJECTIONS: &str = include_str!("../../prompts/objections.md");
const NO_OBJECTIONS: &str = include_str!("../../prompts/no_objections.md");
const REPAIR: &str = include_str!("../../prompts/repair.md");
const SCHEMA: &str = include_str!("../../prompts/reply.schema.json");

/// SHA-256 over everything that Claude is told beside the call, the questions and the facts.
pub fn hash() -> String {
    let mut hasher = Sha256::new();
    for part in [SYSTEM, QUESTIONS, FACTS, OBJECTIONS, NO_OBJECTIONS, REPAIR, SCHEMA] {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hex(&hasher.finalize())
}

/// A call as Claude is to see it.
#[derive(Debug, Clone, Copy)]
pub struct ShownCall<'a> {
    /// The call, sides decided.
    pub call: &'a Call,
    /// Its words, as [`super::shown::shown`] gives them.
    pub transcript: &'a Transcript,
    /// Index of the coached person.
    pub rep: usize,
    /// What was measured.
    pub metrics: &'a Metrics,
    /// Length of the call in milliseconds, where known.
    pub duration_ms: Option<i64>,
}

impl ShownCall<'_> {
    /// The first block of every request about this call: facts, metrics and the numbered transcript.
    pub fn block(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = writeln!(text, "The call");
        if let Some(call_type) = self.call.call_type {
            let _ = writeln!(text, "- kind: {}", call_type.as_str().replace('_', " "));
        }
        if let Some(product) = &self.call.product {
            let _ = writeln!(text, "- product: {}", defuse(product));
        }
        if let Some(ms) = self.duration_ms {
            let _ = writeln!(text, "- length: {} min", (ms + 30_000) / 60_000);
        }
        for (n, party) in self.call.parties.iter().enumerate().filter(|(_, party)| party.spoke) {
            let title = party.title.as_deref().map(|title| format!(", {}", defuse(title))).unwrap_or_default();
            let _ = writeln!(text, "- {}: {}{title}", self.who(n, party), defuse(party.display_name()));
        }
        let measured = self.measured();
        if !measured.is_empty() {
            let _ = writeln!(text, "\nMeasured\n{}", measured.join("\n"));
        }
        let _ = writeln!(text, "\n<transcript>");
        for line in &self.transcript.lines {
            let party = line.party.and_then(|n| Some((n, self.call.parties.get(n)?)));
            let who = party.map_or("UNKNOWN", |(n, party)| self.who(n, party));
            let name = party.map_or_else(String::new, |(_, party)| format!(" {}", defuse(party.display_name())));
            let time = line.start_ms().map(clock).unwrap_or_default();
            let _ = writeln!(text, "[{} {time}{who}{name}] {}", line.n, line.text);
        }
        text.push_str("</transcript>");
        text
    }

    fn who(&self, n: usize, party: &Party) -> &'static str {
        match party.side {
            _ if n == self.rep => "REP",
            Side::Rep => "COLLEAGUE",
            Side::Buyer => "BUYER",
            Side::Unknown => "UNKNOWN",
        }
    }

    /// What follows from times and words alone. What detectors count is left out: a better detector must not cost
    /// a new answer.
    fn measured(&self) -> Vec<String> {
        let metrics = self.metrics;
        [
            metrics.rep_talk_share.map(|share| format!("- the rep's part of the talk: {:.0} %", share * 100.0)),
            metrics.longest_monologue_s.map(|s| format!("- the rep's longest stretch: {s:.0} s")),
            metrics.longest_buyer_story_s.map(|s| format!("- the buyer's longest stretch: {s:.0} s")),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Minutes and seconds, with hours where there are any, and a blank behind.
fn clock(ms: i64) -> String {
    let seconds = ms.max(0) / 1_000;
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02} ") } else { format!("{minutes:02}:{seconds:02} ") }
}

/// The checks of a dimension that somebody has to be asked about: judged, fit for this kind of call, and with facts
/// to judge by where they need some.
pub fn asked(rubric: &Rubric, call_type: Option<CallType>, has_facts: bool) -> impl Iterator<Item = (&Check, Proof)> {
    rubric.checks().filter_map(move |check| match check.kind {
        CheckKind::Judged { proof, .. } if check.applies_to(call_type) && (has_facts || !check.needs_facts) => {
            Some((check, proof))
        }
        _ => None,
    })
}

/// The second block: one dimension's checks, with the facts if one of them needs any.
pub fn questions(rubric: &Rubric, call_type: Option<CallType>, facts: Option<&str>) -> String {
    let asked: Vec<_> = asked(rubric, call_type, facts.is_some()).collect();
    let checks: Vec<String> =
        asked.iter().map(|(check, proof)| format!("- {} ({}): {}", check.id, proof.as_str(), check.ask)).collect();
    let mut text = QUESTIONS
        .replace("{{title}}", &rubric.title.to_lowercase())
        .replace("{{count}}", &asked.len().to_string())
        .replace("{{checks}}", &checks.join("\n"));
    if let Some(facts) = facts.filter(|_| asked.iter().any(|(check, _)| check.needs_facts)) {
        // What a person writes about a product has links and brackets in it; only the end of the fence is defused.
        text.push_str(&FACTS.replace("{{facts}}", &facts.replace("</facts", "(/facts")));
    }
    text.push_str(if rubric.collects_objections { OBJECTIONS } else { NO_OBJECTIONS });
    text
}

/// A request about one dimension. Everything before the questions is the same for all dimensions of a call, so that the
/// service has to read it only once.
///
/// # Errors
/// When the schema that comes with the program is no JSON.
pub fn request<'a>(
    model: &'a Model,
    call: &'a str,
    questions: &'a str,
    max_tokens: u32,
) -> Result<MessageRequest<'a>, serde_json::Error> {
    let schema: &'static RawValue = serde_json::from_str(SCHEMA)?;
    Ok(MessageRequest {
        model: &model.name,
        max_tokens: Some(max_tokens),
        stream: Some(true),
        system: vec![TextBlock::new(SYSTEM)],
        messages: vec![Turn::user(vec![TextBlock::cached(call), TextBlock::new(questions)])],
        output_config: OutputConfig { format: Format { kind: "json_schema", schema }, effort: model.effort.as_deref() },
    })
}

/// What to say about a reply that cannot be used.
pub fn repair(reason: &str) -> String {
    REPAIR.replace("{{reason}}", reason)
}

impl<'a> MessageRequest<'a> {
    /// How many characters the model has to read.
    pub fn chars(&self) -> usize {
        let blocks = self.system.iter().chain(self.messages.iter().flat_map(|turn| &turn.content));
        blocks.map(|block| block.text.chars().count()).sum()
    }

    /// The same request with the bad reply and what is wrong with it behind.
    #[must_use]
    pub fn repaired(mut self, reply: &'a str, complaint: &'a str) -> Self {
        // The service takes no empty text.
        let reply = if reply.trim().is_empty() { "{}" } else { reply };
        self.messages.extend([Turn::assistant(reply), Turn::user(vec![TextBlock::new(complaint)])]);
        self
    }
}
