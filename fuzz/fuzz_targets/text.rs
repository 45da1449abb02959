#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| call_coach_fuzz::text(
    &["Ann: ", "**Ann:** ", "Ann  0:00\n", "x - Transcript\nAttendees\nAnn, Bob\nTranscript\n\nAnn: ", "# T\n\n---\n"],
    data
));
