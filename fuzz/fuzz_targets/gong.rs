#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| call_coach_fuzz::json(
    r#"{"calls":[{"metaData":{"id":"1"},"parties":[{"speakerId":"1","name":"Ann"}]}],"callTranscripts":[{"callId":"1","transcript":["#,
    &["speakerId", "sentences", "start", "end", "text", "topic"],
    "]}]}",
    data
));
