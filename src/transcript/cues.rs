//! WebVTT and SubRip: blocks of a time range and the words below it.
//!
//! WebVTT: <https://www.w3.org/TR/webvtt1/>. Zoom puts `Name: text` into the cue, Teams `<v Name>text</v>` or, from
//! its `metadataContent` endpoint, one JSON object.

use serde::Deserialize;

use super::clean::{excerpt, strip_markup};
use super::clock::cue_time;
use super::draft::Draft;
use super::label::{Labels, split_label};
use super::{Format, Located, Problem};

const ARROW: &str = "-->";

/// A time range and where its words stand.
struct Cue {
    start_ms: i64,
    end_ms: i64,
    text: String,
}

/// A Teams cue of the `metadataContent` endpoint.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TeamsCue {
    #[serde(default)]
    speaker_name: Option<String>,
    spoken_text: String,
}

/// Whether the lines are cues, and of which format.
pub(super) fn detect(lines: &[&str]) -> Option<Format> {
    let mut filled = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
    let first = filled.next()?;
    if first == "WEBVTT" || first.starts_with("WEBVTT ") || first.starts_with("WEBVTT\t") {
        return Some(Format::WebVtt);
    }
    // A cue's number may be missing, and its time may be broken: that is said with its line later.
    let second = filled.next().unwrap_or_default();
    let numbered = first.bytes().all(|byte| byte.is_ascii_digit()) && second.contains(ARROW);
    (numbered || (first.contains(ARROW) && first.starts_with(|mark: char| mark.is_ascii_digit())))
        .then_some(Format::Srt)
}

/// Reads the cues.
///
/// # Errors
///
/// [`Problem::CueTime`] with the line of a time range that cannot be read.
pub(super) fn read(lines: &[&str]) -> Result<Draft, Located> {
    let cues = cues(lines)?;
    let mut labels = Labels::default();
    for cue in &cues {
        if let Some((label, _)) = split_label(&cue.text) {
            labels.count(label);
        }
    }
    let mut draft = Draft::default();
    let mut carried = None;
    for cue in &cues {
        let times = (Some(cue.start_ms), Some(cue.end_ms.max(cue.start_ms)));
        if let Some(teams) = teams_cue(&cue.text) {
            let party = draft.party(teams.speaker_name.as_deref().unwrap_or_default());
            draft.say(party, times, &teams.spoken_text);
        } else if cue.text.contains("<v") {
            for (name, text) in voices(&cue.text) {
                let party = name.and_then(|name| draft.party(&strip_markup(name)));
                draft.say(party, times, &strip_markup(text));
                // Podcasts name the voice where it changes only.
                carried = party;
            }
        } else {
            let text = match split_label(&cue.text).filter(|(label, _)| labels.is_speaker(label)) {
                Some((label, text)) => {
                    carried = draft.party(&strip_markup(label));
                    text
                }
                None => &cue.text,
            };
            draft.say(carried, times, &strip_markup(text));
        }
    }
    draft.sort_by_start();
    Ok(draft)
}

/// The cues in the order of the file.
fn cues(lines: &[&str]) -> Result<Vec<Cue>, Located> {
    let is_time = |n: usize| lines.get(n).is_some_and(|line| line.contains(ARROW));
    let closes_voices = lines.iter().any(|line| line.contains("</v>"));
    let mut cues = Vec::new();
    let mut n = 0;
    while let Some(line) = lines.get(n) {
        n += 1;
        if is_comment(line) {
            while lines.get(n).is_some_and(|line| !line.trim().is_empty()) {
                n += 1;
            }
            continue;
        }
        let Some((start, end)) = line.split_once(ARROW) else { continue };
        let times = (cue_time(start.trim()), end.split_whitespace().next().and_then(cue_time));
        let (Some(start_ms), Some(end_ms)) = times else {
            return Err((Some(n), Problem::CueTime { found: excerpt(line.trim()) }));
        };
        let mut text = String::new();
        let mut open = false;
        while let Some(line) = lines.get(n).filter(|_| !is_time(n)) {
            let line = line.trim();
            // Teams breaks a long utterance by an empty line inside its `<v>`.
            let ends = line.is_empty() && !(closes_voices && open);
            let is_id = is_time(n + 1) && lines.get(n - 1).is_some_and(|before| before.trim().is_empty());
            if ends || is_id {
                break;
            }
            if !text.is_empty() && !line.is_empty() {
                text.push(' ');
            }
            text.push_str(line);
            open = (open || line.starts_with("<v")) && !line.contains("</v>");
            n += 1;
        }
        cues.push(Cue { start_ms, end_ms, text });
    }
    Ok(cues)
}

/// WebVTT's blocks that are not cues.
fn is_comment(line: &str) -> bool {
    ["NOTE", "STYLE", "REGION"].iter().any(|word| {
        line.strip_prefix(word).is_some_and(|rest| rest.trim().is_empty() || rest.starts_with([' ', '\t']))
            && !line.contains(ARROW)
    })
}

fn teams_cue(text: &str) -> Option<TeamsCue> {
    text.starts_with('{').then(|| serde_json::from_str(text).ok())?
}

/// The voices of a cue: `<v Name>text</v>`, several of them, and text outside any.
fn voices(text: &str) -> impl Iterator<Item = (Option<&str>, &str)> {
    let mut pieces = text.split("<v");
    let before = pieces.next().map(|text| (None, text));
    before.into_iter().chain(pieces.map(|piece| match piece.split_once('>') {
        // `<v.loud Name>`: the class says how, not who.
        Some((tag, text)) if tag.starts_with('.') => (tag.split_once(' ').map(|(_, name)| name), text),
        Some((tag, text)) => (Some(tag), text),
        None => (None, piece),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(file: &str) -> Vec<(Option<String>, i64, i64, String)> {
        let lines: Vec<&str> = file.lines().collect();
        let format = detect(&lines).unwrap();
        let recording = read(&lines).map_err(|(_, problem)| problem).and_then(|draft| draft.finish(0, format)).unwrap();
        let parties = &recording.call.parties;
        let lines = recording.transcript.lines.iter();
        lines
            .flat_map(|line| {
                line.utterances.iter().map(|u| {
                    let name = line.party.and_then(|n| parties[n].name.clone());
                    (name, u.start_ms.unwrap(), u.end_ms.unwrap(), line.text[u.from..u.to].to_owned())
                })
            })
            .collect()
    }

    fn utterance(name: &str, start_ms: i64, end_ms: i64, text: &str) -> (Option<String>, i64, i64, String) {
        (Some(name.to_owned()), start_ms, end_ms, text.to_owned())
    }

    #[test]
    fn zoom_names_carry_over_to_cues_without_one() {
        let file = "WEBVTT\n\nNOTE made by\nhand\n\n1\n00:00:01.000 --> 00:00:02.000 align:start\nAnn Lee: One\nand\n\n2\n00:00:02.000 --> 00:00:03.000\nhere's the thing: two\n\n3\n00:03.000 --> 00:04.000\nBob: three";
        assert_eq!(
            said(file),
            [
                utterance("Ann Lee", 1000, 2000, "One and"),
                utterance("Ann Lee", 2000, 3000, "here's the thing: two"),
                utterance("Bob", 3000, 4000, "three"),
            ]
        );
    }

    #[test]
    fn teams_voices_are_sorted_joined_and_moved_behind_zero() {
        let file = "WEBVTT\n\nguid/1-0\n0:0:1.0 --> 0:0:5.320\n<v Lee, Ann (Guest)>One\n\ntwo &amp; <b>three</b></v>\n\nguid/2-0\n-0:0:1.0 --> 0:0:0.0\n<v Bob>Hi.</v>";
        assert_eq!(
            said(file),
            [utterance("Bob", 0, 1000, "Hi."), utterance("Lee, Ann (Guest)", 2000, 6320, "One two & three")]
        );
    }

    #[test]
    fn podcasts_name_the_voice_where_it_changes_and_cues_may_overlap() {
        let file = "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ann>One\n\n00:03.000 --> 00:06.000\nand two\n\n00:05.000 --> 00:07.000\n<v Bob>Three\n\n00:02.000 --> 00:02.500\n<v Unknown Speaker>Hm\n\n1:00:00.000 --> 1:00:01.000\n<v Cy.D>Four";
        assert_eq!(
            said(file),
            [
                utterance("Ann", 1000, 4000, "One"),
                (None, 2000, 2500, "Hm".to_owned()),
                utterance("Ann", 3000, 6000, "and two"),
                utterance("Bob", 5000, 7000, "Three"),
                utterance("Cy.D", 3_600_000, 3_601_000, "Four"),
            ]
        );
    }

    #[test]
    fn teams_metadata_is_read() {
        let file = "WEBVTT\n\n00:16.246 --> 00:17.726\n{\"speakerName\":\"Ann\",\"spokenText\":\"A test.\"}";
        assert_eq!(said(file), [utterance("Ann", 16_246, 17_726, "A test.")]);
    }

    #[test]
    fn srt_is_read() {
        let file = "1\n00:00:01,000 --> 00:00:02,000\nAnn: One\n\n2\n00:00:02,500 --> 00:00:03,000\nBob: Two";
        assert_eq!(said(file), [utterance("Ann", 1000, 2000, "One"), utterance("Bob", 2500, 3000, "Two")]);
    }

    #[test]
    fn a_broken_time_is_named_with_its_line() {
        let lines = ["WEBVTT", "", "00:00:x --> 00:00:02.000\u{1b}[2J", "A: b"];
        let found = "00:00:x --> 00:00:02.000".to_owned();
        assert_eq!(read(&lines).err(), Some((Some(3), Problem::CueTime { found })));
    }
}
