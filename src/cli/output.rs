//! Data to standard output or to a file: a closed pipe is no failure, a file is written whole or not at all.

use super::Failure;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

const PLAIN_WIDTH: u16 = 140;

/// Writes to standard output.
pub fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    write(&mut out).and_then(|()| out.flush()).map_err(|error| stdout_failure(&error))
}

/// How wide a table may be where standard output is no terminal; `None` leaves it to the terminal.
pub fn width() -> Option<u16> {
    (!io::stdout().is_terminal()).then_some(PLAIN_WIDTH)
}

/// What a failed write to standard output means.
pub fn stdout_failure(error: &io::Error) -> Failure {
    if error.kind() == io::ErrorKind::BrokenPipe {
        Failure::Closed
    } else {
        Failure::Input(format!("standard output: {error}"))
    }
}

/// Writes a file beside its place first, then moves it there.
pub fn to_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failure = |error: io::Error| Failure::Input(format!("cannot write {}: {error}", path.display()));
    let beside = beside(path);
    let written = std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, path));
    written.map_err(|error| {
        // Nothing to be done if this fails too: the first error is the one to tell.
        let _ = std::fs::remove_file(&beside);
        failure(error)
    })
}

/// Refuses a path whose folder does not exist, before any work is done for it.
pub fn check_folder(path: &Path) -> Result<(), Failure> {
    match path.parent().filter(|p| !p.as_os_str().is_empty()) {
        Some(parent) if !parent.is_dir() => Err(Failure::Usage(format!(
            "{}: there is no folder {}; create it first",
            path.display(),
            parent.display()
        ))),
        _ if path.is_dir() => Err(Failure::Usage(format!("{}: is a folder; name a file", path.display()))),
        _ => Ok(()),
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}
