//! What the system says about a folder, without anything being made in it.

use std::path::{Path, PathBuf};

/// A kind of file system on which SQLite's locks may not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Remote(pub(super) &'static str);

/// The path, or the nearest folder above it that exists; `None` when something that is no folder stands in the way.
pub(super) fn existing(path: &Path) -> Option<PathBuf> {
    // A relative path has an empty one above it, which is the working directory.
    let named = |path: &Path| if path.as_os_str().is_empty() { PathBuf::from(".") } else { path.to_owned() };
    let found = path.ancestors().map(named).find(|path| path.symlink_metadata().is_ok())?;
    found.is_dir().then_some(found)
}

/// The path as a shell reads it: a name with a blank in it stays one.
pub(super) fn quoted(path: &Path) -> String {
    shell_words::quote(&path.to_string_lossy()).into_owned()
}

/// Whether this program may write to a file, or make files in a folder.
pub(super) fn is_writable(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use rustix::fs::{Access, access};
        let needed = if path.is_dir() { Access::WRITE_OK | Access::EXEC_OK } else { Access::WRITE_OK };
        access(path, needed).is_ok()
    }
    #[cfg(not(unix))]
    std::fs::metadata(path).is_ok_and(|about| !about.permissions().readonly())
}

/// The kind of file system that a path lies on, if other machines share it; `Err` where the system does not say.
pub(super) fn remote(path: &Path) -> Result<Option<Remote>, ()> {
    #[cfg(target_os = "linux")]
    {
        let about = rustix::fs::statfs(path).map_err(drop)?;
        // 32-bit systems have a signed one.
        Ok(remote_of(about.f_type as u64 & 0xffff_ffff))
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = path;
        Err(())
    }
}

/// The numbers of `statfs(2)`.
#[cfg(target_os = "linux")]
fn remote_of(kind: u64) -> Option<Remote> {
    Some(Remote(match kind {
        0x6969 => "NFS",
        0x517b | 0xfe53_4d42 | 0xff53_4d42 => "SMB",
        0x0102_1997 => "9P, as under /mnt in WSL",
        0x00c3_6400 => "Ceph",
        0x5346_414f | 0x6b41_4653 => "AFS",
        0x6573_5546 => "FUSE, such as sshfs or a synchronised folder",
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_folder_that_exists_is_found() {
        let folder = tempfile::tempdir().expect("folder");
        assert_eq!(existing(&folder.path().join("a/b/c")), Some(folder.path().to_owned()));
        assert_eq!(existing(Path::new("not-there/calls")), Some(PathBuf::from(".")));
        std::fs::write(folder.path().join("file"), "").expect("written");
        assert_eq!(existing(&folder.path().join("file/calls")), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_local_file_system_is_none_of_those() {
        assert_eq!(remote_of(0xef53), None, "ext4");
        assert_eq!(remote_of(0x6969), Some(Remote("NFS")));
        assert!(remote(Path::new("/proc")) == Ok(None) && remote(Path::new("/not/there")).is_err());
    }
}
