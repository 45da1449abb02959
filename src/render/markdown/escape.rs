//! Foreign text inside a markdown document.

use crate::render::secure;
use crate::render::text::clean;

/// Characters that begin something in GitHub-flavoured markdown: emphasis, code, links, HTML, tables, entities, maths.
const ACTIVE: &[char] = &['\\', '`', '*', '_', '[', ']', '<', '>', '#', '|', '~', '&', '$'];

/// Characters that could end the address of a link, or the cell of a table in which it stands.
const ENDS_ADDRESS: &[char] = &['<', '>', '(', ')', '[', ']', '\\', '|', '`', '"'];

/// The text as a link to an address that can be opened safely, else the text alone.
pub(in crate::render) fn linked(text: &str, url: Option<&str>) -> String {
    let is_whole = |url: &&str| url.chars().all(|c| c.is_ascii_graphic() && !ENDS_ADDRESS.contains(&c));
    match secure(url).filter(is_whole) {
        Some(url) => format!("[{}]({url})", escape(text)),
        None => escape(text),
    }
}

/// The text in one line, so that it reads as written and is nothing but text.
///
/// Beside the characters that are active anywhere, those are escaped that begin a list or an underline at the start of
/// a line, and those that turn a bare address into a link.
pub(in crate::render) fn escape(text: &str) -> String {
    let text = clean(text);
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let (before, after) = text.split_at(at);
        let starts_a_line = match c {
            '-' | '+' | '=' => before.is_empty(),
            // CommonMark takes at most nine digits for the number of a list item.
            '.' | ')' => {
                let number = (1..10).contains(&before.len()) && before.bytes().all(|byte| byte.is_ascii_digit());
                number && matches!(after.get(1..2), None | Some(" "))
            }
            _ => false,
        };
        let makes_a_link = match c {
            ':' => after.starts_with("://"),
            '.' => {
                before.len() >= 3 && before.as_bytes().rchunks(3).next().is_some_and(|w| w.eq_ignore_ascii_case(b"www"))
            }
            _ => false,
        };
        if ACTIVE.contains(&c) || starts_a_line || makes_a_link {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_in_a_text_is_markdown() {
        assert_eq!(
            escape("<img src=x> [a](b) **c** | `d` &lt; $e$"),
            r"\<img src=x\> \[a\](b) \*\*c\*\* \| \`d\` \&lt; \$e\$"
        );
        assert_eq!(escape("# one\n## two"), r"\# one \#\# two");
    }

    #[test]
    fn the_start_of_a_line_is_text_too() {
        assert_eq!(escape("- a"), r"\- a");
        assert_eq!(escape("12. a 3. b"), r"12\. a 3. b");
        assert_eq!(escape("1) a"), r"1\) a");
        assert_eq!(escape("0.4 s"), "0.4 s");
        assert_eq!(escape("=== ---"), r"\=== ---");
    }

    #[test]
    fn addresses_are_no_links() {
        assert_eq!(escape("see https://a.example and WWW.b.example"), r"see https\://a.example and WWW\.b.example");
    }

    #[test]
    fn a_link_leads_where_it_says_and_ends_nothing_else() {
        assert_eq!(
            linked("c12", Some("https://gong.example/call?id=7&x=1")),
            "[c12](https://gong.example/call?id=7&x=1)"
        );
        for url in [
            "http://gong.example",
            "javascript:alert(1)",
            "https://a.example/)[x](b",
            "https://a.example/|",
            "https://a b",
        ] {
            assert_eq!(linked("c12", Some(url)), "c12", "{url}");
        }
        assert_eq!(linked("[a]", None), r"\[a\]");
    }

    #[test]
    fn plain_words_stay_plain() {
        let text = "Ask once: \"What made you look at this now?\" (10 %, 4 of 12)";
        assert_eq!(escape(text), text);
    }

    proptest! {
        #[test]
        fn escaping_adds_backslashes_and_nothing_else(text in "[\\PC\n\t]*") {
            let mut unescaped = String::new();
            let mut chars = escape(&text).chars().collect::<Vec<_>>().into_iter();
            while let Some(c) = chars.next() {
                let c = if c == '\\' { chars.next().unwrap() } else {
                    prop_assert!(!ACTIVE.contains(&c));
                    c
                };
                unescaped.push(c);
            }
            prop_assert_eq!(unescaped, clean(&text));
        }
    }
}
