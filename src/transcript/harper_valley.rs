//! The Harper Valley bank calls: practice calls with the agent and the caller on separate lines.
//! <https://github.com/cricketclub/gridspace-stanford-harper-valley>

use serde::Deserialize;

use crate::model::party::{Side, SideSource};

use super::draft::Draft;
use super::wire::{Piece, Time, pieces};

#[derive(Deserialize, Default)]
#[serde(default)]
struct Turn {
    #[serde(deserialize_with = "super::wire::label")]
    speaker_role: Option<String>,
    start_ms: Time,
    duration_ms: Time,
    human_transcript: Option<String>,
}

impl From<Turn> for Piece {
    fn from(turn: Turn) -> Self {
        let start_ms = turn.start_ms.millis();
        let text = turn.human_transcript.unwrap_or_default();
        // `[noise]` and the like: nothing was said.
        let is_sound = text.starts_with('[') && text.find(']') == text.len().checked_sub(1);
        Piece {
            speaker: turn.speaker_role,
            start_ms,
            end_ms: start_ms.zip(turn.duration_ms.millis()).map(|(start, length)| start + length),
            text: if is_sound { String::new() } else { text },
            ..Piece::default()
        }
    }
}

pub(super) fn read(content: &str) -> serde_json::Result<Draft> {
    let turns = pieces::<_, Turn>(&mut serde_json::Deserializer::from_str(content))?;
    let mut draft = Draft::default();
    draft.say_pieces(turns);
    draft.sort_by_start();
    for party in &mut draft.call.parties {
        party.side = match party.speaker_key.as_deref() {
            Some("agent") => Side::Rep,
            Some("caller") => Side::Buyer,
            _ => continue,
        };
        party.side_source = Some(SideSource::File);
    }
    Ok(draft)
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::tests::{line, refused, said};
    use super::*;

    #[test]
    fn turns_have_roles_which_are_sides() {
        let file = r#"[{"speaker_role":"agent","start_ms":10,"duration_ms":20,"human_transcript":"hello","transcript":"yellow"},
            {"speaker_role":"caller","start_ms":50,"duration_ms":5,"human_transcript":"hi"},
            {"speaker_role":"caller","start_ms":60,"duration_ms":5,"human_transcript":"[noise]"}]"#;
        assert_eq!(said(Format::HarperValley, file), [line("agent", 10, 30, "hello"), line("caller", 50, 55, "hi")]);
        assert_eq!(
            read(file).unwrap().call.parties.iter().map(|p| p.side).collect::<Vec<_>>(),
            [Side::Rep, Side::Buyer]
        );
        assert!(refused(r#"[{"human_transcript":"hello"}]"#).contains("`speaker_role`"));
    }
}
