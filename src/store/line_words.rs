//! The words of lines, as both full-text indexes take them: those of each line, and the different ones of each call.

use std::collections::HashSet;

use serde::Serialize;
use serde_json::value::RawValue;
use sqlx::types::Json;

use super::error::StoreError;
use super::lines::{LINE_BITS, LINES_A_STATEMENT};
use super::text_index::{self, Tokenizer, plain_text, tsvector_text};

/// Words that are cut and ready to be written. To cut them takes as long as to write them, and needs no database.
pub(super) struct LineWords {
    pub(super) parts: Vec<Part>,
}

/// What one statement writes: JSON arrays of number and words.
pub(super) struct Part {
    pub(super) lines: Json<Box<RawValue>>,
    pub(super) blocks: Json<Box<RawValue>>,
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

/// number, words
#[derive(Serialize)]
struct Row(i64, String);

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

    /// The words of lines under their numbers; all of them fit into the ids of one transcript, or are ids themselves.
    pub(super) fn cut(&mut self, lines: &[(i64, &str)]) -> Result<LineWords, StoreError> {
        let parts = lines.chunks(LINES_A_STATEMENT).map(|lines| self.part(lines));
        Ok(LineWords { parts: parts.collect::<Result<_, StoreError>>()? })
    }

    fn part(&mut self, lines: &[(i64, &str)]) -> Result<Part, StoreError> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut rows = Vec::with_capacity(lines.len());
        for (id, text) in lines {
            let words = self.tokenizer.words(text);
            rows.push(Row(*id, (self.written)(&words)));
            match blocks.last_mut().filter(|block| block.takes(*id)) {
                Some(block) => block.add(words),
                None => {
                    let mut block = Block { begin: *id, bytes: 0, words: HashSet::new() };
                    block.add(words);
                    blocks.push(block);
                }
            }
        }
        let blocks = blocks.into_iter().map(|block| {
            let words: Vec<_> = block.words.into_iter().collect();
            Row(block.begin, plain_text(&words))
        });
        Ok(Part { lines: raw(&rows)?, blocks: raw(&blocks.collect::<Vec<_>>())? })
    }
}

fn raw(rows: &[Row]) -> Result<Json<Box<RawValue>>, StoreError> {
    let value = serde_json::value::to_raw_value(rows);
    value.map(Json).map_err(|_| StoreError::Database("words are no JSON".to_owned()))
}
