//! Text folded for comparison, with the way back to the original bytes.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

/// Text after NFKC, straight quotes, lower case and collapsed white space.
///
/// Every character remembers which bytes of the original it came from, so that a match can be shown in the
/// transcript's own words.
pub(super) struct Folded {
    chars: Vec<char>,
    origins: Vec<Range<usize>>,
}

impl Folded {
    pub(super) fn new(text: &str) -> Self {
        let mut folded = Folded { chars: Vec::with_capacity(text.len()), origins: Vec::with_capacity(text.len()) };
        for (start, grapheme) in text.grapheme_indices(true) {
            let origin = start..start + grapheme.len();
            for char in grapheme.nfkc().flat_map(char::to_lowercase) {
                folded.push(char, &origin);
            }
        }
        folded
    }

    fn push(&mut self, char: char, origin: &Range<usize>) {
        let char = match char {
            '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' | '`' => '\'',
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2033}' | '«' | '»' => '"',
            '\u{2010}'..='\u{2015}' => '-',
            c if c.is_whitespace() => ' ',
            c => c,
        };
        if char == ' ' && self.chars.last() == Some(&' ') {
            return;
        }
        self.chars.push(char);
        self.origins.push(origin.clone());
    }

    pub(super) fn words(&self) -> usize {
        words(&self.chars)
    }

    /// Where the piece stands at or after the character `from`, beginning and ending on word boundaries.
    pub(super) fn find(&self, piece: &[char], from: usize) -> Option<Range<usize>> {
        let last = self.chars.len().checked_sub(piece.len())?;
        (from..=last).find_map(|start| {
            let found = start..start + piece.len();
            let fits =
                self.chars.get(found.clone())? == piece && self.is_boundary(start) && self.is_boundary(found.end);
            fits.then_some(found)
        })
    }

    /// Whether no word runs across this position. An apostrophe between letters belongs to its word: "can" does not
    /// stand in "can't".
    fn is_boundary(&self, at: usize) -> bool {
        let get = |at: Option<usize>| at.and_then(|at| self.chars.get(at)).copied();
        let is_word = |at: Option<usize>| match get(at) {
            Some('\'') => {
                let letter = |at: Option<usize>| get(at).is_some_and(char::is_alphanumeric);
                letter(at.and_then(|at| at.checked_sub(1))) && letter(at.map(|at| at + 1))
            }
            Some(char) => char.is_alphanumeric(),
            None => false,
        };
        !(is_word(at.checked_sub(1)) && is_word(Some(at)))
    }

    /// The original bytes behind these characters.
    pub(super) fn origin(&self, chars: &Range<usize>) -> Option<Range<usize>> {
        let first = self.origins.get(chars.start)?;
        let last = self.origins.get(chars.end.checked_sub(1)?)?;
        Some(first.start..last.end)
    }

    /// The pieces between marks of omission ("…", "[...]"), without punctuation at their ends.
    pub(super) fn pieces(&self) -> Vec<&[char]> {
        let mut pieces = Vec::new();
        let mut rest = self.chars.as_slice();
        while let Some(at) = rest.windows(3).position(|window| window == ['.', '.', '.']) {
            pieces.extend(rest.get(..at));
            let dots = rest.get(at..).unwrap_or_default().iter().take_while(|char| **char == '.').count();
            rest = rest.get(at + dots..).unwrap_or_default();
        }
        pieces.push(rest);
        pieces.into_iter().map(trim).filter(|piece| !piece.is_empty()).collect()
    }

    /// All of it, without punctuation at its ends.
    pub(super) fn trimmed(&self) -> &[char] {
        trim(&self.chars)
    }
}

pub(super) fn words(chars: &[char]) -> usize {
    chars.split(|char| *char == ' ').filter(|word| word.iter().any(|char| char.is_alphanumeric())).count()
}

fn trim(chars: &[char]) -> &[char] {
    let is_word = |char: &char| char.is_alphanumeric();
    match (chars.iter().position(is_word), chars.iter().rposition(is_word)) {
        (Some(first), Some(last)) => chars.get(first..=last).unwrap_or_default(),
        _ => &[],
    }
}
