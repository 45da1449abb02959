//! The user's folder of rubric files.

use std::path::Path;

use super::ConfigError;
use crate::rubric::{RubricFile, RubricSet};

/// Reads the user's rubric files, if a folder is set, over the embedded ones.
///
/// # Errors
/// When the folder or a file cannot be read, or the rubrics have mistakes.
pub fn load_rubrics(folder: Option<&Path>) -> Result<RubricSet, ConfigError> {
    let mut files = Vec::new();
    if let Some(folder) = folder {
        let mut paths: Vec<_> =
            fs_err::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
        paths.sort();
        for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "toml")) {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            files.push(RubricFile { name, text: fs_err::read_to_string(path)? });
        }
    }
    Ok(RubricSet::load(&files)?)
}
