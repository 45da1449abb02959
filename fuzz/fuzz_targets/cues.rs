#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| call_coach_fuzz::text(&["WEBVTT\n\n", "1\n00:00:00,000 --> 00:00:01,000\n"], data));
