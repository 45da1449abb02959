//! Real calls that lie beside the project and not in it.

use std::path::PathBuf;

/// The folder of test data; `None`, said on stderr, where it is absent.
#[allow(clippy::print_stderr, reason = "a skipped test says so")]
pub(crate) fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: {} is not there", folder.display());
    None
}
