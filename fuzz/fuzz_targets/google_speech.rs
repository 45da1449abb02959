#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| call_coach_fuzz::json(
    r#"{"results":[{"alternatives":[]},"#,
    &[
        "alternatives",
        "channelTag",
        "transcript",
        "words",
        "word",
        "startTime",
        "endTime",
        "startOffset",
        "speakerTag",
        "speakerLabel",
        "seconds",
        "nanos"
    ],
    "]}",
    data
));
