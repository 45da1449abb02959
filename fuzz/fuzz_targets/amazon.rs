#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| call_coach_fuzz::json(
    r#"{"results":{"speaker_labels":{"segments":[{"items":[{"start_time":"1.5","speaker_label":"spk_0"}]}]},"items":["#,
    &["type", "start_time", "end_time", "speaker_label", "alternatives", "content"],
    "]}}",
    data
));
