//! Text for people: `Name: text` with or without times, markdown, Otter, Google Meet.
//!
//! These files time turns at most, so a turn's first sentence gets the start and nothing else is estimated.

use super::clock::text_time;
use super::draft::Draft;
use super::header::Header;
use super::label::{Labels, is_possible, split_label};
use super::{Format, Located, Problem, meet};

/// The first line of a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Turn<'a> {
    label: &'a str,
    start_ms: Option<i64>,
    text: &'a str,
    style: Style,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Colon,
    Bold,
    /// Name and time on a line of their own.
    Otter,
}

/// Reads the lines, and says which of the text formats they are in.
///
/// # Errors
///
/// [`Problem::UnknownFormat`] when nobody takes a turn, [`Problem::Chat`] for what was typed beside a call.
pub(super) fn read(lines: &[&str]) -> Result<(Draft, Format), Located> {
    if is_chat(lines) {
        return Err(Problem::Chat.into());
    }
    let mut labels = Labels::default();
    for turn in lines.iter().filter_map(|line| turn(line)) {
        labels.count(turn.label);
    }
    let begin = header_end(lines, &labels);
    let header = Header::read(lines.get(..begin).unwrap_or_default());
    let mut draft = Draft::new(header.call());
    let mut turns = 0;
    let mut format = Format::Plain;
    // Whose words follow: nobody's after a heading or a rule, so that notes below the talk are not speech.
    let mut speaking = None;
    let mut block_ms = None;
    let mut continued = false;
    for line in lines.get(begin..).unwrap_or_default() {
        let line = line.trim();
        if let Some(turn) = accepted_turn(&labels, line) {
            turns += 1;
            format = match turn.style {
                _ if format == Format::Otter => format,
                Style::Otter => Format::Otter,
                Style::Bold => Format::Markdown,
                Style::Colon => format,
            };
            let party = draft.party(&unescape(turn.label));
            draft.say_paragraph(party, turn.start_ms.or_else(|| block_ms.take()), &spoken(turn.text));
            speaking = Some((party, turn.start_ms.filter(|_| turn.text.is_empty())));
        } else if let Some(ms) = text_time(line) {
            block_ms = Some(ms);
        } else if let Some(ms) = meet::duration_ms(line) {
            draft.call.duration_ms = draft.call.duration_ms.or(Some(ms));
        } else if is_break(line) || turn(line).is_some_and(|turn| is_section(turn.label)) {
            speaking = None;
        } else if let Some((party, start_ms)) = speaking.as_mut().filter(|_| !line.is_empty() && !is_boilerplate(line))
        {
            continued = true;
            draft.say_paragraph(*party, start_ms.take(), &spoken(line));
        }
    }
    // A letter may hold a colon or two; in a conversation somebody speaks again, or every line is a turn.
    if turns == 0 || (format == Format::Plain && !labels.any_repeats() && continued) {
        return Err(Problem::UnknownFormat.into());
    }
    if meet::is_document(lines.get(..begin).unwrap_or_default()) {
        format = Format::GoogleMeet;
    }
    header.complete(&mut draft.call);
    Ok((draft, format))
}

/// Whether the lines are the chat that Zoom keeps beside its transcript: time, name and text with tabs between them.
fn is_chat(lines: &[&str]) -> bool {
    lines.first().is_some_and(|line| {
        let mut fields = line.splitn(3, '\t');
        fields.next().is_some_and(|time| text_time(time).is_some())
            && fields.next().is_some_and(|name| name.trim_end().ends_with(':'))
            && fields.next().is_some()
    })
}

/// Index of the first line that is not header: behind the first rule when none of the labels above it comes back
/// below it, else the first turn.
fn header_end(lines: &[&str], labels: &Labels) -> usize {
    let first_turn = lines.iter().position(|line| accepted_turn(labels, line).is_some()).unwrap_or(lines.len());
    let Some(rule) = lines.iter().position(|line| is_rule(line.trim())) else { return first_turn };
    let above = lines.get(..rule).unwrap_or_default();
    let only_above =
        above.iter().filter_map(|line| accepted_turn(labels, line)).all(|turn| labels.occurrences(turn.label) == 1);
    let talk_below = lines.get(rule..).unwrap_or_default().iter().any(|line| accepted_turn(labels, line).is_some());
    if only_above && talk_below { rule } else { first_turn }
}

/// The turn that begins on this line, if its label names a speaker.
fn accepted_turn<'a>(labels: &Labels<'_>, line: &'a str) -> Option<Turn<'a>> {
    turn(line).filter(|turn| {
        let section = labels.occurrences(turn.label) == 1 && is_section(turn.label);
        !section && (turn.style == Style::Bold || labels.is_speaker(turn.label))
    })
}

/// Reads the first line of a turn in any of the ways of writing it.
fn turn(line: &str) -> Option<Turn<'_>> {
    let (start_ms, line) = leading_time(line.trim());
    let (label, text, style) = match line.strip_prefix("**") {
        Some(bold) => {
            let (inside, after) = bold.split_once("**")?;
            let after = after.trim();
            if let Some(label) = inside.trim_end().strip_suffix(':') {
                (label, after, Style::Bold)
            } else if let Some(text) = after.strip_prefix(':') {
                (inside, text.trim(), Style::Bold)
            } else {
                let ms = text_time(after.trim_matches(['(', ')', '[', ']']))?;
                let label = inside.trim();
                return is_possible(label).then_some(Turn { label, start_ms: Some(ms), text: "", style: Style::Otter });
            }
        }
        None => match split_label(line) {
            Some((label, text)) => (label, text, Style::Colon),
            None => {
                let (label, time) = line.rsplit_once(char::is_whitespace)?;
                let ms = text_time(time.trim_matches(['(', ')', '[', ']']))?;
                let label = label.trim();
                return is_possible(label).then_some(Turn { label, start_ms: Some(ms), text: "", style: Style::Otter });
            }
        },
    };
    // `Name (00:01:02): text`
    let (label, own_ms) = trailing_time(label.trim());
    is_possible(label).then_some(Turn { label, start_ms: start_ms.or(own_ms), text, style })
}

/// Takes `[00:01:02]`, `(0:15)` or `00:01:02` off the start of a line that goes on.
fn leading_time(line: &str) -> (Option<i64>, &str) {
    let Some((time, rest)) = line.split_once(char::is_whitespace) else { return (None, line) };
    match text_time(time.trim_matches(['(', ')', '[', ']'])) {
        Some(ms) => (Some(ms), rest.trim_start_matches([' ', '\t', '-'])),
        None => (None, line),
    }
}

fn trailing_time(label: &str) -> (&str, Option<i64>) {
    let split = label.rsplit_once(['(', '[']).and_then(|(name, time)| {
        let ms = text_time(time.strip_suffix([')', ']'])?)?;
        Some((name.trim_end(), Some(ms)))
    });
    split.unwrap_or((label, None))
}

fn is_rule(line: &str) -> bool {
    line.len() >= 3 && ['-', '*', '_', '='].iter().any(|mark| line.chars().all(|letter| letter == *mark))
}

fn is_break(line: &str) -> bool {
    let heading = line.trim_start_matches('#');
    is_rule(line) || (heading.len() < line.len() && heading.starts_with(' '))
}

/// What Otter and Google Meet write below the talk.
fn is_boilerplate(line: &str) -> bool {
    line.trim_start_matches(['*', '_']).starts_with("Transcribed by https://otter.ai") || meet::is_note(line)
}

/// Labels of a header or of notes. They are speakers only if they come back.
fn is_section(label: &str) -> bool {
    const SECTIONS: [&str; 34] = [
        "account",
        "action items",
        "attendees",
        "call id",
        "call notes",
        "call type",
        "buyer",
        "company",
        "customer",
        "date",
        "duration",
        "key points",
        "key takeaways",
        "location",
        "meeting",
        "next steps",
        "notes",
        "outcome",
        "participants",
        "product",
        "prospect",
        "recording",
        "rep",
        "sales rep",
        "seller",
        "started",
        "subject",
        "summary",
        "takeaways",
        "time",
        "title",
        "topic",
        "topics",
        "transcript",
    ];
    let label = label.to_lowercase();
    let stem = label.split(" - ").next().unwrap_or(&label);
    SECTIONS.contains(&stem.trim())
}

/// A paragraph's words without what the transcriber wrote about the sound: `*hangs up*`, `[laughter]`, and times.
fn spoken(paragraph: &str) -> String {
    let text = unescape(paragraph);
    let mut rest = text.trim();
    if is_italic_throughout(rest) {
        return String::new();
    }
    let mut words = String::with_capacity(rest.len());
    while let Some(open) = rest.find(['[', '(', '*']) {
        let (before, from) = rest.split_at(open);
        words.push_str(before);
        let length = annotation(from).unwrap_or(1);
        // Lost words leave a mark: without it two halves would read as a sentence that nobody said.
        if from.get(..length).is_some_and(is_loss) {
            words.push('…');
        }
        // An asterisk that begins no annotation is emphasis: the words stay.
        if length == 1 && !from.starts_with('*') {
            words.push_str(from.get(..1).unwrap_or_default());
        }
        rest = from.get(length..).unwrap_or_default();
    }
    words.push_str(rest);
    words
}

/// Whether an annotation stands for words that nobody could write down.
fn is_loss(annotation: &str) -> bool {
    let annotation = annotation.to_lowercase();
    ["inaudible", "unintelligible", "crosstalk"].iter().any(|lost| annotation.contains(lost))
}

fn is_italic_throughout(text: &str) -> bool {
    let inside = text.strip_prefix('*').and_then(|text| text.strip_suffix('*'));
    inside.is_some_and(|text| !text.contains('*') && !text.is_empty())
}

/// Length in bytes of the annotation that begins here.
fn annotation(text: &str) -> Option<usize> {
    const SOUNDS: [&str; 19] = [
        "applause",
        "chuckle",
        "chuckles",
        "chuckling",
        "cough",
        "coughs",
        "crosstalk",
        "hangs",
        "inaudible",
        "laugh",
        "laughing",
        "laughs",
        "laughter",
        "music",
        "pause",
        "pauses",
        "sighs",
        "silence",
        "unintelligible",
    ];
    /// The longest annotation looked for, in bytes, so that a text full of brackets is read once.
    const LONGEST: usize = 60;
    let close = match text.as_bytes().first()? {
        b'[' => b']',
        b'(' => b')',
        mark => *mark,
    };
    let end = text.bytes().skip(1).take(LONGEST).position(|byte| byte == close)? + 1;
    let inside = text.get(1..end)?;
    let first = inside.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    let sound = SOUNDS.iter().any(|sound| first.eq_ignore_ascii_case(sound));
    (sound || text_time(inside).is_some()).then_some(end + 1)
}

/// Undoes markdown's backslashes.
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let escapes = letter == '\\' && letters.peek().is_some_and(char::is_ascii_punctuation);
        if !escapes {
            plain.push(letter);
        } else if let Some(escaped) = letters.next() {
            plain.push(escaped);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(file: &str) -> (Format, Vec<(String, Option<i64>, String)>) {
        let lines: Vec<&str> = file.lines().collect();
        let (draft, format) = read(&lines).unwrap();
        let recording = draft.finish(0, format).unwrap();
        assert!(!recording.transcript.is_timed());
        let parties = &recording.call.parties;
        let lines = recording.transcript.lines.iter().map(|line| {
            let name = line.party.and_then(|n| parties[n].name.clone()).unwrap_or_default();
            (name, line.start_ms(), line.text.clone())
        });
        (format, lines.collect())
    }

    fn line(name: &str, start_ms: Option<i64>, text: &str) -> (String, Option<i64>, String) {
        (name.to_owned(), start_ms, text.to_owned())
    }

    #[test]
    fn a_turns_time_may_stand_anywhere() {
        let file =
            "[00:01:02] Ann: One.\n00:01:03 Bob: Two.\nAnn (0:01:04): Three.\nBob [1:05]: Four.\nAnn: Five at 10:30.";
        let expected = [
            line("Ann", Some(62_000), "One."),
            line("Bob", Some(63_000), "Two."),
            line("Ann", Some(64_000), "Three."),
            line("Bob", Some(65_000), "Four."),
            line("Ann", None, "Five at 10:30."),
        ];
        assert_eq!(said(file), (Format::Plain, expected.to_vec()));
    }

    #[test]
    fn markdown_turns_span_paragraphs_and_end_with_the_talk() {
        let file = "# T\n\n---\n\n**Ann:** One.\n\nTwo \\[unintelligible 00:03:18.16\\] *really*.\n\n**Bob**: *hangs up*\n\n**Bob:** Bye *laughs*.\n\n---\n\n**Call Notes - Good:**\n- nice\n";
        let expected = [line("Ann", None, "One. Two … really."), line("Bob", None, "Bye .")];
        assert_eq!(said(file), (Format::Markdown, expected.to_vec()));
    }

    #[test]
    fn otter_blocks_are_read_with_unknown_speakers() {
        let file =
            "Ann  0:00  \nOne. Two.\n\nThree.\n\n**Unknown Speaker** 1:00:01\nFour.\n\nTranscribed by https://otter.ai";
        let expected = [line("Ann", Some(0), "One. Two. Three."), line("", Some(3_601_000), "Four.")];
        assert_eq!(said(file), (Format::Otter, expected.to_vec()));
    }

    #[test]
    fn a_meets_chat_is_not_what_was_said() {
        let chat = ["00:03:42\tAnn Lee:\tHello all", "00:03:45\tBob:\tReacted to \"Hello all\""];
        assert_eq!(read(&chat).err(), Some((None, Problem::Chat)));
        assert!(read(&["00:03:42\tAnn: Hello all", "00:03:45\tAnn: So"]).is_ok());
    }

    #[test]
    fn prose_is_no_transcript() {
        for file in
            ["Just a letter.\nNote: buy milk.\nYours", "no colon", "key = 1\n", "Dear Bob:\na thing.\nRegards: Ann"]
        {
            assert!(read(&file.lines().collect::<Vec<_>>()).is_err(), "{file}");
        }
    }
}
