//! What the fuzz targets share: input that reaches the reader it is meant for, and a watch on what reading costs.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use call_coach::transcript::{self, InputFile};

/// What reading may need at once: this many times the input …
const MOST_TIMES: usize = 10;
/// … and this much for the tables that every reader has.
const MOST_BESIDE: usize = 1 << 20;

/// Counts what is allocated.
struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

fn grown(bytes: usize) {
    let now = NOW.fetch_add(bytes, Relaxed) + bytes;
    PEAK.fetch_max(now, Relaxed);
}

// SAFETY: every call is handed to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        grown(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(memory, layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Old and new memory may exist together while it is copied.
        grown(size);
        let moved = unsafe { System.realloc(memory, layout, size) };
        NOW.fetch_sub(layout.size(), Relaxed);
        moved
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Reads files, and returns the most memory that this needed at once, in bytes.
pub fn cost(files: &[&[u8]]) -> usize {
    let files: Vec<_> = files.iter().map(|bytes| InputFile { name: Some("2026-02-14 call.txt"), bytes }).collect();
    let before = NOW.load(Relaxed);
    PEAK.store(before, Relaxed);
    for result in transcript::read(&files) {
        if let Err(error) = result {
            assert!(error.to_string().len() < 1000, "a long message");
        }
    }
    PEAK.load(Relaxed) - before
}

fn check(files: &[&[u8]]) {
    let size: usize = files.iter().map(|bytes| bytes.len()).sum();
    let cost = cost(files);
    assert!(cost <= MOST_TIMES * size + MOST_BESIDE, "{size} bytes of input need {cost} bytes of memory");
}

/// Any bytes, as one file and cut into two.
pub fn read(data: &[u8]) {
    check(&[data]);
    check(&[&data[..data.len() / 2], &data[data.len() / 2..]]);
}

/// Bytes behind a beginning that tells the format.
pub fn text(beginnings: &[&str], data: &[u8]) {
    let Some((which, data)) = data.split_first() else { return };
    let beginning = beginnings[usize::from(*which) % beginnings.len()];
    check(&[&[beginning.as_bytes(), data].concat()]);
}

/// A vendor's JSON: a list between two fixed pieces, made of the vendor's fields as the bytes say; or, behind the first
/// piece, the bytes as they are.
pub fn json(beginning: &str, fields: &[&str], end: &str, data: &[u8]) {
    let Some((raw, data)) = data.split_first() else { return };
    if raw % 8 == 0 {
        check(&[&[beginning.as_bytes(), data].concat()]);
        return;
    }
    let mut file = beginning.to_owned();
    let mut writer = Writer { fields, rest: data, file: &mut file };
    while !writer.rest.is_empty() {
        writer.object(0);
        writer.file.push(',');
    }
    file.push_str("null");
    file.push_str(end);
    check(&[file.as_bytes()]);
}

/// Turns bytes into JSON.
struct Writer<'a> {
    fields: &'a [&'a str],
    rest: &'a [u8],
    file: &'a mut String,
}

impl Writer<'_> {
    fn byte(&mut self) -> usize {
        let (first, rest) = self.rest.split_first().unwrap_or((&0, &[]));
        self.rest = rest;
        usize::from(*first)
    }

    fn object(&mut self, depth: usize) {
        self.file.push('{');
        let count = self.byte() % 6;
        for n in 0..count {
            let field = self.fields[self.byte() % self.fields.len()];
            if n > 0 {
                self.file.push(',');
            }
            self.file.push_str(&format!("\"{field}\":"));
            self.value(depth + 1);
        }
        self.file.push('}');
    }

    fn value(&mut self, depth: usize) {
        const SCALARS: [&str; 24] = [
            "null",
            "true",
            "0",
            "1",
            "-1",
            "1.5",
            "2.25",
            "1e300",
            "100000",
            "18446744073709551615",
            r#""""#,
            r#"" ""#,
            r#"".""#,
            r#""Hi.""#,
            r#""why""#,
            r#""Ann""#,
            r#""SPEAKER_00""#,
            r#""1.500s""#,
            r#""00:01:02""#,
            r#""2026-02-14T15:02:03Z""#,
            r#""punctuation""#,
            r#""punct""#,
            r#""conferenceRecords/1""#,
            r#""\u001b[2J\u202e""#,
        ];
        match self.byte() % 8 {
            0 if depth < 5 => {
                self.file.push('[');
                for n in 0..self.byte() % 4 {
                    if n > 0 {
                        self.file.push(',');
                    }
                    self.value(depth + 1);
                }
                self.file.push(']');
            }
            1 if depth < 5 => {
                self.file.push('[');
                self.object(depth + 1);
                self.file.push(']');
            }
            2 if depth < 5 => self.object(depth + 1),
            3 => {
                let length = (self.byte() % 16).min(self.rest.len());
                let (text, rest) = self.rest.split_at(length);
                self.rest = rest;
                let text: String = String::from_utf8_lossy(text).chars().flat_map(char::escape_default).collect();
                let text = text.replace("\\u{", "u").replace("\\'", "'");
                self.file.push_str(&format!("\"{text}\""));
            }
            _ => {
                let scalar = SCALARS[self.byte() % SCALARS.len()];
                self.file.push_str(scalar);
            }
        }
    }
}
