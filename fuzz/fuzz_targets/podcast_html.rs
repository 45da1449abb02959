#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| call_coach_fuzz::text(
    &["<cite>Ann:</cite>", "<html><cite>Ann</cite><time>0:01</time><p>"],
    data
));
