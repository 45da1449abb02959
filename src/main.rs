//! The `call-coach` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    call_coach::cli::main()
}
