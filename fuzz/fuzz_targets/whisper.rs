#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| call_coach_fuzz::json(
    r#"{"text":"hello","segments":["#,
    &["start", "end", "text", "speaker", "words", "word"],
    "]}",
    data
));
