//! From Gong's facts and words to the model.

use std::collections::HashMap;

use super::wire::{CallFacts, CallWords, GongParty};
use crate::model::call::Call;
use crate::model::gong::{GongFindings, GongTopic, GongTracker};
use crate::model::party::{Party, Side, SideSource};
use crate::model::transcript::Transcript;
use crate::transcript::clean::{clean, clean_name};
use crate::transcript::draft::{Draft, MAX_PARTIES, is_machine};
use crate::transcript::{Format, naming};

/// The name of the figure that says how much the host talked.
const TALK_RATIO: &str = "talk ratio";

/// The call without its words. Recorders that joined it as participants are left out.
pub fn call(facts: &CallFacts) -> Call {
    let meta = facts.meta_data.as_ref();
    let text = |text: Option<&String>| text.map(|text| clean(text)).filter(|text| !text.is_empty());
    let parties = facts.parties.iter().flatten().take(MAX_PARTIES).map(party);
    let mut call = Call {
        source: "gong".to_owned(),
        ext_id: facts.id().unwrap_or_default().to_owned(),
        title: text(meta.and_then(|meta| meta.title.as_ref())),
        started_at: facts.started_at(),
        duration_ms: meta.and_then(|meta| meta.duration).map(|s| (s * 1000.0) as i64).filter(|ms| *ms > 0),
        url: text(meta.and_then(|meta| meta.url.as_ref())),
        workspace_id: meta.and_then(|meta| meta.workspace_id.clone()),
        is_private: facts.is_private(),
        parties: parties.filter(|party| !party.name.as_deref().is_some_and(is_machine)).collect(),
        ..Call::default()
    };
    naming::complete(&mut call, None);
    call
}

/// Puts the words to a call whose people are known by their voices.
///
/// A voice that matches nobody on the list stays unattributed: its words are kept and count for no person. Without
/// any list everybody who speaks becomes "Speaker 1", "Speaker 2" …
pub fn with_words(call: Call, words: CallWords) -> (Call, Transcript) {
    let listed = !call.parties.is_empty();
    draft(call, words, listed).gather(Format::Gong)
}

/// What Gong itself says about the call.
pub fn findings(facts: &CallFacts) -> GongFindings {
    let name = |name: &Option<String>| name.as_deref().map(clean_name).filter(|name| !name.is_empty());
    let content = facts.content.as_ref();
    let topics = content.and_then(|content| content.topics.as_ref()).into_iter().flatten();
    let trackers = content.and_then(|content| content.trackers.as_ref()).into_iter().flatten();
    let stats = facts.interaction.as_ref().and_then(|interaction| interaction.interaction_stats.as_ref());
    let is_talk = |name: &Option<String>| name.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(TALK_RATIO));
    let host = facts.meta_data.as_ref().and_then(|meta| meta.primary_user_id.as_ref());
    let is_host = |party: &&GongParty| host.is_some() && party.user_id.as_ref() == host;
    GongFindings {
        brief: content.and_then(|content| content.brief.as_deref()).map(clean).filter(|brief| !brief.is_empty()),
        topics: topics
            .filter_map(|topic| Some(GongTopic { name: name(&topic.name)?, duration_s: topic.duration }))
            .filter(|topic| topic.duration_s != Some(0.0))
            .collect(),
        trackers: trackers
            .filter_map(|tracker| Some(GongTracker { name: name(&tracker.name)?, count: tracker.count? }))
            .filter(|tracker| tracker.count > 0)
            .collect(),
        talk_ratio: stats.into_iter().flatten().find(|stat| is_talk(&stat.name)).and_then(|stat| ratio(stat.value?)),
        host: facts.parties.iter().flatten().find(is_host).and_then(|party| party.speaker_id.clone()),
    }
}

/// Gong's documents do not say whether a share is written 0.56 or 56.
fn ratio(value: f64) -> Option<f64> {
    let ratio = if value > 1.0 { value / 100.0 } else { value };
    (0.0..=1.0).contains(&ratio).then_some(ratio)
}

/// The call with what was said, put in order of time.
pub(super) fn draft(call: Call, words: CallWords, listed: bool) -> Draft {
    let mut draft = Draft::new(call);
    let by_key: HashMap<String, usize> =
        (0..).zip(&draft.call.parties).filter_map(|(n, party)| Some((party.speaker_key.clone()?, n))).collect();
    for monologue in words.transcript {
        let key = monologue.speaker_id.filter(|key| !key.is_empty());
        let speaker = key.and_then(|key| if listed { by_key.get(&key).copied() } else { draft.numbered(&key) });
        for sentence in monologue.sentences {
            draft.say(speaker, (sentence.start, sentence.end), &sentence.text.unwrap_or_default());
        }
    }
    draft.sort_by_start();
    draft
}

fn party(party: &GongParty) -> Party {
    let text = |text: &Option<String>| text.as_deref().map(clean_name).filter(|text| !text.is_empty());
    let side = match party.affiliation.as_deref() {
        Some("Internal") => Side::Rep,
        Some("External") => Side::Buyer,
        _ => Side::Unknown,
    };
    Party {
        speaker_key: party.speaker_id.clone().filter(|key| !key.is_empty()),
        name: text(&party.name),
        email: text(&party.email_address),
        title: text(&party.title),
        side,
        side_source: (side != Side::Unknown).then_some(SideSource::Gong),
        spoke: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(json: serde_json::Value) -> CallFacts {
        serde_json::from_value(json).expect("facts")
    }

    #[test]
    fn a_recorder_is_nobody_and_its_words_are_nobodys() {
        let call = call(&facts(serde_json::json!({"metaData": {"id": "1"}, "parties": [
            {"speakerId": "7", "name": "Mara", "affiliation": "Internal"},
            {"speakerId": "8", "name": "Merged Audio", "affiliation": "External"},
            {"speakerId": null, "name": "Fathom Notetaker"},
        ]})));
        assert_eq!(call.parties.iter().map(Party::display_name).collect::<Vec<_>>(), ["Mara"]);
        let words = serde_json::json!({"callId": "1", "transcript": [
            {"speakerId": "8", "sentences": [{"start": 900, "end": 1000, "text": "Second."}]},
            {"speakerId": "7", "sentences": [{"start": 0, "end": 800, "text": "First."}]},
            {"speakerId": null, "sentences": [{"start": 2000, "end": 2100, "text": "Third."}, {"start": null}]},
        ]});
        let (call, transcript) = with_words(call, serde_json::from_value(words).expect("words"));
        assert_eq!(transcript.lines.iter().map(|line| line.party).collect::<Vec<_>>(), [Some(0), None]);
        assert!(call.parties[0].spoke);
    }

    #[test]
    fn findings_are_what_gong_found_and_no_more() {
        let found = findings(&facts(serde_json::json!({
            "metaData": {"id": "1", "primaryUserId": "u1"},
            "parties": [{"userId": "u2", "speakerId": "5"}, {"userId": "u1", "speakerId": "6"}],
            "content": {"brief": "They \u{1b}[31mmet.", "topics": [{"name": "Pricing", "duration": 60}, {"name": "Intro", "duration": 0}],
                "trackers": [{"name": "Budget", "count": 2}, {"name": "Competitors", "count": 0}]},
            "interaction": {"interactionStats": [{"name": "Patience", "value": 0.4}, {"name": "Talk Ratio", "value": 56.0}]},
        })));
        assert_eq!(found.brief.as_deref(), Some("They met."));
        assert_eq!(found.topics, [GongTopic { name: "Pricing".to_owned(), duration_s: Some(60.0) }]);
        assert_eq!(found.trackers, [GongTracker { name: "Budget".to_owned(), count: 2 }]);
        assert_eq!((found.talk_ratio, found.host.as_deref()), (Some(0.56), Some("6")));
        assert!(findings(&CallFacts::default()).is_empty());
        assert_eq!([ratio(0.56), ratio(1.0), ratio(140.0), ratio(-1.0)], [Some(0.56), Some(1.0), None, None]);
    }
}
