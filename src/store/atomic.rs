//! A file that is whole or not there: written beside its place, brought to disk, then moved there.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Writes a file by `fill`; on any fault an earlier file is untouched.
pub fn write(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    // A link keeps pointing where it did: its target is replaced.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let draft = Draft { path: draft_path(path)? };
    let mut out = BufWriter::new(File::create_new(&draft.path)?);
    fill(&mut out)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    if let Ok(old) = fs::metadata(path) {
        file.set_permissions(old.permissions())?;
    }
    fs::rename(&draft.path, path)?;
    // The move itself is safe once the folder is on disk; not every system lets a folder be opened.
    if let Some(folder) = path.parent().and_then(|f| File::open(f).ok()) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// A name beside the target that is not taken.
pub(super) fn draft_path(path: &Path) -> io::Result<PathBuf> {
    let name =
        path.file_name().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "names no file"))?;
    for n in 0..100 {
        let mut draft = OsString::from(".");
        draft.push(name);
        draft.push(format!(".{}-{n}.tmp", std::process::id()));
        let draft = path.with_file_name(draft);
        if !draft.exists() {
            return Ok(draft);
        }
    }
    Err(io::Error::new(
        io::ErrorKind::AlreadyExists,
        "too many drafts beside it; remove the hidden .tmp files",
    ))
}

/// Removes what is left of a draft that did not take its place.
pub(super) struct Draft {
    pub path: PathBuf,
}

impl Drop for Draft {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_leaves_the_old_file_and_no_draft() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("g.ron");
        fs::write(&path, "old").expect("writes");
        let fault = write(&path, |out| {
            out.write_all(b"half of it")?;
            Err(io::Error::other("power failed"))
        });
        assert!(fault.is_err());
        assert_eq!(fs::read_to_string(&path).expect("reads"), "old");
        assert_eq!(fs::read_dir(folder.path()).expect("lists").count(), 1);
        write(&path, |out| out.write_all(b"new")).expect("writes");
        assert_eq!(fs::read_to_string(&path).expect("reads"), "new");
    }
}
