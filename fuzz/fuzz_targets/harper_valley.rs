#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| call_coach_fuzz::json(
    r#"[{"human_transcript":"hello"},"#,
    &["speaker_role", "start_ms", "duration_ms", "human_transcript"],
    "]",
    data
));
