//! What is looked for in the words of calls: words, "phrases" and -exclusions, cut by the same tokenizer as the index.

use super::text_index::Tokenizer;

/// More terms than this are no question that a person types.
const MAX_TERMS: usize = 32;

/// A question to the full-text index. All words and phrases must stand in one line; an excluded one removes that line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextQuery {
    /// Stems that follow one another; a word is a phrase of one.
    wanted: Vec<Vec<String>>,
    excluded: Vec<Vec<String>>,
}

/// Why a text cannot be looked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextQueryError {
    /// Only exclusions, or no word at all.
    #[error("`{0}` names no word to look for")]
    Nothing(String),
    /// More than [`MAX_TERMS`].
    #[error("more than {MAX_TERMS} words cannot be looked for at once")]
    TooMany,
}

impl TextQuery {
    /// Reads words, `"phrases"` and `-exclusions`. What is written together, such as `e-mail` or `don't`, is a phrase.
    ///
    /// # Errors
    /// When there is no word to look for, or there are too many.
    pub fn parse(text: &str) -> Result<Self, TextQueryError> {
        let mut tokenizer = Tokenizer::default();
        let mut query = TextQuery { wanted: Vec::new(), excluded: Vec::new() };
        let is_quote = |c: char| matches!(c, '"' | '“' | '”' | '„');
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let (excluded, term) = match rest.strip_prefix('-') {
                Some(term) => (true, term),
                None => (false, rest),
            };
            let end = |piece: &str, stop: &dyn Fn(char) -> bool| piece.find(stop).unwrap_or(piece.len());
            let (term, after) = match term.strip_prefix(is_quote) {
                Some(quoted) => quoted.split_at(end(quoted, &is_quote)),
                None => term.split_at(end(term, &|c| c.is_whitespace() || is_quote(c))),
            };
            rest = after.strip_prefix(is_quote).filter(|_| !after.starts_with('-')).unwrap_or(after).trim_start();
            let words = tokenizer.words(term);
            if !words.is_empty() {
                if excluded { query.excluded.push(words) } else { query.wanted.push(words) }
            }
            if query.wanted.len() + query.excluded.len() > MAX_TERMS {
                return Err(TextQueryError::TooMany);
            }
        }
        if query.wanted.is_empty() { Err(TextQueryError::Nothing(text.to_owned())) } else { Ok(query) }
    }

    /// Whether just one word is looked for: whether a call holds it need not be asked line by line.
    pub(super) fn is_one_word(&self) -> bool {
        self.excluded.is_empty() && self.wanted.iter().map(Vec::len).sum::<usize>() == 1
    }

    /// As SQLite's FTS5 takes it.
    pub(super) fn fts5(&self) -> String {
        let phrase = |words: &Vec<String>| format!("\"{}\"", words.join(" "));
        let wanted = self.wanted.iter().map(phrase).collect::<Vec<_>>().join(" AND ");
        self.excluded.iter().map(phrase).fold(format!("({wanted})"), |query, phrase| format!("{query} NOT {phrase}"))
    }

    /// As PostgreSQL's `tsquery` is written.
    pub(super) fn tsquery(&self) -> String {
        // Stems are letters and digits only, so nothing in them needs escaping.
        let phrase = |words: &Vec<String>| {
            let words: Vec<_> = words.iter().map(|word| format!("'{word}'")).collect();
            format!("({})", words.join(" <-> "))
        };
        let wanted = self.wanted.iter().map(phrase);
        let excluded = self.excluded.iter().map(|words| format!("!{}", phrase(words)));
        wanted.chain(excluded).collect::<Vec<_>>().join(" & ")
    }

    /// The byte at which the first wanted word of a found line begins.
    pub fn find_in(&self, text: &str) -> usize {
        let mut tokenizer = Tokenizer::default();
        let mut at = 0;
        for piece in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
            let words = tokenizer.words(piece);
            if self.wanted.iter().any(|phrase| phrase.first().is_some_and(|first| words.contains(first))) {
                return at;
            }
            at += piece.len();
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str) -> (String, String) {
        let query = TextQuery::parse(text).expect("good");
        (query.fts5(), query.tsquery())
    }

    #[test]
    fn words_phrases_and_exclusions_are_written_for_both_engines() {
        let (fts5, tsquery) = written("pricing \"too expensive\" -budget -\"next year\"");
        assert_eq!(fts5, "(\"price\" AND \"too expens\") NOT \"budget\" NOT \"next year\"");
        assert_eq!(tsquery, "('price') & ('too' <-> 'expens') & !('budget') & !('next' <-> 'year')");
    }

    #[test]
    fn what_is_written_together_is_a_phrase_and_operators_are_words() {
        assert_eq!(written("e-mail").0, "(\"e mail\")");
        assert_eq!(written("a OR b* NEAR(c)").0, "(\"a\" AND \"or\" AND \"b\" AND \"near c\")");
        assert_eq!(written("'); DROP x").1, "('drop') & ('x')");
        assert_eq!(written("\"never closed").0, "(\"never close\")");
    }

    #[test]
    fn exclusions_alone_and_nothing_are_refused() {
        for text in ["", "  ", "-budget", "\"\"", "-", "!?"] {
            assert_eq!(TextQuery::parse(text), Err(TextQueryError::Nothing(text.to_owned())), "{text}");
        }
        assert_eq!(TextQuery::parse(&"a ".repeat(40)), Err(TextQueryError::TooMany));
    }

    #[test]
    fn a_line_is_shown_from_the_word_that_was_found() {
        let query = TextQuery::parse("prices").expect("good");
        let text = "Well, the café’s pricing is fine.";
        assert_eq!(text.get(query.find_in(text)..), Some("pricing is fine."));
    }

    proptest! {
        #[test]
        fn no_text_breaks_a_query(text in any::<String>()) {
            if let Ok(query) = TextQuery::parse(&text) {
                let fts5 = query.fts5();
                prop_assert!(fts5.matches('"').count() % 2 == 0 && !fts5.contains("\"\""));
            }
        }
    }
}
