//! Transcript files of any format, read into the model.
//!
//! The format is detected by content, never by the file's extension. One file a format: to add one, write a reader
//! that fills a `Draft`, and name it in `read_one` and in [`Format`].

use std::borrow::Cow;
use std::fmt;

use crate::model::call::Call;
use crate::model::transcript::Transcript;

mod clean;
mod clock;
mod cues;
mod decode;
mod draft;
pub mod gong;
mod header;
mod label;
mod naming;
mod text;

/// The largest file read, in bytes: 64 MB. An hour of talk is about 0.1 MB.
pub const MAX_BYTES: usize = 64 << 20;
/// A transcript has fewer lines than this, because the store numbers them in 20 bits.
pub const MAX_LINES: usize = 1 << 20;
/// A cue takes up to four lines of its file.
const MAX_FILE_LINES: usize = 4 * MAX_LINES;

/// One file as it was read from disk or standard input.
#[derive(Debug, Clone, Copy)]
pub struct InputFile<'a> {
    /// Its name as typed; `None` is standard input.
    pub name: Option<&'a str>,
    /// What it holds.
    pub bytes: &'a [u8],
}

/// A call and its words, as one file (or two of Gong's) gives them.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    /// What is known about the call.
    pub call: Call,
    /// What was said.
    pub transcript: Transcript,
    /// How the file was written.
    pub format: Format,
    /// Which of the given files holds the words, counted from 0.
    pub file: usize,
}

/// The formats that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// WebVTT, of Zoom, Teams and others.
    WebVtt,
    /// SubRip.
    Srt,
    /// `Name: text`, with or without times.
    Plain,
    /// `**Name:** text`.
    Markdown,
    /// A name and a time on one line, the words below it.
    Otter,
    /// Gong's `callTranscripts` and `calls`.
    Gong,
}

impl Format {
    /// The name used in JSON and logs.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::WebVtt => "webvtt",
            Format::Srt => "srt",
            Format::Plain => "plain",
            Format::Markdown => "markdown",
            Format::Otter => "otter",
            Format::Gong => "gong",
        }
    }

    /// The name for people.
    pub fn label(self) -> &'static str {
        match self {
            Format::WebVtt => "WebVTT",
            Format::Srt => "SRT",
            Format::Plain => "plain text",
            Format::Markdown => "markdown",
            Format::Otter => "Otter text",
            Format::Gong => "Gong JSON",
        }
    }
}

/// Why a file could not be read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// The file's name without control characters, or "standard input".
    pub file: String,
    /// The line, counted from 1, where it is known.
    pub line: Option<usize>,
    /// What was found and what was expected.
    pub problem: Problem,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.problem),
            None => write!(f, "{}: {}", self.file, self.problem),
        }
    }
}

impl std::error::Error for ReadError {}

/// What is wrong with a file. None of them holds more than the beginning of one line of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// No bytes, or white space only.
    #[error("the file is empty: expected a transcript")]
    Empty,
    /// More than [`MAX_BYTES`].
    #[error("the file is larger than {} MB: an hour of talk takes about 0.1 MB", MAX_BYTES >> 20)]
    TooLarge,
    /// More than [`MAX_LINES`].
    #[error("more than {MAX_LINES} lines: expected one call")]
    TooManyLines,
    /// Not UTF-8, and no UTF-16 with a byte-order mark.
    #[error("not a text file: byte {offset} is neither UTF-8 nor marked UTF-16; save the transcript as UTF-8 text")]
    NotText {
        /// Bytes before the first wrong one.
        offset: usize,
    },
    /// The format is known, and nobody is named.
    #[error("{} without speaker names, and without them nobody can be coached: export the transcript with speakers", format.label())]
    NoSpeakers {
        /// The file's format.
        format: Format,
    },
    /// The format is known, and nothing was said.
    #[error("{} without a spoken word: expected a transcript of the call", format.label())]
    NoText {
        /// The file's format.
        format: Format,
    },
    /// A time that cannot be read.
    #[error("`{found}` is no cue time: expected something like 00:01:02.500 --> 00:01:04.000")]
    CueTime {
        /// The beginning of the line.
        found: String,
    },
    /// JSON that breaks off or is malformed.
    #[error("broken JSON at column {column}: expected {expected}")]
    Json {
        /// Column, counted from 1.
        column: usize,
        /// What should have been there.
        expected: &'static str,
    },
    /// Gong's list of calls without the words.
    #[error("Gong call {id} comes without its words: give the file with `callTranscripts` as well")]
    GongWithoutTranscript {
        /// Gong's call id.
        id: String,
    },
    /// None of the formats.
    #[error(
        "not a transcript in a known format: expected WebVTT, SRT, plain text or markdown with `Name: text`, Otter text, or Gong JSON"
    )]
    UnknownFormat,
}

/// A problem and the line it stands in.
type Located = (Option<usize>, Problem);

impl From<Problem> for Located {
    fn from(problem: Problem) -> Self {
        (None, problem)
    }
}

/// Reads files, given together because Gong keeps a call's words and its facts in two of them.
///
/// One result a call or refused file, in the order of the files; Gong's calls come last.
pub fn read(files: &[InputFile<'_>]) -> Vec<Result<Recording, ReadError>> {
    let mut results = Vec::new();
    let mut gong = gong::Calls::default();
    for (n, file) in files.iter().enumerate() {
        match read_one(n, file, &mut gong) {
            Ok(Some(recording)) => results.push(Ok(recording)),
            Ok(None) => {}
            Err((line, problem)) => results.push(Err(error(file, line, problem))),
        }
    }
    results.extend(gong.recordings().into_iter().map(|(n, result)| {
        result.map_err(|problem| {
            let file = files.get(n).copied().unwrap_or(InputFile { name: None, bytes: &[] });
            error(&file, None, problem)
        })
    }));
    results
}

fn error(file: &InputFile<'_>, line: Option<usize>, problem: Problem) -> ReadError {
    let file = file.name.map_or_else(|| "standard input".to_owned(), clean::clean);
    ReadError { file, line, problem }
}

/// Reads one file; a Gong file is put with the others of its kind instead.
fn read_one(n: usize, file: &InputFile<'_>, gong: &mut gong::Calls) -> Result<Option<Recording>, Located> {
    if file.bytes.len() > MAX_BYTES {
        return Err(Problem::TooLarge.into());
    }
    let content: Cow<'_, str> = decode::decode(file.bytes)?;
    if content.trim_start().starts_with(['{', '[']) && gong.add(n, &content)? {
        return Ok(None);
    }
    if content.bytes().filter(|byte| *byte == b'\n').count() > MAX_FILE_LINES {
        return Err(Problem::TooManyLines.into());
    }
    let lines: Vec<&str> = content.lines().collect();
    let (draft, format) = match cues::detect(&lines) {
        Some(format) => (cues::read(&lines)?, format),
        None => text::read(&lines)?,
    };
    let mut recording = draft.finish(n, format)?;
    naming::complete(&mut recording.call, file.name);
    identify(&mut recording);
    Ok(Some(recording))
}

/// A file's call is known by its content: speakers, times and words.
fn identify(recording: &mut Recording) {
    let parties = &recording.call.parties;
    let hash = recording
        .transcript
        .hash(|n| parties.get(n).and_then(|party| party.speaker_key.as_deref()).unwrap_or_default());
    recording.call.ext_id = format!("file:{}", hash.get(..16).unwrap_or(&hash));
    recording.call.source = "file".to_owned();
}

#[cfg(test)]
mod tests;
