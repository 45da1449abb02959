#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| call_coach_fuzz::json(
    r#"{"segments":[{"body":"hello"},"#,
    &["speaker", "startTime", "endTime", "body"],
    "]}",
    data
));
