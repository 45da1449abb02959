#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| call_coach_fuzz::json(
    r#"{"data":{"transcript":{"meeting_attendees":[{"displayName":"Ann","email":"a@b.example"}],"sentences":["#,
    &["speaker_name", "speaker_id", "text", "raw_text", "start_time", "end_time", "sentence", "startTime"],
    "]}}}",
    data
));
