#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| call_coach_fuzz::json(
    r#"{"results":{"channels":[{"alternatives":[{"words":["#,
    &["word", "punctuated_word", "start", "end", "speaker"],
    "]}]}]}}",
    data
));
