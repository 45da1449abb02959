#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| call_coach_fuzz::json(
    r#"{"speakers":[{"id":0,"name":"Ann"}],"monologues":["#,
    &["speaker", "speaker_info", "id", "name", "elements", "type", "value", "ts", "end_ts"],
    "]}",
    data
));
