//! The `call-coach` program.

fn main() {}
