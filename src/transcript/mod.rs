//! Transcript files of any format, read into the model.
//!
//! The format is detected by content, never by the file's extension. One file a format: to add one, write a reader
//! that fills a `Draft`, give [`Format`] a variant with its row of [`Format::about`], and name the reader in `read_json`
//! or `read_text`.

use std::borrow::Cow;
use std::fmt;

use crate::model::call::Call;
use crate::model::transcript::Transcript;

mod amazon;
mod assemblyai;
mod clean;
mod clock;
mod cues;
mod decode;
mod deepgram;
mod draft;
mod fireflies;
mod format;
mod gecko;
pub mod gong;
mod google_speech;
mod harper_valley;
mod header;
mod label;
mod meet;
mod naming;
mod podcast;
mod rev_ai;
mod shape;
mod speechmatics;
mod text;
mod whisper;
mod wire;

use draft::Draft;
pub use format::{About, Format, Sign};

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
    /// More speakers than any call has.
    #[error("more than {most} speakers: expected one call")]
    TooManySpeakers {
        /// How many are read.
        most: usize,
    },
    /// The format is known, and nobody is named.
    #[error("{} without speaker names, and without them nobody can be coached: {}", format.label(), format.about().without_speakers)]
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
        expected: String,
    },
    /// JSON in which no known format's fields stand.
    #[error(
        "JSON without the turns of a call: no known vendor's fields are in it; `call-coach help formats` lists what can be read"
    )]
    UnknownJson,
    /// What was typed beside a call.
    #[error("the chat of a meeting: expected what was said in it; give the transcript file that stands beside it")]
    Chat,
    /// Gong's list of calls without the words.
    #[error("Gong call {id} comes without its words: give the file with `callTranscripts` as well")]
    GongWithoutTranscript {
        /// Gong's call id.
        id: String,
    },
    /// None of the formats.
    #[error(
        "not a transcript in a known format: expected WebVTT, SRT, text or markdown with `Name: text`, or a vendor's JSON; `call-coach help formats` lists what can be read"
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
    let (draft, format) = match json_format(&content)? {
        Some(Format::Gong) => {
            gong.add(n, &content)?;
            return Ok(None);
        }
        Some(format) => (read_json(format, &content)?, format),
        None => read_text(&content)?,
    };
    let mut recording = draft.finish(n, format)?;
    naming::complete(&mut recording.call, file.name);
    identify(&mut recording);
    Ok(Some(recording))
}

/// The format of a JSON file; `None` for text, which may begin with a bracketed time.
fn json_format(content: &str) -> Result<Option<Format>, Located> {
    let start = content.trim_start();
    if !start.starts_with(['{', '[']) {
        return Ok(None);
    }
    match shape::detect(content) {
        Ok(Some(format)) => Ok(Some(format)),
        Ok(None) => Err(Problem::UnknownJson.into()),
        Err(_) if start.starts_with('[') && !start.trim_start_matches(['[', ' ', '\n']).starts_with('{') => Ok(None),
        Err(error) => Err(broken_json(&error, None)),
    }
}

fn read_json(format: Format, content: &str) -> Result<Draft, Located> {
    let read = match format {
        Format::Fireflies => fireflies::read,
        Format::Deepgram => deepgram::read,
        Format::AssemblyAi => assemblyai::read,
        Format::Amazon => amazon::read,
        Format::GoogleSpeech => google_speech::read,
        Format::Speechmatics => speechmatics::read,
        Format::RevAi => rev_ai::read,
        Format::Gecko => gecko::read,
        Format::MeetEntries => meet::read,
        Format::HarperValley => harper_valley::read,
        Format::PodcastJson => podcast::read,
        Format::Whisper => whisper::read,
        _ => return Err(Problem::UnknownJson.into()),
    };
    read(content).map_err(|error| broken_json(&error, Some(format)))
}

fn read_text(content: &str) -> Result<(Draft, Format), Located> {
    let count = content.bytes().filter(|byte| *byte == b'\n').count();
    if count > MAX_FILE_LINES {
        return Err(Problem::TooManyLines.into());
    }
    if podcast::is_html(content) {
        return Ok((podcast::read_html(content), Format::PodcastHtml));
    }
    let mut lines: Vec<&str> = Vec::with_capacity(count + 1);
    lines.extend(content.lines());
    match cues::detect(&lines) {
        Some(format) => Ok((cues::read(&lines)?, format)),
        None => text::read(&lines),
    }
}

/// Where and why a JSON file could not be read; `format` is whose fields have values of another kind.
fn broken_json(error: &serde_json::Error, format: Option<Format>) -> Located {
    let expected = match format.filter(|_| error.is_data()) {
        Some(format) => format!("a value as {} has it", format.label()),
        None => "complete JSON".to_owned(),
    };
    (Some(error.line()), Problem::Json { column: error.column(), expected })
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
mod round_trip;
#[cfg(test)]
mod tests;
