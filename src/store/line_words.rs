//! The words of lines, as both full-text indexes take them: those of each line, and the different ones of each call.

use std::collections::HashSet;

use super::lines::LINE_BITS;
use super::text_index::{self, Tokenizer, plain_text, tsvector_text};

/// Words that are cut and ready to be written. To cut them takes as long as to write them, and needs no database.
#[derive(Default)]
pub(super) struct LineWords {
    /// The words of each line, under its number.
    pub(super) lines: Vec<(i64, String)>,
    /// The different words of each block of lines, under the number of its first.
    pub(super) blocks: Vec<(i64, String)>,
}

/// How an engine takes words.
pub(super) type Written = fn(&[String]) -> String;
pub(super) const SQLITE: Written = plain_text;
pub(super) const POSTGRES: Written = tsvector_text;

/// Cuts lines for one engine, and remembers what it has cut.
pub(super) struct Cutter {
    tokenizer: Tokenizer,
    written: Written,
}

/// The different words of lines that follow one another in a call.
struct Block {
    begin: i64,
    bytes: usize,
    words: HashSet<String>,
}

impl Block {
    /// Whether a line belongs here: it is of the same call, and there is room for it.
    fn takes(&self, line: i64) -> bool {
        line >> LINE_BITS == self.begin >> LINE_BITS && self.bytes < text_index::MAX_BYTES
    }

    fn add(&mut self, words: Vec<String>) {
        for word in words {
            let length = word.len();
            if self.words.insert(word) {
                self.bytes += length;
            }
        }
    }
}

impl Cutter {
    pub(super) fn new(written: Written) -> Self {
        Cutter { tokenizer: Tokenizer::default(), written }
    }

    /// The words of lines under their numbers.
    pub(super) fn cut<'a>(&mut self, lines: impl IntoIterator<Item = (i64, &'a str)>) -> LineWords {
        let mut blocks: Vec<Block> = Vec::new();
        let mut rows = Vec::new();
        for (id, text) in lines {
            let words = self.tokenizer.words(text);
            rows.push((id, (self.written)(&words)));
            match blocks.last_mut().filter(|block| block.takes(id)) {
                Some(block) => block.add(words),
                None => {
                    let mut block = Block { begin: id, bytes: 0, words: HashSet::new() };
                    block.add(words);
                    blocks.push(block);
                }
            }
        }
        let blocks = blocks.into_iter().map(|block| {
            let words: Vec<_> = block.words.into_iter().collect();
            (block.begin, plain_text(&words))
        });
        LineWords { lines: rows, blocks: blocks.collect() }
    }
}
