//! The configuration file, as commands change it.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::app::Start;
use super::error::{CliError, Kind};
use crate::config::{self, ConfigError, Environment};

/// What a new file begins with.
const HEAD: &str = "# Settings of call-coach. Every key, and what counts: call-coach config show\n\n";

/// A configuration file with the changes that were made to it.
pub(super) struct ConfigFile {
    pub(super) path: PathBuf,
    pub(super) text: String,
    /// What it held when it was read.
    before: String,
    changed: Vec<String>,
}

impl ConfigFile {
    /// The file that is read, or would be.
    pub(super) fn of(start: &Start<'_>) -> Result<Self, CliError> {
        let Some(named) = config::config_file(&start.flags, &start.environment) else {
            return Err(CliError::new(Kind::Usage, "this system names no folder for a configuration file")
                .hint("Name one: --config FILE, or CALL_COACH_CONFIG"));
        };
        let path = start.environment.working_dir.join(named.value);
        let text = match fs_err::read_to_string(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => HEAD.to_owned(),
            other => other?,
        };
        Ok(ConfigFile { path, before: text.clone(), text, changed: Vec::new() })
    }

    /// Gives a setting another value; an empty one takes it away.
    pub(super) fn set(&mut self, key: &str, value: &str, environment: &Environment) -> Result<(), CliError> {
        self.text = config::with_value(&self.text, &self.path, (key, value), environment)?;
        self.changed.push(key.to_owned());
        Ok(())
    }

    /// Checks the text and writes it, whole or not at all, for its owner only: it may hold keys. A mistake that stood
    /// there before and is about another setting is told and stays, since of two mistakes one must be mended first.
    pub(super) fn write(&self, start: &Start<'_>) -> Result<(), CliError> {
        let check = |text| config::check(text, &self.path, &start.environment);
        if let Err(error) = check(&self.text) {
            let is_ours = matches!(&error, ConfigError::Value { key, .. } if self.changed.iter().any(|own| own == key));
            if is_ours || check(&self.before).is_ok() {
                return Err(error.into());
            }
            start.ui.note(&format!("{error}\nThis is still to be mended: until then other commands cannot start."));
        }
        write_private(&self.path, &self.text)
            .map_err(|error| CliError::new(Kind::Failed, format!("cannot write {}: {error}", self.path.display())))
    }
}

/// Writes beside the file and renames. A link is followed.
pub(super) fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let target = if path.exists() { fs::canonicalize(path)? } else { path.to_owned() };
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    fs::create_dir_all(folder)?;
    // Such files are made with mode 0600.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(&target).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn a_file_is_its_owners_alone_and_a_link_stays_one() {
        let folder = tempfile::tempdir().expect("folder");
        let (real, link) = (folder.path().join("real.toml"), folder.path().join("link.toml"));
        fs::write(&real, "old").expect("written");
        fs::set_permissions(&real, fs::Permissions::from_mode(0o644)).expect("set");
        symlink(&real, &link).expect("linked");
        write_private(&link, "new").expect("written");
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&real).expect("read"), "new");
        assert_eq!(fs::metadata(&real).expect("there").permissions().mode() & 0o777, 0o600);
        write_private(&folder.path().join("a/b/new.toml"), "x").expect("folders are made");
    }
}
