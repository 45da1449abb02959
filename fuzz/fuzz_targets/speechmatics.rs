#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| call_coach_fuzz::json(
    r#"{"speakers":[{"name":"F1","time":"0"},{"name":"M2","time":"1.5"}],"results":[{"type":"word"},"#,
    &["type", "start_time", "end_time", "channel", "alternatives", "content", "speaker", "name", "time", "duration"],
    "]}",
    data
));
