#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| call_coach_fuzz::json(
    r#"{"audio_duration":9,"utterances":["#,
    &["speaker", "start", "end", "text", "words"],
    "]}",
    data
));
