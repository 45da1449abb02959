//! The gate through which every name and text of a file goes: nothing behind it can drive a terminal.

use std::borrow::Cow;

/// Longest name kept, in characters. Longer ones are cut.
const MAX_NAME: usize = 120;
/// Longest piece of a file that an error message repeats, in characters.
const MAX_EXCERPT: usize = 60;

/// The text in one line: terminal escape sequences, control characters and invisible marks removed, white space
/// collapsed to single blanks.
pub(super) fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut chars = text.chars();
    let mut gap = false;
    while let Some(letter) = chars.next() {
        match letter {
            '\u{1b}' => skip_escape(&mut chars),
            '\u{9b}' => skip_control_sequence(&mut chars),
            '\u{90}' | '\u{98}' | '\u{9d}'..='\u{9f}' => skip_control_string(&mut chars),
            _ if letter.is_whitespace() => gap = true,
            _ if is_invisible(letter) => {}
            _ => {
                if gap && !cleaned.is_empty() {
                    cleaned.push(' ');
                }
                gap = false;
                cleaned.push(letter);
            }
        }
    }
    cleaned
}

/// A cleaned name of at most 120 characters.
pub(super) fn clean_name(name: &str) -> String {
    let mut name = clean(name);
    if let Some((end, _)) = name.char_indices().nth(MAX_NAME) {
        name.truncate(end);
    }
    name
}

/// The beginning of a text, fit to stand in an error message.
pub(super) fn excerpt(text: &str) -> String {
    let start: String = text.chars().take(MAX_EXCERPT).collect();
    clean(&start)
}

/// Control characters, and marks that change the order or the look of what is printed around them: bidirectional
/// overrides and isolates, zero-width blanks, byte-order marks, tag characters.
fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{61c}'
                | '\u{200b}'
                | '\u{200e}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}'
                | '\u{feff}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// ECMA-48: after ESC comes `[` for a control sequence, one of `]PX^_` for a string, else intermediates and a final.
fn skip_escape(chars: &mut std::str::Chars<'_>) {
    let mut ahead = chars.clone();
    match ahead.next() {
        Some('[') => {
            *chars = ahead;
            skip_control_sequence(chars);
        }
        Some(']' | 'P' | 'X' | '^' | '_') => {
            *chars = ahead;
            skip_control_string(chars);
        }
        Some('\u{20}'..='\u{2f}') => {
            *chars = ahead;
            chars.next();
        }
        Some('\u{30}'..='\u{7e}') => *chars = ahead,
        _ => {}
    }
}

fn skip_control_sequence(chars: &mut std::str::Chars<'_>) {
    loop {
        let mut ahead = chars.clone();
        match ahead.next() {
            Some('\u{20}'..='\u{3f}') => *chars = ahead,
            Some('\u{40}'..='\u{7e}') => {
                *chars = ahead;
                return;
            }
            _ => return,
        }
    }
}

/// A string runs to BEL or ST. Without one it takes the rest of the text, as it would on a terminal.
fn skip_control_string(chars: &mut std::str::Chars<'_>) {
    while let Some(letter) = chars.next() {
        match letter {
            '\u{7}' | '\u{9c}' => return,
            '\u{1b}' => {
                chars.next();
                return;
            }
            _ => {}
        }
    }
}

/// A cue's text without its inner tags (`<b>`, `<c.x>`, `<00:00:01.000>`, `</v>`) and with WebVTT's entities decoded.
pub(super) fn strip_markup(text: &str) -> Cow<'_, str> {
    if !text.contains(['<', '&']) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        let taken = tag(from).map(|length| (length, "")).or_else(|| entity(from));
        let (length, replacement) = taken.unwrap_or_else(|| (1, from.get(..1).unwrap_or_default()));
        plain.push_str(replacement);
        rest = from.get(length..).unwrap_or_default();
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// Length of the tag at the start of the text. The limit keeps a text full of `<` from being searched again and again.
fn tag(text: &str) -> Option<usize> {
    const MAX_TAG: usize = 200;
    let inside = text.strip_prefix('<')?;
    inside.starts_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '/').then_some(())?;
    inside.bytes().take(MAX_TAG).position(|byte| byte == b'>').map(|at| at + 2)
}

fn entity(text: &str) -> Option<(usize, &'static str)> {
    const ENTITIES: [(&str, &str); 9] = [
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", " "),
        ("&lrm;", ""),
        ("&rlm;", ""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&quot;", "\""),
    ];
    ENTITIES.iter().find(|(name, _)| text.starts_with(name)).map(|(name, text)| (name.len(), *text))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn escapes_and_invisible_marks_are_removed() {
        assert_eq!(clean("a\u{1b}[31mred\u{1b}[0m b"), "ared b");
        assert_eq!(clean("\u{1b}]0;title\u{7}x\u{1b}]8;;http://e\u{1b}\\y"), "xy");
        assert_eq!(clean("\u{9b}2Jx\u{0}\u{85}y\u{202e}z\u{feff}"), "x yz");
        assert_eq!(clean("\u{1b}(Bx"), "x");
    }

    #[test]
    fn white_space_is_one_blank() {
        assert_eq!(clean("  a\t b\u{a0}\r\n c "), "a b c");
    }

    #[test]
    fn tags_and_entities_of_a_cue_are_undone() {
        let text = "<c.x>a</c> &lt;b&gt; <00:00:01.000>c &amp; d&nbsp;&quot;e&quot; 1 < 2 & 3";
        assert_eq!(strip_markup(text), "a <b> c & d \"e\" 1 < 2 & 3");
    }

    #[test]
    fn names_are_cut_at_a_letter() {
        assert_eq!(clean_name(&"ä".repeat(500)).chars().count(), MAX_NAME);
    }

    proptest! {
        #[test]
        fn cleaned_text_cannot_drive_a_terminal(text in any::<String>()) {
            let cleaned = clean(&text);
            prop_assert!(!cleaned.chars().any(is_invisible));
            prop_assert_eq!(clean(&cleaned), cleaned);
        }
    }
}
