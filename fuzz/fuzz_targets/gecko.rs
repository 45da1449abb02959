#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| call_coach_fuzz::json(
    r#"{"monologues":[{"terms":[]},"#,
    &["speaker", "name", "id", "terms", "start", "end", "text", "type"],
    "]}",
    data
));
