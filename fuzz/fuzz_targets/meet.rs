#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| call_coach_fuzz::json(
    r#"{"participants":[{"name":"conferenceRecords/1","phoneUser":{"displayName":"Ann"}}],"transcriptEntries":["#,
    &["participant", "text", "startTime", "endTime"],
    "]}",
    data
));
